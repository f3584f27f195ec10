"""Answers of Bluesky's API: posts, searches, feeds and threads, as their clients save them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, text_at
from stancekit.posts.json.sniffing import chosen, json_files
from stancekit.posts.json.values import json_values_at
from stancekit.posts.platforms.bluesky.post import POST, REPOST, feed_record, told, type_of
from stancekit.posts.reader import Reader
from stancekit.posts.record import (
    Item,
    NotAPostError,
    Record,
    UnreadableError,
    parts_of,
    records_from,
)
from stancekit.posts.times import parse_time, time_columns

_PATTERNS: Final = (
    re.compile(r'"uri"\s*:\s*"at://'),
    re.compile(r'"handle"\s*:'),
    re.compile(r'"record"\s*:\s*\{'),
)
_RECORDS: Final = (
    _PATTERNS[0],
    re.compile(r'"value"\s*:\s*\{'),
    re.compile(r'"(?:\$|py_)type"\s*:\s*"app\.bsky\.feed\.(?:re)?post"'),
)
_LISTS: Final = ("posts", "feed", "records")
_PATHS: Final = frozenset(("posts.item", "feed.item", "records.item", "thread"))


def sniff(source: Source) -> bool:
    """Tell whether JSON names posts by ``at://`` addresses, and authors by handles or not."""
    return bool(_answers(source))


def _answers(source: Source) -> list[str]:
    views = set(json_files(source, *_PATTERNS))
    records = json_files(source, *_RECORDS)
    return [name for name in source.names if name in views or name in records]


def read(source: Source) -> Iterator[Item]:
    """Yield the posts of getPosts, searchPosts, feeds, getPostThread and listRecords.

    Notes
    -----
    An array of posts, JSON lines of posts or of whole answers, or one answer. ``created_at`` is
    what the author's app stated, or the time of indexing if that is earlier (the order of
    Bluesky's own feeds). In a feed, a post shown because somebody reposted it has ``kind``
    "repost" and that somebody as its author. Posts that are blocked or gone are counted.
    listRecords gives a repository's records as they are: its posts and reposts are read, of
    whose author no more than the DID is known, and likes and the like are counted.
    """
    for file in chosen(source, _answers(source)):
        with source.open(file) as stream:
            answers = json_values_at(stream, file, _PATHS.__contains__)
            yield from records_from(parts_of(answers, _posts), file, _record)


_REPO: Final = "app.bsky."
"""How the types of a repository's records begin; ``#`` is in those of an answer's parts."""


class _Shown(NamedTuple):
    """A post as an answer shows it, and why it does: in a feed, because somebody reposted it."""

    post: Any
    reason: Mapping[str, Any] = {}

    def __str__(self) -> str:
        return str(self.post)


def _posts(value: Any) -> Iterator[_Shown]:
    """Yield the posts of whatever an answer is made of, threads unrolled."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif not isinstance(value, dict) or _is_gone(value):
            yield _Shown(value)
        elif isinstance(value.get("post"), dict):  # in a feed, or in a thread
            yield _Shown(value["post"], mapping_at(value, "reason"))
            replies = value.get("replies")
            waiting += reversed(replies) if isinstance(replies, list) else []
            waiting += [value["parent"]] if isinstance(value.get("parent"), dict) else []
        elif "record" in value or ("uri" in value and "value" not in value):
            yield _Shown(value)
        elif "uri" in value and (type_of(mapping_at(value, "value")) or "").startswith(_REPO):
            yield _Shown(value | {"record": value["value"]})
        elif isinstance(value.get("value"), dict):  # getPostThreadV2
            waiting.append(value["value"])
        else:
            lists = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
            waiting += [item for found in lists for item in reversed(found)]
            if "thread" in value:
                waiting.append(value["thread"])
            elif not lists:
                yield _Shown(value)


def _is_gone(value: Mapping[str, Any]) -> bool:
    return value.get("notFound") is True or value.get("blocked") is True


def _record(shown: _Shown) -> Record:
    view, reason = shown
    if isinstance(view, dict) and _is_gone(view):
        raise NotAPostError("posts that are blocked or gone")
    uri, value = text_at(view, "uri"), mapping_at(view, "record")
    if uri is None:
        raise UnreadableError("no post: it lacks uri")
    if "value" in view and type_of(value) not in (POST, REPOST):
        raise NotAPostError(f"records of {told(type_of(value))}")
    record = feed_record(value, uri, text_at(mapping_at(view, "author"), "handle"))
    did = text_at(mapping_at(view, "author"), "did")
    record["author_id"] = did or record["author_id"]
    indexed = parse_time(text_at(view, "indexedAt", "indexed_at"))
    if indexed and (record["created_at"] is None or indexed < record["created_at"]):
        record.update(created_at=indexed, time_known=True)
    if (type_of(reason) or "").endswith("#reasonRepost"):
        by = mapping_at(reason, "by")
        record.update(
            id=text_at(reason, "uri"),
            kind="repost",
            repost_of=uri,
            author_id=text_at(by, "did"),
            author=text_at(by, "handle"),
            **time_columns(text_at(reason, "indexedAt", "indexed_at")),
        )
    return record


READER = Reader(
    "bluesky-posts",
    "Bluesky posts from the API: posts, searches, feeds, threads, listRecords (JSON, JSON lines)",
    sniff,
    read,
    tested_on="real (twitwi)",
    chain=OWN,
)
