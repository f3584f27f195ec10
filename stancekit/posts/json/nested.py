"""Arrays that lie inside a larger JSON document, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BufferedReader
from typing import Any, NamedTuple

from stancekit.posts.json.broken import BREAKS_OFF, Broken
from stancekit.posts.json.mending import mending_notice
from stancekit.posts.json.stream import JsonStream, encoding_notice
from stancekit.posts.json.walk import walk
from stancekit.posts.json.window import Window
from stancekit.posts.limits import PATHS_KEPT
from stancekit.posts.record import Notice, Reject


class Found(NamedTuple):
    """A value in a document: where it stands, which one it is there (from 1), and itself."""

    path: str
    number: int
    value: Any

    def __str__(self) -> str:
        return str(self.value)


def nested_items(
    stream: BufferedReader, file: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[int, Found] | Reject | Notice]:
    """Yield each value at a wanted path with its number there, in the file's order.

    Paths are keys with ``.`` between them and ``item`` for an array: ``chats.list.item.name``.
    Memory holds one value. A key that occurs twice is read twice. A broken item costs itself.

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
        For each item that is no JSON, and where the text breaks off.
    Notice
        Last, if items were wrong and could be mended.
    """
    text = JsonStream(stream)
    yield from found_in(Window(text.text, text.before), file, wanted)
    yield from encoding_notice(file, text.encoding)


def found_in(
    text: Window, file: str, wanted: Callable[[str], bool], before: int = 0
) -> Iterator[tuple[int, Found] | Reject | Notice]:
    """Yield the same of a text; ``before`` items are counted already."""
    counts: Counter[str] = Counter()
    asked, mended = lru_cache(PATHS_KEPT)(wanted), 0
    for found in walk(text, asked):
        path = found.path
        counts[path] += 1
        number = before + counts[path]
        if isinstance(found, Broken):
            yield as_reject(found, file, number if asked(path) else None)
        else:
            mended += found.mended
            yield number, Found(path, number, found.value)
    if mended:
        yield mending_notice(file, mended)


def as_reject(broken: Broken, file: str, number: int | None) -> Reject:
    """Say of a broken part where it is, what is wrong, and how much of the file it takes."""
    line, byte = broken.wrong
    where = f"line {line:,}, byte {byte + 1:,}"
    what = f"{_counted(broken.lines, 'line')} of {_counted(broken.size, 'byte')} not read"
    if broken.reason == BREAKS_OFF:
        reason = f"{BREAKS_OFF} ({where}): {what}, and what is missing cannot be told"
    else:
        reason = f"not JSON: {broken.reason} ({where}); {what}"
        reason += ", and how many posts they held cannot be told" if broken.stretch else ""
    return Reject(file, number, reason, broken.raw, broken.lines, broken.size, broken.stretch)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
