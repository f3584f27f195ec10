"""Who posts of real events are at, and when; read where they lie, against what is known of them."""

import csv
import gzip
from collections import Counter

import pytest

from stancekit.posts import COLUMNS, read_posts, read_records

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def event(shared_data):
    def event(name, folder="events"):
        path = shared_data / folder / name
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        records = [item for item in read_records(path) if isinstance(item, dict)]
        assert len(records) == len(rows)
        return rows, records

    return event


def has(records, name):
    return sum(bool(record.get(name)) for record in records)


def test_replies_to_a_member_of_congress(event):
    """The counts of its README: answered, and inherited."""
    rows, records = event("aoc-2019-03.csv.gz")
    timed = [record for row, record in zip(rows, records, strict=True) if row["time"]]
    answered = Counter(r["reply_to_author"] for r in timed if r.get("reply_to_author"))
    inherited = Counter(name for record in timed for name in record["inherited"])
    assert (answered["AOC"], inherited["AOC"]) == (25_915, 34_296)
    others = [{*row["reply_chain"].split()} - {row["author"]} for row in rows]
    assert sum(len(names) > 1 for names in others) == has(records, "inherited")
    assert not any(record["inherited"] for record in records if record["kind"] == "post")


def test_replies_to_news_open_with_whom_they_go_to(event):
    _, records = event("rumoureval-2014-16.csv.gz")
    replies = [record for record in records if record.get("kind") == "reply"]
    assert all(record["inherited"] is not None for record in replies)
    assert 0.05 < has(replies, "inherited") / len(replies) < 0.5
    for record in replies:
        assert {*record["inherited"]} <= {*record.get("mentions", ())} | {
            word.strip("@") for word in (record["text"] or "").split() if word[0] == "@"
        }


@pytest.mark.parametrize("name", ["conference-2019-07", "ballot-2018"])
def test_tables_of_rtweet(event, name):
    rows, records = event(f"{name}.rtweet.csv.gz")
    for row, record in zip(rows, records, strict=True):
        if row["reply_to_screen_name"]:
            assert record["reply_to_author"] == row["reply_to_screen_name"]
        assert record["inherited"] is not None
        assert record["kind"] == "reply" or record["inherited"] == []


def test_posts_of_which_nothing_says_whether_they_are_replies_or_whom_they_name(event):
    for name in ("airlines-2015-02.csv.gz", "boxing-2017-08.csv.gz"):
        _, records = event(name)
        assert has(records, "author") == len(records)
        assert all(r["inherited"] is None for r in records if r.get("kind") is None)


def test_a_target_that_the_collector_names_is_addressed(event):
    rows, records = event("invented-coordination.csv.gz")
    assert [record["mentions"] for record in records] == [[row["target_user"]] for row in rows]
    assert not has(records, "reply_to_author") and not has(records, "kind")
    told = [record["inherited"] for record in records]
    assert told.count([]) >= 0.95 * len(records)


def test_comments_under_a_video(event):
    rows, records = event("youtube-interview.csv.gz")
    named = [row["user_name"].lstrip("@") or None for row in rows]
    assert [record.get("author") for record in records] == named
    assert not has(records, "inherited")


def test_threads_of_a_forum(event):
    rows, records = event("iac_threads.csv.gz", "threads")
    for row, record in zip(rows, records, strict=True):
        assert record.get("reply_to_author") == (row["parent_author"] or None)
        assert record.get("reply_to_id") == (row["parent_post_id"] or None)
        assert record["conversation_id"] == row["discussion_id"]
        assert record["inherited"] is None or not row["parent_author"]


def held(post_id):
    return ((int(post_id) >> 22) + 1_288_834_974_657) / 1000


@pytest.mark.parametrize(
    ("name", "column"),
    [("aoc-2019-03", "id"), ("rumoureval-2014-16", "id"), ("boxing-2017-08", "id"),
     ("conference-2019-07.rtweet", "status_id"), ("ballot-2018.rtweet", "status_id"),
     ("airlines-2015-02", "tweet_id")],
)  # fmt: skip
def test_times_are_those_of_the_ids(event, name, column):
    """Boxing states local times, airlines lacks or mangles some, the first of rtweet's are UTC."""
    rows, records = event(f"{name}.csv.gz")
    for row, record in zip(rows, records, strict=True):
        apart = record["created_at"].timestamp() - held(row[column].lstrip("x"))
        assert abs(apart) <= 61 and record["time_known"]


def test_the_table_of_an_event_has_every_column(shared_data):
    path = shared_data / "events" / "conference-2019-07.rtweet.csv.gz"
    posts = next(read_posts(path, keep_text=True))
    assert [*posts.columns][: len(COLUMNS)] == [*COLUMNS]
    assert posts["inherited"].notna().all()
