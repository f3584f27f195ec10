"""Tables that minet's makers wrote of real posts; read where they lie."""

import csv

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
