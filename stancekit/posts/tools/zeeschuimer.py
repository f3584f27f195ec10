"""NDJSON as Zeeschuimer and 4CAT write it: what a platform sent to the researcher's browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from stancekit.posts.answers import with_answered
from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at
from stancekit.posts.json.lines import json_lines
from stancekit.posts.json.sniffing import objects_at_start
from stancekit.posts.limits import FILES_TRIED
from stancekit.posts.platforms import gab, linkedin
from stancekit.posts.platforms.mastodon import truth
from stancekit.posts.platforms.meta import captured as meta
from stancekit.posts.platforms.tiktok import captured as tiktok
from stancekit.posts.platforms.x.graphql import graphql_record
from stancekit.posts.reader import Reader
from stancekit.posts.record import (
    Item,
    NotAPostError,
    Record,
    UnreadableError,
    notices_of,
    records_from,
)

PLATFORMS: Final[dict[str, Callable[[Mapping[str, Any]], Record]]] = {
    "twitter": graphql_record,
    "x.com": graphql_record,
    "tiktok": tiktok.captured_record,
    "instagram": meta.captured_record,
    "threads": meta.captured_record,
    "truth": truth.captured_record,
    "gab.com": gab.captured_record,
    "linkedin": linkedin.captured_record,
}
"""From a part of the platform's name, as Zeeschuimer writes it, to the function for its posts."""

_LED: Final = (graphql_record, truth.captured_record, gab.captured_record)
"""Of platforms that put the names of the thread before the words of a reply."""

_WRAPPER: Final = frozenset(("source_platform", "data"))


def sniff(source: Source) -> bool:
    """Tell whether a file's lines are wrapped as Zeeschuimer or 4CAT wraps them."""
    return any(_is_capture(source, file) for file in source.names[:FILES_TRIED])


def _is_capture(source: Source, file: str) -> bool:
    objects = objects_at_start(source, file)
    return bool(objects) and all(
        item.keys() >= _WRAPPER or "__import_meta" in item for item in objects
    )


def read(source: Source) -> Iterator[Item]:
    """Yield each captured post; advertisements are left out and counted.

    A browser shows some posts again and again: of those with one id the first is kept (the ids
    are held in memory, some 100 bytes each; captures made by hand stay small).
    """
    left_out: Counter[str] = Counter()
    seen: set[str] = set()

    def record_of(capture: Any) -> Record:
        record = captured(capture)
        if record["id"] in seen:
            raise NotAPostError("posts captured before")
        seen.add(record["id"])
        return record

    captures = [file for file in source.names if _is_capture(source, file)]
    for file in captures or source.names:
        with source.open(file) as stream:
            records = records_from(json_lines(stream, file), file, record_of, left_out)
            yield from with_answered(records)
    yield from notices_of(left_out, source.path.name)


def captured(capture: Any) -> Record:
    """Turn one line into a record.

    Raises
    ------
    NotAPostError
        If it is an advertisement, or what a platform shows where a post is gone.
    ValueError
        If the platform is none of :data:`PLATFORMS`, or the post is not as the platform wrote
        them when this was made.
    """
    if not isinstance(capture, dict):
        raise UnreadableError("not a JSON object")
    about = mapping_at(capture, "__import_meta")
    post = capture if about else capture.get("data")
    if not isinstance(post, dict):
        raise UnreadableError("no captured post in it")
    convert = _converter((about or capture).get("source_platform"))
    record = convert(post)
    if not record.get("id"):
        raise UnreadableError("a captured post without an id")
    if convert not in _LED:
        record["inherited"] = []
    return record


def _converter(platform: Any) -> Callable[[Mapping[str, Any]], Record]:
    for name, convert in PLATFORMS.items():
        if isinstance(platform, str) and name in platform.lower():
            return convert
    known = ", ".join(PLATFORMS)
    raise UnreadableError(
        f"captured from {platform!r}; known are {known}. Import it into 4CAT and read its CSV"
    )


READER = Reader(
    "zeeschuimer",
    "Zeeschuimer or 4CAT NDJSON: X, TikTok, Instagram, Threads, Truth Social, Gab, LinkedIn",
    sniff,
    read,
    chain=LED,
)
