"""Exports of Bluesky that nobody here wrote; read where they lie, never copied."""

import csv
import json
import re

import pytest

from stancekit.posts import Reject, detect, read_records
from tests.support.reading import split


def read(path, **options):
    return split(read_records(path, **options))


@pytest.fixture
def bluesky(shared_data):
    return shared_data / "archives/bluesky"


@pytest.mark.parametrize(
    ("name", "count"), [("fakermaker.repo", 41), ("greenground.repo", 0), ("bafyreie*", 5)]
)
def test_repositories_of_indigo(bluesky, name, count):
    path = next((bluesky / "indigo/testing/testdata").glob(f"{name}.car"))
    records, others = read(path)
    assert detect(path).name == "bluesky-car"
    assert all(str(other).partition(": ")[2].startswith("left out: ") for other in others)
    assert len(records) == count == len({r["id"] for r in records})
    assert all(re.fullmatch(r"at://did:plc:\w+/app\.bsky\.feed\.\w+/\w+", r["id"]) for r in records)


def test_slice_of_a_repository(bluesky):
    records, notices = read(bluesky / "indigo/testing/testdata/repo_slice.car")
    assert len(records) == 1 and "not whole" in notices[0].message


def gold(bluesky, name):
    return json.loads((bluesky / f"twitwi/test/resources/{name}").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "count"), [("firehose", 9), ("tap", 14)])
def test_events_agree_with_twitwi(bluesky, kind, count):
    records, others = read(bluesky / f"twitwi/test/resources/bluesky-{kind}-posts.json")
    expected = {row["uri"]: row for row in gold(bluesky, f"bluesky-normalized-{kind}-posts.json")}
    assert len(records) == count == len(expected) and not others
    for record in records:
        row = expected[record["id"]]
        assert record["author_id"] == row["user_did"]
        assert record["reply_to_id"] == row.get("to_post_uri")
        assert record["reply_to_author"] == row.get("to_user_did")
        assert record["quoted_id"] == row.get("quoted_uri")
        assert {tag.lower() for tag in record["hashtags"]} == set(row["hashtags"])
        assert len(set(record["urls"])) >= len(row["links"])
        if kind == "firehose":  # twitwi appends the links of cards and pictures to the text
            whole = row["text"].replace(".com/?p=", ".com?p=")
            assert whole.startswith(record["text"] or "")


def test_posts_of_the_api_agree_with_twitwi(bluesky):
    folder = bluesky / "twitwi/test/resources"
    records, others = read(folder / "bluesky-posts.json")
    assert len(records) == 123 and not any(isinstance(item, Reject) for item in others)
    with (folder / "bluesky-posts-export.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["uri"]: row for row in csv.DictReader(stream)}
    compared = quotes = 0
    for record in records:
        row = rows.get(record["id"])
        if row is None or record["kind"] == "repost":
            continue
        compared += 1
        named = None if row["user_handle"] == "handle.invalid" else row["user_handle"]
        assert (record["author"], record["author_id"]) == (named, row["user_did"])
        assert (record["reply_to_id"] or "") == row["to_post_uri"]
        if "/app.bsky.feed.post/" in row["quoted_uri"]:  # twitwi leaves some out, and has feeds
            quotes += 1
            assert record["quoted_id"] == row["quoted_uri"]
    assert compared > 100 and quotes > 15


def test_profiles_are_no_posts(bluesky):
    assert detect(bluesky / "twitwi/test/resources/bluesky-profiles.json").name != "bluesky-posts"
