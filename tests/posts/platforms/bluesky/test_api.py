"""Answers of the API in every shape."""

import json

import pytest

from stancekit.posts import detect, read_records
from tests.support.reading import split
from tests.support.samples_documents import RECORDS, list_records
from tests.support.samples_social import DID, skeet, view
from tests.support.samples_tables import ndjson

BO = "at://did:plc:bo/app.bsky.feed.post/3kaa"


def thread(post, *replies, parent=None):
    node = {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": list(replies)}
    return node | ({"parent": parent} if parent else {})


GONE = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": BO, "notFound": True}


VIEWS = [view("3kaa", "one"), view("3kab", "two")]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(VIEWS),
        json.dumps({"posts": VIEWS}, indent=1),
        json.dumps({"posts": VIEWS, "cursor": "1"}) + "\n",
        "".join(json.dumps(v) + "\n" for v in VIEWS),
        "".join(json.dumps({"posts": [v]}) + "\n" for v in VIEWS),
        json.dumps({"feed": [{"post": v} for v in VIEWS]}),
        json.dumps({"thread": thread(VIEWS[0], thread(VIEWS[1]))}),
        json.dumps([{"uri": v["uri"], "post": v} for v in VIEWS]),
        json.dumps({"thread": [{"uri": v["uri"], "value": {"post": v}} for v in VIEWS]}),
    ],
)
def test_answers_in_every_shape(read, text):
    records, others = read(text)
    assert [(r["text"], r["author"], r["author_id"]) for r in records] == [
        ("one", "ada.example", DID), ("two", "ada.example", DID),
    ]  # fmt: skip
    assert not others and records[0]["source_format"] == "bluesky-posts"


def test_thread_with_posts_that_are_gone(read):
    answer = thread(VIEWS[0], GONE, thread(VIEWS[1], {"blocked": True}), parent=GONE)
    records, (notice,) = read(json.dumps({"thread": answer}))
    assert [r["text"] for r in records] == ["one", "two"]
    assert "3 posts that are blocked or gone" in notice.message


def test_repost_in_a_feed_is_its_reposters(read):
    by = {"did": "did:plc:bo", "handle": "bo.example"}
    reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": by,
              "indexedAt": "2024-05-15T00:00:00Z"}  # fmt: skip
    ((record,), _) = read(json.dumps({"feed": [{"post": VIEWS[0], "reason": reason}]}))
    assert (record["kind"], record["author"], record["text"]) == ("repost", "bo.example", "one")
    assert record["repost_of"] == VIEWS[0]["uri"] and record["created_at"].day == 15


def test_stated_time_after_the_indexing_is_not_believed(read):
    late = view("3kaa", "x", record=skeet("x", createdAt="2031-01-01T00:00:00Z"))
    ((record,), _) = read(json.dumps([late]))
    assert record["created_at"].isoformat() == "2024-05-14T12:00:05+00:00"


@pytest.mark.parametrize("whole", [True, False])
def test_records_of_a_repository(tmp_path, whole):
    path = tmp_path / "records.json"
    if whole:
        list_records(path)
    else:
        path.write_bytes(ndjson(RECORDS))
    assert detect(path).name == "bluesky-posts"
    (post, reply, repost), (notice,) = split(read_records(path))
    assert (post["text"], post["author_id"], post["lang"]) == ("déjà vu", "did:plc:ada", "fr")
    assert (reply["kind"], reply["reply_to_id"]) == ("reply", post["id"])
    assert (repost["kind"], repost["repost_of"][-3:]) == ("repost", "3k9")
    assert "1 records of app.bsky.feed.like" in notice.message


def test_keys_as_the_sdk_for_python_writes_them(read):
    post = view("3kaa", "")
    post["record"] = {
        "py_type": "app.bsky.feed.post", "text": "no #tram", "created_at": "2024-05-14T12:00:00Z",
        "facets": [{"index": {"byte_start": 3, "byte_end": 8}, "features": [
            {"py_type": "app.bsky.richtext.facet#tag", "tag": "tram"}]}],
    }  # fmt: skip
    post["indexed_at"] = post.pop("indexedAt")
    ((record,), _) = read(json.dumps(post) + "\n")
    assert (record["text"], record["hashtags"]) == ("no #tram", ["tram"])
    assert record["created_at"].isoformat() == "2024-05-14T12:00:00+00:00"
