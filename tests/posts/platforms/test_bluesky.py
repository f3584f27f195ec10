"""Bluesky's repositories, events and API answers, quirk by quirk."""

import json
from datetime import datetime, timezone

import pytest

from stancekit.posts import Reject, detect, read_records
from stancekit.posts.platforms.bluesky.post import feed_record
from tests.support.samples_social import DID, POST, REPOST, car, event, skeet, view

BO = "at://did:plc:bo/app.bsky.feed.post/3kaa"
ROOT = "at://did:plc:cy/app.bsky.feed.post/3kzz"
HERE = f"at://{DID}/{POST}/3kab"


@pytest.fixture
def read(tmp_path):
    def read(content, **options):
        path = tmp_path / "export"
        raw = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(raw)
        items = list(read_records(path, **options))
        records = [item for item in items if isinstance(item, dict)]
        return records, [item for item in items if not isinstance(item, dict)]

    return read


def facet(start, end, kind, **feature):
    feature["$type"] = f"app.bsky.richtext.facet#{kind}"
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def test_facets_count_bytes():
    text = "🚋é @bo.example example.org/a... #noord"
    raw = text.encode()
    at = {word: raw.index(word.encode()) for word in ("@bo", "example.org", "#noord")}
    facets = [
        facet(at["@bo"], at["@bo"] + 11, "mention", did="did:plc:bo"),
        facet(at["example.org"], at["example.org"] + 16, "link", uri="https://example.org/abc"),
        facet(at["#noord"], len(raw), "tag", tag="noord"),
    ]
    record = feed_record(skeet(text, facets=facets, tags=["hidden"]), HERE)
    assert record["text"] == "🚋é @bo.example https://example.org/abc #noord"
    assert record["mentions"] == ["bo.example"] and record["hashtags"] == ["noord", "hidden"]
    assert record["urls"] == ["https://example.org/abc"]


@pytest.mark.parametrize("index", [(-5, 3), (0, 999), (900, 901), (3, 1), (1, 2), ("0", "2")])
def test_facets_in_odd_places_spoil_no_text(index):
    facets = [facet(*index, "link", uri="https://example.org"), facet(*index, "tag", tag="a")]
    assert feed_record(skeet("🚋 tram", facets=facets), HERE)["text"] == "🚋 tram"


def test_entities_of_spring_2023_count_utf16():
    entity = {"type": "mention", "index": {"start": 3, "end": 6}, "value": "did:plc:bo"}
    assert feed_record(skeet("🚋 @bo no", entities=[entity]), HERE)["mentions"] == ["bo"]


def test_reply_quote_and_link_card():
    reply = {"root": {"uri": ROOT}, "parent": {"uri": BO}}
    record = feed_record(skeet("no", reply=reply, langs=["nl", "en"]), HERE)
    assert (record["kind"], record["reply_to_id"]) == ("reply", BO)
    assert (record["reply_to_author"], record["conversation_id"]) == ("did:plc:bo", ROOT)
    assert record["lang"] == "nl"
    quote = {"$type": "app.bsky.embed.record", "record": {"uri": BO}}
    both = {"$type": "app.bsky.embed.recordWithMedia", "record": quote, "media": {}}
    for embed in (quote, both):
        record = feed_record(skeet("see", embed=embed), HERE)
        assert (record["kind"], record["quoted_id"]) == ("quote", BO)
        assert record["quoted_author"] == "did:plc:bo" and record["conversation_id"] == HERE
    feed = {"record": {"uri": "at://did:plc:bo/app.bsky.feed.generator/x"}}
    assert feed_record(skeet("try", embed=feed), HERE)["kind"] == "post"
    card = {"external": {"uri": "https://example.org/card"}}
    assert feed_record(skeet("x", embed=card), HERE)["urls"] == ["https://example.org/card"]


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("2023-03-13T19:48:20-07:00", "2023-03-14T02:48:20+00:00"),
        ("2025-12-05T10:16:59.78349200Z", "2025-12-05T10:16:59.783492+00:00"),
        ("1985-04-12T23:20:50.123456789012Z", "1985-04-12T23:20:50.123456+00:00"),
    ],
)
def test_times(stated, read):
    assert feed_record(skeet("x", createdAt=stated), HERE)["created_at"].isoformat() == read


def test_unreadable_time_is_taken_from_the_key():
    key = f"at://{DID}/{POST}/3jzfcijpj2z2a"
    moment = feed_record(skeet("x", createdAt="0000-01-01T00:00:00.000Z"), key)["created_at"]
    assert moment.date().isoformat() == "2023-06-30"


WHEN = "2024-05-14T12:00:00Z"
KEPT = {
    f"{POST}/3kaa": skeet("one"),
    f"{POST}/3kab": skeet("two"),
    f"{REPOST}/3kac": {"$type": REPOST, "subject": {"uri": BO}, "createdAt": WHEN},
    "app.bsky.feed.like/3kad": {"$type": "app.bsky.feed.like", "subject": {"uri": BO}},
}  # fmt: skip


def test_repository_gives_addresses_and_leaves_out_the_deleted(read):
    records, (notice,) = read(car(KEPT, (skeet("gone"),)))
    assert {r["id"]: r.get("text") for r in records} == {
        f"at://{DID}/{POST}/3kaa": "one",
        f"at://{DID}/{POST}/3kab": "two",
        f"at://{DID}/{REPOST}/3kac": None,
    }
    assert {r["author_id"] for r in records} == {DID}
    assert [r["repost_of"] for r in records if r["kind"] == "repost"] == [BO]
    assert "1 posts that were deleted" in notice.message and not notice.warning


def test_repository_that_lacks_a_part_of_its_tree_warns(read):
    _, others = read(car(KEPT, lose_node=True))
    assert "not whole" in others[0].message and others[0].warning


def test_damaged_block_is_a_reject_and_the_rest_is_read(read):
    raw = car(KEPT)
    records, (reject,) = read(raw.replace(b"one", b"0ne"))
    assert "two" in [r.get("text") for r in records] and len(records) == 2
    assert isinstance(reject, Reject) and "hash" in reject.reason


def test_cut_repository_says_where(read):
    raw = car(KEPT)
    records, rejects = read(raw[:-10])
    assert len(records) == 2 and "breaks off" in str(rejects[-1])


def test_folder_of_repositories(tmp_path):
    for name in ("a.car", "b.car"):
        (tmp_path / name).write_bytes(car(KEPT))
    (tmp_path / "notes.txt").write_text("x")
    assert detect(tmp_path).name == "bluesky-car"
    assert sum(isinstance(item, dict) for item in read_records(tmp_path)) == 6


EVENTS = [
    event("3kaa", skeet("one")),
    event("3kab", skeet("new words"), operation="update"),
    event("3kac", None, operation="delete"),
    event("3kad", {"subject": {"uri": BO}}, collection="app.bsky.feed.like"),
    event("3kae", {"$type": REPOST, "subject": {"uri": BO}}, collection=REPOST),
    {"did": DID, "time_us": 1715688005000000, "kind": "identity", "identity": {"did": DID}},
    {"did": DID, "time_us": 1715688005000000, "kind": "account", "account": {"active": False}},
]


def test_events(read):
    lines = "".join(json.dumps(e) + "\n" for e in EVENTS)
    for text in (lines, json.dumps(EVENTS, indent=2)):
        (post, repost), (notice,) = read(text)
        assert (post["id"], post["text"]) == (f"at://{DID}/{POST}/3kaa", "one")
        assert (repost["kind"], repost["repost_of"]) == ("repost", BO)
        assert "1 delete of app.bsky.feed.post" in notice.message and not notice.warning
        assert "1 of kind identity" in notice.message


def test_time_of_an_event_is_when_the_network_saw_it(read):
    record = skeet("x", createdAt="2031-01-01T00:00:00Z")
    ((post,), _) = read(json.dumps(event("3kaa", record)) + "\n")
    assert post["created_at"] == datetime(2024, 5, 14, 12, 0, 5, tzinfo=timezone.utc)
    assert post["stated_at"] == "2031-01-01T00:00:00Z"


def test_broken_line_among_events(read):
    lines = [json.dumps(event(f"3ka{n}", skeet(str(n)))) for n in range(3)]
    records, (reject,) = read("\n".join([lines[0], lines[1][:40], lines[2], "[]"][:3]) + "\n")
    assert [r["text"] for r in records] == ["0", "2"] and reject.line == 2


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
    assert "3 posts are blocked or gone" in notice.message


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
