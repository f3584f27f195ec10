"""Events of Bluesky's Jetstream (or of its sister Tap), one a line or in an array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, text_at
from stancekit.posts.json.sniffing import chosen, json_files
from stancekit.posts.json.values import json_values_at
from stancekit.posts.platforms.bluesky.post import POST, REPOST, feed_record, told
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, NotAPostError, Record, UnreadableError, records_from
from stancekit.posts.times import parse_time

_PATTERNS: Final = (
    re.compile(r'"did"\s*:\s*"did:'),
    re.compile(r'"time_us"\s*:|"type"\s*:\s*"record"\s*,\s*"record"\s*:'),
)
_NO_POSTS: Final = frozenset(("identity", "account", "user", "info"))
_CHANGES: Final = frozenset(("update", "delete"))


def sniff(source: Source) -> bool:
    """Tell whether JSON holds a DID and a time in microseconds, or Tap's envelope."""
    return bool(json_files(source, *_PATTERNS))


def read(source: Source) -> Iterator[Item]:
    """Yield the posts and reposts that were created.

    Notes
    -----
    ``created_at`` is the time at which the network saw the event (``time_us``), which bursts
    are told by; what the author's app stated, which may be anything, goes to the extra column
    ``stated_at``. Tap's events of the past have only that one. Deletions, likes and other events
    are counted; of a post that was changed the first version stays.
    """
    for file in chosen(source, json_files(source, *_PATTERNS)):
        with source.open(file) as stream:
            events = json_values_at(stream, file, lambda path: path == "")
            yield from records_from(events, file, _record)


def _record(event: Any) -> Record:
    if not isinstance(event, dict):
        raise UnreadableError("no event: not a JSON object")
    kind = text_at(event, "kind", "type")
    commit = mapping_at(event, "commit") or mapping_at(event, "record")
    if kind in _NO_POSTS:
        raise NotAPostError(f"events of kind {kind}")
    collection, done = text_at(commit, "collection"), text_at(commit, "operation", "action")
    did, key = text_at(event, "did") or text_at(commit, "did"), text_at(commit, "rkey")
    if not (collection and done and did and key):
        raise UnreadableError(
            "no event of a repository: it lacks did, collection, rkey or operation"
        )
    if collection not in (POST, REPOST):
        raise NotAPostError(f"events in {told(collection)}")
    if done != "create":
        how = done if done in _CHANGES else "that create nothing"
        raise NotAPostError(f"events {how} of {collection}")
    value = {"$type": collection} | dict(mapping_at(commit, "record"))
    record = feed_record(value, f"at://{did}/{collection}/{key}")
    seen = parse_time(event.get("time_us"))
    if seen is not None:
        record.update(created_at=seen, time_known=True, stated_at=text_at(value, "createdAt"))
    return record


READER = Reader(
    "bluesky-jetstream",
    "Bluesky Jetstream or Tap events, one JSON object a line (or an array of them)",
    sniff,
    read,
    tested_on="real (twitwi)",
    chain=OWN,
)
