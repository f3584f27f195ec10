"""Arrays that lie inside a larger JSON document, item by item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BufferedReader
from typing import Any, Final

import ijson
from ijson.common import ObjectBuilder

from stancekit.posts.json.arrays import JsonText
from stancekit.posts.json.lines import json_lines
from stancekit.posts.json.pieces import Pieces
from stancekit.posts.record import Reject

DEEPEST: Final = 2000
"""Characters of a path; the parser's time grows with the square of the depth."""
LARGEST: Final = 5_000_000
"""Parts of one item; no post or thread comes near."""
_STARTS: Final = frozenset(("start_map", "start_array"))
_ENDS: Final = frozenset(("end_map", "end_array"))
_NO_VALUES: Final = _ENDS | {"map_key"}
_OPENING: Final = re.compile(rb"\s*\[")


def nested_items(
    stream: BufferedReader, file: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, int, Any] | Reject]:
    """Yield ``(path, number, value)`` for each value at a wanted path, in the file's order.

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
    tuple
        Numbers count from 1 at each path.
    Reject
        Last, when the text breaks off or is not JSON from some point on.
    """
    counts: Counter[str] = Counter()
    path = ""
    try:
        for path, value in _values(stream, lru_cache(4096)(wanted)):
            counts[path] += 1
            yield path, counts[path], value
    except (ijson.JSONError, ValueError, ArithmeticError) as error:
        reason = " ".join(str(error).split())[:200]
        after = counts.total()
        yield Reject(file, None, f"unreadable after {after:,} items (the last in {path}): {reason}")


def _values(stream: BufferedReader, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    part: _Part | None = None
    pieces = Pieces(JsonText(stream))
    for path, event, value in ijson.parse(pieces, use_float=True, multiple_values=True):
        pieces.open_brackets = 0  # paths tell the depth here
        if part is not None:
            if part.add(event, value):
                yield path, part.value
                part = None
        elif event in _STARTS:
            if len(path) > DEEPEST:
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
            if self._depth > DEEPEST // 4 or self._size > LARGEST:
                raise ValueError("an item too deep or too large for a post")
        elif event in _ENDS:
            self._depth -= 1
        return not self._depth

    @property
    def value(self) -> Any:
        return self._builder.value


def json_values(
    stream: BufferedReader, file: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[int, Any] | Reject]:
    """Yield numbered values of a file that is JSON lines, or an array, or a larger document.

    Parameters
    ----------
    stream, file, wanted
        As in :func:`nested_items`. Lines are told by the first, which is a whole object; each
        is yielded whole, as are the items of an array.
    """
    head = stream.peek(1 << 16)
    if _is_line(head):
        yield from json_lines(stream, file)
        return
    array = _OPENING.match(head.removeprefix(b"\xef\xbb\xbf")) is not None
    places = (lambda path: path == "item") if array else wanted
    for item in nested_items(stream, file, places):
        yield item if isinstance(item, Reject) else item[1:]


def _is_line(head: bytes) -> bool:
    """Tell whether the first line looks like a whole object, be it broken or not."""
    first, newline, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    return bool(newline) and first[:1] == b"{" and first.rstrip()[-1:] == b"}"
