"""Arrays that lie inside a larger JSON document, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from io import BufferedReader
from typing import Any, Final, NamedTuple

import ijson
from ijson.common import ObjectBuilder

from stancekit.posts.json.ijson_feed import IjsonFeed
from stancekit.posts.json.stream import BROKEN, JsonStream, reason_of
from stancekit.posts.limits import ITEM_DEPTH, ITEM_PARTS, PATH_CHARACTERS, PATHS_KEPT
from stancekit.posts.record import Reject

_STARTS: Final = frozenset(("start_map", "start_array"))
_ENDS: Final = frozenset(("end_map", "end_array"))
_NO_VALUES: Final = _ENDS | {"map_key"}


class Found(NamedTuple):
    """A value in a document: where it stands, which one it is there (from 1), and itself."""

    path: str
    number: int
    value: Any

    def __str__(self) -> str:
        return str(self.value)


def nested_items(
    stream: BufferedReader, file: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[int, Found] | Reject]:
    """Yield each value at a wanted path with its number there, in the file's order.

    Paths are written as ijson does, ``chats.list.item.name``: keys with ``.`` between them and
    ``item`` for an array. Memory holds one value. A key that occurs twice is read twice.

    Parameters
    ----------
    stream : BufferedReader
        At its start; one JSON document, or several one after the other.
    file : str
        Its name, for rejects.
    wanted : callable
        ``wanted(path) -> bool``; what lies inside a wanted value is not asked for.

    Yields
    ------
    tuple of int and Found
        Numbers count from 1 at each path.
    Reject
        Last, when the text breaks off or is not JSON from some point on.
    """
    counts: Counter[str] = Counter()
    path = ""
    try:
        for path, value in _values(stream, lru_cache(PATHS_KEPT)(wanted)):
            counts[path] += 1
            yield counts[path], Found(path, counts[path], value)
    except BROKEN as error:
        after = counts.total()
        yield Reject(
            file, None, f"unreadable after {after:,} items (the last in {path}): {reason_of(error)}"
        )


def _values(stream: BufferedReader, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    part: _Part | None = None
    feed = IjsonFeed(JsonStream(stream))
    for path, event, value in ijson.parse(feed, multiple_values=True):
        if type(value) is Decimal:
            value = float(value)
        feed.open_brackets = 0  # paths tell the depth here
        if part is not None:
            if part.add(event, value):
                yield path, part.value
                part = None
        elif event in _STARTS:
            if len(path) > PATH_CHARACTERS:
                raise ValueError("values lie too deep inside one another")
            if wanted(path):
                part = _Part(event, value)
        elif event not in _NO_VALUES and wanted(path):
            yield path, value


class _Part:
    """A wanted value that is being put together from the parser's events."""

    def __init__(self, event: str, value: Any) -> None:
        self._builder = ObjectBuilder()
        self._builder.event(event, value)
        self._depth, self._size = 1, 0

    def add(self, event: str, value: Any) -> bool:
        """Take one event more; True when it was the last."""
        self._builder.event(event, value)
        self._size += 1
        if event in _STARTS:
            self._depth += 1
            if self._depth > ITEM_DEPTH or self._size > ITEM_PARTS:
                raise ValueError("an item too deep or too large for a post")
        elif event in _ENDS:
            self._depth -= 1
        return not self._depth

    @property
    def value(self) -> Any:
        return self._builder.value
