"""Tables of real posts as people and tools wrote them; read where they lie."""

import csv
import gzip

import pytest

from stancekit.posts import Reject, read_records


def table_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = list(read_records(path))
    assert not [item for item in items if isinstance(item, Reject)]
    records = [item for item in items if isinstance(item, dict)]
    assert len(records) == len(rows) > 0
    return rows, records


def kind_of(row, repost, reply, quote):
    said = (("repost", repost), ("reply", reply), ("quote", quote))
    return next((kind for kind, name in said if row.get(name)), None)


@pytest.mark.parametrize("name", ["bluesky-posts-export.csv", "bluesky-firehose-posts-export.csv"])
def test_posts_of_bluesky(shared_data, name):
    rows, records = table_of(shared_data / "archives/bluesky/twitwi/test/resources" / name)
    for row, record in zip(rows, records, strict=True):
        assert (record["id"], record["author_id"]) == (row["uri"], row["user_did"])
        assert record.get("author") == row.get("user_handle")
        assert record.get("reply_to_id") == (row["to_post_uri"] or None)
        assert record.get("quoted_id") == (row["quoted_uri"] or None)
        named = row["mentioned_user_handles"].replace("|", " ").split()
        assert (record.get("mentions") or []) == named
        kind = kind_of(row, "repost_by_user_did", "to_post_uri", "quoted_uri")
        assert record.get("kind") == kind


def test_tweets(shared_data):
    path = shared_data / "archives/twitter-api-v2/twitwi/test/resources/tweet-export.csv"
    rows, records = table_of(path)
    for row, record in zip(rows, records, strict=True):
        assert (record["id"], record["author"]) == (row["id"], row["user_screen_name"])
        assert record.get("repost_of") == (row["retweeted_id"] or None)
        assert record["kind"] == kind_of(row, "retweeted_id", "to_tweetid", "quoted_id")


def test_a_workbook_of_annotators(shared_data):
    openpyxl = pytest.importorskip("openpyxl")
    path = shared_data / "archives/annotation-real/excel/vacstance_annotator_file.xlsx"
    book = openpyxl.load_workbook(path, read_only=True)
    _, *rows = book.active.iter_rows(values_only=True)
    book.close()
    items = list(read_records(path, text="quote_text"))
    assert [item["text"] for item in items if isinstance(item, dict)] == [row[4] for row in rows]
    assert len(items) == len(rows) + 1  # what was taken for what is told, and nothing else


EVENTS = {
    "airlines-2015-02.csv.gz": "text",
    "aoc-2019-03.csv.gz": "text",
    "ballot-2018.rtweet.csv.gz": "text",
    "boxing-2017-08.csv.gz": "text",
    "conference-2019-07.rtweet.csv.gz": "text",
    "rumoureval-2014-16.csv.gz": "text",
    "youtube-interview.csv.gz": "comment",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EVENTS)
def test_every_row_of_an_event_is_a_post_with_its_words(shared_data, name):
    path = shared_data / "events" / name
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = list(read_records(path, keep_text=True))
    assert not [item for item in items if isinstance(item, Reject)]
    records = [item for item in items if isinstance(item, dict)]
    texts = [(record["text"] or "").strip() for record in records]
    assert texts == [row[EVENTS[name]].strip() for row in rows]
    if ".rtweet." in name:
        reposts = [row["is_retweet"] == "TRUE" or row["text"].startswith("RT @") for row in rows]
        assert [record["kind"] == "repost" for record in records] == reposts
        assert 0 < sum(reposts) < len(rows)
        ids = [row["status_id"].removeprefix("x") for row in rows]
        rounded = [record.get("id") for record in records] == [None] * len(rows)
        assert rounded or [record["id"] for record in records] == ids
