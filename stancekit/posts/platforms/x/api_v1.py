"""X API v1.1 as JSON: statuses from searches, timelines, look-ups and streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.json.sniffing import json_paths
from stancekit.posts.json.values import json_values
from stancekit.posts.limits import FILES_TRIED
from stancekit.posts.platforms.x.seen import Seen
from stancekit.posts.platforms.x.tweet import NOBODY, doubtful, tweet_record
from stancekit.posts.reader import Reader
from stancekit.posts.record import (
    Item,
    NotAPostError,
    Record,
    UnreadableError,
    notices_of,
    parts_of,
    records_from,
)

_USER: Final = ("user.screen_name", "user.id_str", "user.id")
_MESSAGES: Final = frozenset(
    ("delete", "scrub_geo", "limit", "status_withheld", "user_withheld", "disconnect", "warning",
     "friends", "event")
)  # fmt: skip
"""What a stream sends besides tweets."""


def sniff(source: Source) -> bool:
    """Tell whether a file holds statuses with their user, or the deletions of a stream."""
    return any(_holds_statuses(source.head(file)) for file in source.names[:FILES_TRIED])


def _holds_statuses(head: bytes) -> bool:
    paths = json_paths(head)
    for start in ("", "item.", "statuses.item.", "item.statuses.item."):
        text = start + "text" in paths or start + "full_text" in paths
        numbered = start + "id" in paths or start + "id_str" in paths
        if text and numbered and any(start + key in paths for key in _USER):
            return True
    return "delete.status.id_str" in paths


def read(source: Source) -> Iterator[Item]:
    """Yield each status once.

    One a line, an array, or pages of a search; with ``text``, ``full_text`` or the
    ``extended_tweet`` of a stream. ``id_str`` is taken before ``id``, which tools in JavaScript
    have rounded.

    Notes
    -----
    A repost has the whole text of the post it repeats, where that is in it. The post that
    another quotes is not a row. A post that comes again within half a million others is left
    out.
    """
    doubts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    record_of = partial(_record, seen=Seen(), doubts=doubts)
    for file in source.names:
        if len(source.names) > 1 and not _holds_statuses(source.head(file)):
            continue
        with source.open(file) as stream:
            statuses = parts_of(json_values(stream, file), _statuses)
            yield from records_from(statuses, file, record_of, left_out)
    yield from doubtful(doubts, source.path.name)
    yield from notices_of(left_out, source.path.name)


def _record(status: Any, seen: Seen, doubts: Counter[str]) -> Record:
    if not isinstance(status, dict):
        raise UnreadableError("no tweet: not a JSON object")
    if "text" not in status and "full_text" not in status:
        message = next((key for key in status if key in _MESSAGES), None)
        if message is None:
            raise UnreadableError("no tweet: no text in it")
        raise NotAPostError(f"stream messages “{message}”")
    record = tweet_record(status, NOBODY, doubts)
    if seen.again(record["id"]):
        raise NotAPostError("posts that came again")
    return record


def _statuses(value: Any) -> list[Any]:
    """Return the statuses of one JSON value: itself, or what a search has found."""
    found = value.get("statuses") if isinstance(value, dict) else value
    return found if isinstance(found, list) else [value]


READER = Reader(
    "x-api-v1",
    "X (Twitter) API v1.1: statuses as JSON or JSONL, also from streams",
    sniff,
    read,
    tested_on="real (twitwi, twitter-to-sqlite)",
    chain=LED,
)
