"""Answers of X's GraphQL interface as scrapers save them: timelines, searches, conversations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.json.sniffing import json_names, json_paths
from stancekit.posts.json.values import json_values
from stancekit.posts.limits import FILES_TRIED
from stancekit.posts.platforms.x.graphql import graphql_record
from stancekit.posts.platforms.x.seen import Seen
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

_RESULTS: Final = ("tweet_results", "tweetResult", "tweet_result")
_BARE: Final = frozenset(("rest_id", "core.user_results.result.rest_id"))


def sniff(source: Source) -> bool:
    """Tell whether JSON holds results of X's GraphQL interface, in pages or one by one."""
    return any(_holds_results(source, file) for file in json_names(source)[:FILES_TRIED])


def _holds_results(source: Source, file: str) -> bool:
    paths = json_paths(source.head(file))
    if any(path.rpartition(".")[2] in _RESULTS for path in paths):
        return True
    return any({start + path for path in _BARE} <= paths for start in ("", "item."))


def read(source: Source) -> Iterator[Item]:
    """Yield each post of the pages once; advertisements are left out and counted.

    JSON lines of pages or of posts, an array of them, or one. A post inside another (repeated,
    quoted) is no row.
    """
    left_out: Counter[str] = Counter()
    record_of = partial(_record, Seen())
    for file in json_names(source):
        if len(source.names) > 1 and not _holds_results(source, file):
            continue
        with source.open(file) as stream:
            posts = parts_of(json_values(stream, file), _posts)
            yield from records_from(posts, file, record_of, left_out)
    yield from notices_of(left_out, source.path.name)


def _posts(page: Any) -> Iterator[Any]:
    """Yield the posts of a page in its order; of what is no page, itself."""
    found = False
    waiting = [page]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            results = [value[name] for name in _RESULTS if isinstance(value.get(name), dict)]
            if results and isinstance(post := results[0].get("result"), dict):
                found = True
                yield {**post, "promoted": True} if "promotedMetadata" in value else post
            elif not results:
                waiting += reversed([part for part in value.values() if _is_holder(part)])
            if "rest_id" in value and "core" in value and not results:
                found = True
                yield value
                waiting = []
    if not found and not _is_page(page):
        yield page


def _is_holder(value: Any) -> bool:
    return isinstance(value, (dict, list))


def _is_page(value: Any) -> bool:
    """Tell an answer without posts: the end of a timeline, or one about something else."""
    return isinstance(value, dict) and isinstance(value.get("data"), dict)


def _record(seen: Seen, post: Any) -> Record:
    if not isinstance(post, dict):
        raise UnreadableError("no post: not a JSON object")
    record = graphql_record(post)
    if seen.again(record["id"]):
        raise NotAPostError("posts that came again")
    return record


READER = Reader(
    "x-graphql",
    "X (Twitter) GraphQL answers as scrapers save them: pages or posts, JSON or JSON lines",
    sniff,
    read,
    chain=LED,
)
