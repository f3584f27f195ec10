"""Answers of Bluesky's API: posts, searches, feeds and threads, as their clients save them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.json.fields import mapping_at, text_at
from stancekit.posts.json.heads import chosen, json_files
from stancekit.posts.json.nested import json_values
from stancekit.posts.platforms.bluesky.post import feed_record
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, Reject
from stancekit.posts.times import parse_time

_PATTERNS: Final = (
    re.compile(r'"uri"\s*:\s*"at://'),
    re.compile(r'"handle"\s*:'),
    re.compile(r'"record"\s*:\s*\{'),
)
_LISTS: Final = ("posts", "feed")
_PATHS: Final = frozenset(("posts.item", "feed.item", "thread"))


def sniff(source: Source) -> bool:
    """Tell whether JSON names posts by ``at://`` addresses and authors by handles."""
    return bool(json_files(source, *_PATTERNS))


def read(source: Source) -> Iterator[Item]:
    """Yield the posts of getPosts, searchPosts, getAuthorFeed, getTimeline and getPostThread.

    Notes
    -----
    An array of posts, JSON lines of posts or of whole answers, or one answer. ``created_at`` is
    what the author's app stated, or the time of indexing if that is earlier (the order of
    Bluesky's own feeds). In a feed, a post shown because somebody reposted it has ``kind``
    "repost" and that somebody as its author. Posts that are blocked or gone are counted.
    """
    for file in chosen(source, json_files(source, *_PATTERNS)):
        with source.open(file) as stream:
            gone: Counter[str] = Counter()
            for item in json_values(stream, file, _PATHS.__contains__):
                if isinstance(item, Reject):
                    yield item
                    continue
                number, value = item
                for view, reason in _views(value, gone):
                    record = _record(view, reason)
                    if record is None:
                        yield Reject(file, number, "no post: it lacks uri, or text", str(view))
                    else:
                        record["source_ref"] = f"{file}:{number}"
                        yield record
        if gone:
            yield Notice(file, f"{gone.total():,} posts are blocked or gone", False)


def _views(value: Any, gone: Counter[str]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Yield ``(post, reason it is shown)`` of whatever an answer is made of, threads unrolled."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif not isinstance(value, Mapping):
            yield value, {}
        elif value.get("notFound") is True or value.get("blocked") is True:
            gone["gone"] += 1
        elif isinstance(value.get("post"), Mapping):  # in a feed, or in a thread
            yield value["post"], mapping_at(value, "reason")
            replies = value.get("replies")
            waiting += reversed(replies) if isinstance(replies, list) else []
            waiting += [value["parent"]] if isinstance(value.get("parent"), Mapping) else []
        elif "record" in value or ("uri" in value and "value" not in value):
            yield value, {}
        elif isinstance(value.get("value"), Mapping):  # getPostThreadV2
            waiting.append(value["value"])
        else:
            lists = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
            waiting += [item for found in lists for item in reversed(found)]
            if "thread" in value:
                waiting.append(value["thread"])
            elif not lists:
                yield value, {}


def _record(view: Any, reason: Mapping[str, Any]) -> Record | None:
    uri, value = text_at(view, "uri"), mapping_at(view, "record")
    if uri is None:
        return None
    record = feed_record(value, uri, text_at(mapping_at(view, "author"), "handle"))
    if record is None:
        return None
    did = text_at(mapping_at(view, "author"), "did")
    record["author_id"] = did or record["author_id"]
    indexed = parse_time(view.get("indexedAt"))
    if indexed and (record["created_at"] is None or indexed < record["created_at"]):
        record.update(created_at=indexed, time_known=True)
    if str(reason.get("$type")).endswith("#reasonRepost"):
        by, moment = mapping_at(reason, "by"), parse_time(reason.get("indexedAt"))
        record.update(
            id=text_at(reason, "uri"),
            kind="repost",
            repost_of=uri,
            author_id=text_at(by, "did"),
            author=text_at(by, "handle"),
            created_at=moment,
            time_known=moment is not None,
        )
    return record


READER = Reader(
    "bluesky-posts",
    "Bluesky posts from the API: getPosts, searchPosts, feeds, threads (JSON or JSON lines)",
    sniff,
    read,
)
