"""X API v1.1 as JSON: statuses from searches, timelines, look-ups and streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.json.documents import json_documents, json_paths
from stancekit.posts.platforms.x.seen import Seen
from stancekit.posts.platforms.x.tweet import DOUBTS, NOBODY, tweet_record
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, Reject

LOOKED_AT: Final = 20
"""How many files of a folder are looked at before it is said to be of another format."""

_USER: Final = ("user.screen_name", "user.id_str", "user.id")
_MESSAGES: Final = frozenset(
    ("delete", "scrub_geo", "limit", "status_withheld", "user_withheld", "disconnect", "warning",
     "friends", "event")
)  # fmt: skip
"""What a stream sends besides tweets."""


def sniff(source: Source) -> bool:
    """Tell whether a file holds statuses with their user, or the deletions of a stream."""
    return any(_holds_statuses(source.head(file)) for file in islice(source.names, LOOKED_AT))


def _holds_statuses(head: bytes) -> bool:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
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

    Parameters
    ----------
    source : Source
        A file, a folder, or a zip.

    Notes
    -----
    A repost has the whole text of the post it repeats, where that is in it. The post that
    another quotes is not a row. A post that comes again within half a million others is left
    out.
    """
    found = _Found()
    for file in source.names:
        if len(source.names) > 1 and not _holds_statuses(source.head(file)):
            yield Notice(file, "no statuses of the API v1.1 at its beginning; left out")
            continue
        with source.open(file) as stream:
            for item in json_documents(stream, file):
                if isinstance(item, Reject):
                    yield item
                else:
                    yield from _posts(item[1], file, item[0], found)
    yield from _notices(found, source.path.name)


@dataclass
class _Found:
    """What there is besides posts."""

    seen: Seen = field(default_factory=Seen)
    again: int = 0
    doubts: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)


def _notices(found: _Found, where: str) -> Iterator[Notice]:
    for doubt, count in found.doubts.items():
        yield Notice(where, f"{count:,} {DOUBTS[doubt]}")
    if found.again:
        yield Notice(where, f"{found.again:,} posts that came again are left out", False)
    for message, count in found.messages.items():
        yield Notice(where, f"{count:,} stream messages “{message}” are no posts; left out", False)


def _posts(value: Any, file: str, line: int, found: _Found) -> Iterator[Record | Reject]:
    for status in _statuses(value):
        if not isinstance(status, dict):
            yield Reject(file, line, "no tweet: not a JSON object", str(status))
            continue
        if "text" not in status and "full_text" not in status:
            message = next((key for key in status if key in _MESSAGES), None)
            if message is None:
                yield Reject(file, line, "no tweet: no text in it", str(status))
            else:
                found.messages[message] += 1
            continue
        try:
            record = tweet_record(status, NOBODY, found.doubts)
        except ValueError as error:
            yield Reject(file, line, str(error), str(status))
            continue
        if found.seen.again(record["id"]):
            found.again += 1
            continue
        record["source_ref"] = f"{file}:{line}"
        yield record


def _statuses(value: Any) -> list[Any]:
    """Return the statuses of one JSON value: itself, or what a search has found."""
    found = value.get("statuses") if isinstance(value, dict) else value
    return found if isinstance(found, list) else [value]


READER = Reader(
    "x-api-v1",
    "X (Twitter) API v1.1: statuses as JSON or JSONL, also from streams",
    sniff,
    read,
)
