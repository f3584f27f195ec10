"""X API v2 as JSON: what twarc2, academictwitteR or a few lines of one's own have collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.json.sniffing import json_paths
from stancekit.posts.json.stream import small_json
from stancekit.posts.json.values import json_values
from stancekit.posts.limits import FILES_TRIED, HEAD_BYTES, SHORT_HEAD_BYTES
from stancekit.posts.platforms.x.seen import Seen
from stancekit.posts.platforms.x.tweet_v2 import (
    MISSHAPEN,
    Includes,
    includes_of,
    inlined,
    v2_record,
)
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, Reject, as_raw, reason_of

_TWEET: Final = ("edit_history_tweet_ids", "public_metrics", "referenced_tweets", "__twarc")
"""Fields that no table of one's own has; ``author_id`` tells a tweet only inside ``data``."""

_PAGE: Final = ("meta.result_count", "meta.newest_id", "includes.users", "matching_rules")
_FOUND: Final = {
    "again": ("posts that came again are left out", False),
    "cut": (
        "reposts are of posts that the file does not hold (deleted, protected or not collected): "
        "their text may be cut, ending in “…”",
        False,
    ),
    "edited": ("earlier versions of edited posts left out", False),
    "late": ("edited posts had come in an earlier version too; both are read", True),
    "gone": ("posts that were asked for could not be had (deleted, protected, suspended)", False),
    "counts": ("counts of posts over time are no posts; left out", False),
    "users": ("accounts are no posts; left out", False),
}


def sniff(source: Source) -> bool:
    """Tell whether a file holds tweets as the API v2 gives them."""
    return any(_is_of_format(source, file) for file in source.names[:FILES_TRIED])


def _is_of_format(source: Source, file: str) -> bool:
    """Look at a little first: a collection may have thousands of files."""
    return any(_holds_tweets(source.head(file, size)) for size in (SHORT_HEAD_BYTES, HEAD_BYTES))


def _holds_tweets(head: bytes) -> bool:
    paths = json_paths(head)
    for start in ("data.item.", "data.", "", "item.", "item.data.item.", "item.data."):
        if {f"{start}id", f"{start}text"} <= paths and f"{start}id_str" not in paths:
            own = any(start + key in paths for key in _TWEET)
            inside = "data." in start and start + "author_id" in paths
            if own or inside or ("data." in start and any(key in paths for key in _PAGE)):
                return True
    return False


def read(source: Source) -> Iterator[Item]:
    """Yield each tweet once.

    Response pages, one a line or each in a file and printed over many lines; flattened tweets;
    what a filtered stream sent; and a folder of ``data_….json`` with ``users_….json``.

    Notes
    -----
    Tweets that a page only includes (what a reply answers, what is quoted) are not rows: they
    were not collected for themselves. A post that comes again within half a million others is
    left out; of an edited post the last version comes, at the end. ``source_ref`` is the line,
    which may be that of a page with many tweets.
    """
    collected = _Collected()
    for file in source.names:
        if _is_included_only(source, file):
            continue
        if len(source.names) > 1 and not _is_of_format(source, file):
            continue
        aside = _aside(source, file)
        with source.open(file) as stream:
            for item in json_values(stream, file):
                if not isinstance(item, tuple):
                    yield item
                else:
                    yield from collected.posts(item[1], aside, file, item[0])
    yield from collected.edited.values()
    for what, count in (+collected.found).items():
        message, warning = _FOUND[what]
        yield Notice(source.path.name, f"{count:,} {message}", warning)


def _is_included_only(source: Source, file: str) -> bool:
    """Tell whether a file is the second of the two that academictwitteR writes for a page."""
    path = PurePosixPath(file)
    return path.name.startswith("users_") and _sibling(path, "data_") in source.names


def _aside(source: Source, file: str) -> Includes | None:
    """Return what academictwitteR has put into ``users_7.json`` beside ``data_7.json``."""
    path = PurePosixPath(file)
    name = _sibling(path, "users_") if path.name.startswith("data_") else ""
    if name not in source.names:
        return None
    with source.open(name) as stream:
        try:
            return includes_of({"includes": small_json(stream)})
        except MISSHAPEN:
            return None


def _sibling(path: PurePosixPath, start: str) -> str:
    return path.with_name(start + path.name.partition("_")[2]).as_posix()


class _Collected:
    """What has been read so far: ids, edited posts that wait for their last version, counts."""

    def __init__(self) -> None:
        self.seen = Seen()
        self.edited: dict[str, Record] = {}
        self.found: Counter[str] = Counter()

    def posts(
        self, value: Any, aside: Includes | None, file: str, line: int
    ) -> Iterator[Record | Reject]:
        """Yield the posts of one JSON value: a page, or a tweet."""
        try:
            tweets, includes = self._page(value, aside)
        except MISSHAPEN as error:
            yield Reject(file, line, f"no tweets of the X API v2 ({_said(error)})", as_raw(value))
            return
        for tweet in tweets:
            try:
                where = f"{file}:{line}"
                known = inlined(tweet) if includes is None else includes
                record = self._post(tweet, known, where)
            except MISSHAPEN as error:
                yield Reject(
                    file, line, f"no tweet of the X API v2 ({_said(error)})", as_raw(tweet)
                )
                continue
            if record is not None:
                yield record

    def _page(
        self, value: Any, aside: Includes | None
    ) -> tuple[list[Mapping[str, Any]], Includes | None]:
        """Return the tweets of a value, and what is included (None if each has its own)."""
        if "text" in value and "id" in value:
            return [value], aside
        errors = value.get("errors") or ()
        self.found["gone"] += sum(error.get("parameter") in ("id", "ids") for error in errors)
        found = value.get("data")
        if found is None:
            if "errors" not in value and "meta" not in value:
                raise KeyError("data")
            return [], None
        return (found if isinstance(found, list) else [found]), includes_of(value)

    def _post(self, tweet: Mapping[str, Any], includes: Includes, where: str) -> Record | None:
        if "text" not in tweet and ("tweet_count" in tweet or "username" in tweet):
            self.found["counts" if "tweet_count" in tweet else "users"] += 1
            return None
        record, whole = v2_record(tweet, includes)
        record["source_ref"] = where
        post_id = record["id"]
        if self.seen.again(post_id):
            self.found["again"] += 1
            return None
        if not whole:
            self.found["cut"] += 1
        versions = tweet.get("edit_history_tweet_ids")
        if versions and len(versions) > 1:
            self._keep(record, versions)
            return None
        return record

    def _keep(self, record: Record, versions: list[str]) -> None:
        """Hold an edited post back until all is read: a later version may follow."""
        first = min(versions, key=int)
        before = self.edited.get(first)
        if before is not None:
            self.found["edited"] += 1
        elif first != record["id"] and first in self.seen:
            self.found["late"] += 1
        if before is None or int(before["id"]) < int(record["id"]):
            self.edited[first] = record


def _said(error: Exception) -> str:
    return f"no {error}" if isinstance(error, KeyError) else reason_of(error)


READER = Reader(
    "x-api-v2",
    "X (Twitter) API v2: JSON or JSONL as twarc2 or academictwitteR collect it",
    sniff,
    read,
    tested_on="real (twarc-csv, twitwi); academictwitteR from its source",
    chain=LED,
)
