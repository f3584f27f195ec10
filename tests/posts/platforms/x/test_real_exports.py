"""API collections and classic archives that nobody here wrote; read where they lie."""

import csv
import json
import re
from collections import Counter

import pytest

from stancekit.posts import Notice, Reject, detect, read_records

GOLD = {
    "author_id": "user_id",
    "author": "user_screen_name",
    "repost_of": "retweeted_id",
    "quoted_id": "quoted_id",
    "quoted_author": "quoted_user",
    "reply_to_id": "to_tweetid",
    "reply_to_author": "to_username",
}
"""Our columns, and twitwi's names for them."""


def records_of(path, **options):
    return [item for item in read_records(path, **options) if isinstance(item, dict)]


def by_id(records):
    return {record["id"]: record for record in records}


def without_place(record):
    return {name: value for name, value in record.items() if name != "source_ref"}


@pytest.fixture
def twarc(shared_data):
    return shared_data / "archives/twitter-api-v2/twarc-csv/test-data"


@pytest.fixture
def twitwi(shared_data):
    return shared_data / "archives/twitter-api-v2/twitwi/test/resources"


def test_flattened_tweets_and_pages_give_equal_records(twarc):
    flat = by_id(map(without_place, records_of(twarc / "flat.jsonl")))
    pages = by_id(map(without_place, records_of(twarc / "noflat.jsonl")))
    assert len(flat) == 100
    assert flat == pages
    reposts = [record for record in flat.values() if record["kind"] == "repost"]
    assert len(reposts) == 47
    assert not any(record["text"].endswith("…") for record in reposts)


@pytest.mark.parametrize(
    ("name", "posts"),
    [("entities_test", 474), ("geo_tweets", 2), ("two_tweets", 1), ("edited", 1),
     ("quoted_edit", 1), ("streaming_output_with_error", 7), ("many_urls", 1)],
)  # fmt: skip
def test_every_tweet_of_real_pages_is_read(twarc, name, posts):
    path = twarc / f"{name}.jsonl"
    assert detect(path).name == "x-api-v2"
    items = list(read_records(path))
    assert sum(isinstance(item, dict) for item in items) == posts
    rejects = [item for item in items if isinstance(item, Reject)]
    assert [item.line for item in rejects] == ([8] if "error" in name else [])


def test_counts_over_time_are_not_taken_for_posts(twarc):
    assert detect(twarc / "counts.jsonl").name != "x-api-v2"
    items = list(read_records(twarc / "counts.jsonl", "x-api-v2"))
    assert [item for item in items if not isinstance(item, Notice)] == []


def test_twarc_csv_says_what_its_jsonl_says(shared_data, twarc):
    folder = shared_data / "archives/twarc-csv-output"
    for name in ("flat", "streaming_output_with_error", "geo_tweets", "media_tweet", "edited"):
        source = by_id(records_of(twarc / f"{name}.jsonl"))
        table = by_id(records_of(folder / f"{name}.csv"))
        assert source.keys() == table.keys()
        for post_id, record in source.items():
            cut = ("text", "mentions", "hashtags", "urls") if record["kind"] == "repost" else ()
            row = table[post_id]
            if not row["reply_to_author"]:  # the table has no ids of those mentioned
                cut = (*cut, "reply_to_author")
            for field in record.keys() - {"source_ref", "source_format", *cut}:
                assert (record[field] or None) == (row.get(field) or None), field


def test_twarc_csv_loses_no_row(shared_data):
    read = 0
    for path in sorted((shared_data / "archives/twarc-csv-output").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        if rows and "text" in rows[0]:
            assert detect(path).name == "twarc-csv"
            assert [r["id"] for r in records_of(path)] == [row["id"] for row in rows]
            read += 1
    assert read >= 10


def agree(record, gold):
    for ours, theirs in GOLD.items():
        assert record.get(ours) == gold.get(theirs), ours
    assert int(record["created_at"].timestamp()) == int(gold["timestamp_utc"])
    text = gold["text"].removeprefix(f"RT @{gold.get('retweeted_user')}: ")
    text = text.partition(" « ")[0].partition("\n« ")[0]  # twitwi appends what is quoted
    ours = re.split(r"\s*https://t\.co/", record["text"])[0]
    assert text.startswith(ours)
    if record["kind"] != "repost" and (record["hashtags"] or not gold["hashtags"]):
        # twitwi has a repost's own tags, which are cut; and looks for tags where none are given
        folded = {tag.lower() for tag in record["hashtags"]}
        assert folded >= {tag.lower() for tag in gold["hashtags"]} - quoted_tags(gold)
        names = {name.lower() for name in record["mentions"]}
        theirs = {name.lower() for name in gold["mentioned_names"]}
        assert names <= theirs and (record["kind"] == "quote" or names == theirs)


def quoted_tags(gold):
    """Tags that twitwi takes over from the quoted tweet."""
    quoted = gold["text"].partition("« ")[2].lower()
    return {tag for tag in gold["hashtags"] if f"#{tag.lower()}" in quoted}


def test_v2_agrees_with_what_twitwi_makes_of_the_same_payloads(twitwi):
    names = ("payload-v2", "payload-v2-geo", "payload-v2-singletweet",
             "payload-v2-tweet-retweet", "payload-v2-video")  # fmt: skip
    records = by_id(r for name in names for r in records_of(twitwi / f"{name}.json"))
    gold = by_id(json.loads((twitwi / "normalized-tweets-v2.json").read_text("utf-8")))
    assert records.keys() == gold.keys() and len(gold) == 20
    for post_id, record in records.items():
        agree(record, gold[post_id])


def test_v1_agrees_with_what_twitwi_makes_of_the_same_payloads(twitwi, tmp_path):
    pairs = json.loads((twitwi / "normalization.json").read_text("utf-8"))
    path = tmp_path / "v1.jsonl"
    seen = set()
    for pair in pairs:
        gold = pair["normalized"][-1]  # before it, those it quotes or repeats
        path.write_text(json.dumps(pair["source"]) + "\n", encoding="utf-8")
        (record,) = records_of(path)
        assert record["id"] == gold["id"]
        agree(record, gold)
        seen.add(record["kind"])
    assert len(pairs) == 9
    assert seen >= {"post", "repost", "quote", "reply"}


@pytest.mark.parametrize("how", ["search", "show", "stream"])
def test_payloads_of_three_ways_to_ask_are_read(twitwi, how):
    (record,) = records_of(twitwi / f"normalization-payload-{how}.json")
    assert record["kind"] == "repost" and record["repost_of"]
    assert not record["text"].startswith("RT @") and not record["text"].endswith("…")


def test_ids_that_javascript_rounded_are_taken_from_their_text(shared_data):
    folder = shared_data / "archives/twitter-api-v1/twitter-to-sqlite/tests"
    records = records_of(folder / "tweets.json")
    rows = json.loads((folder / "tweets.json").read_text("utf-8"))
    assert [record["id"] for record in records] == [row["id_str"] for row in rows]
    assert any(row["id_str"] != str(row["id"]) for row in rows)


def month_counts(folder):
    """What the archive's own index counts in each month that is here."""
    text = (folder / "data/js/tweet_index.js").read_text("utf-8")
    index = {item["file_name"]: item["tweet_count"] for item in json.loads(text[text.index("[") :])}
    return {name: count for name, count in index.items() if (folder / name).is_file()}


@pytest.mark.parametrize("name", ["classic-2013", "classic-2014"])
def test_classic_archives_hold_what_their_index_counts(shared_data, name):
    folder = next((shared_data / "archives/twitter-archive").glob(f"{name}*"))
    assert detect(folder).name == "x-classic"
    items = list(read_records(folder))
    assert not any(isinstance(item, Reject) for item in items)
    files = Counter(i["source_ref"].partition(":")[0] for i in items if isinstance(i, dict))
    expected = month_counts(folder)
    assert expected and all(files[file] == count for file, count in expected.items())
    for path in folder.glob("data/csv/*.csv"):  # months that have no script here
        with path.open(encoding="utf-8", newline="") as stream:
            assert files[f"data/csv/{path.name}"] == sum(1 for _ in csv.reader(stream)) - 1
    months = [item for item in items if isinstance(item, Notice) and "months" in item.message]
    assert len(months) == 1


def test_classic_days_without_an_hour_are_told(shared_data):
    folder = next((shared_data / "archives/twitter-archive").glob("classic-2014*"))
    records = records_of(folder)
    early = [r for r in records if r["created_at"].year == 2010]
    assert len(early) == 7 and not any(record["time_known"] for record in early)
    assert all(record["time_known"] for record in records if record["created_at"].year == 2011)
