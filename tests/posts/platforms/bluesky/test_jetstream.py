"""Events of the network."""

import json
from datetime import datetime, timezone

from tests.support.samples_social import DID, POST, REPOST, event, skeet

BO = "at://did:plc:bo/app.bsky.feed.post/3kaa"


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
        assert "1 events delete of app.bsky.feed.post" in notice.message and not notice.warning
        assert "1 events of kind identity" in notice.message


def test_time_of_an_event_is_when_the_network_saw_it(read):
    record = skeet("x", createdAt="2031-01-01T00:00:00Z")
    ((post,), _) = read(json.dumps(event("3kaa", record)) + "\n")
    assert post["created_at"] == datetime(2024, 5, 14, 12, 0, 5, tzinfo=timezone.utc)
    assert post["stated_at"] == "2031-01-01T00:00:00Z"


def test_broken_line_among_events(read):
    lines = [json.dumps(event(f"3ka{n}", skeet(str(n)))) for n in range(3)]
    records, (reject,) = read("\n".join([lines[0], lines[1][:40], lines[2], "[]"][:3]) + "\n")
    assert [r["text"] for r in records] == ["0", "2"] and reject.line == 2
