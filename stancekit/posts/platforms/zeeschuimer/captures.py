"""NDJSON as Zeeschuimer and 4CAT write it: what a platform sent to the researcher's browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.json.lines import first_objects, json_lines
from stancekit.posts.platforms.zeeschuimer.shapes import PLATFORMS, NotAPostError
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record
from stancekit.posts.recorded import recorded

LONG: Final = 1 << 19
"""A captured post may take more than detection looks at elsewhere."""
_WRAPPER: Final = frozenset(("source_platform", "data"))


def sniff(source: Source) -> bool:
    """Tell whether the first file's lines are wrapped as Zeeschuimer or 4CAT wraps them."""
    objects = first_objects(source.head(source.names[0], LONG)) if source.names else []
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

    def record_of(capture: Any) -> Record | None:
        try:
            record = captured(capture)
        except NotAPostError as other:
            left_out[str(other)] += 1
            return None
        if record["id"] in seen:
            left_out["posts captured before"] += 1
            return None
        seen.add(record["id"])
        return record

    for file in source.names:
        with source.open(file) as stream:
            yield from recorded(json_lines(stream, file), file, record_of)
    for what, count in left_out.items():
        yield Notice(source.path.name, f"{count:,} {what} left out", warning=False)


def captured(capture: Any) -> Record:
    """Turn one line into a record.

    Raises
    ------
    NotAPostError
        If it is an advertisement.
    ValueError
        If the platform is none of :data:`PLATFORMS`, or the post is not as the platform wrote
        them when this was made.
    """
    if not isinstance(capture, Mapping):
        raise ValueError("not a JSON object")
    meta = capture.get("__import_meta")
    wrapper, post = (meta, capture) if isinstance(meta, Mapping) else (capture, capture.get("data"))
    platform = wrapper.get("source_platform")
    if not isinstance(post, Mapping):
        raise ValueError("no captured post in it")
    convert = _converter(platform)
    record = convert(post)
    if not record.get("id"):
        raise ValueError("a captured post without an id")
    return record


def _converter(platform: Any) -> Callable[[Mapping[str, Any]], Record]:
    for name, convert in PLATFORMS.items():
        if isinstance(platform, str) and name in platform.lower():
            return convert
    known = ", ".join(PLATFORMS)
    raise ValueError(
        f"captured from {platform!r}; known are {known}. Import it into 4CAT and read its CSV"
    )


READER = Reader(
    "zeeschuimer",
    "Zeeschuimer or 4CAT NDJSON: posts of X, TikTok, Instagram or Threads as captured",
    sniff,
    read,
)
