"""Records of posts: facets, replies, quotes and times."""

import pytest

from stancekit.posts.platforms.bluesky.post import feed_record
from tests.support.samples_social import DID, POST, skeet

BO = "at://did:plc:bo/app.bsky.feed.post/3kaa"


ROOT = "at://did:plc:cy/app.bsky.feed.post/3kzz"


HERE = f"at://{DID}/{POST}/3kab"


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
