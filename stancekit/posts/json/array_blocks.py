"""A long JSON array of objects in blocks of whole items, so that a fast parser can read it.

A parser that asks after every item where it ends reads any array in constant memory, but several
times slower than one of whole texts (orjson). Programs write the items of an array alike, so the
start of the first (``{"tweet"``, with its line breaks) tells where others may start. If what stands
before the comma at such a place is JSON inside brackets, it is a whole number of items, whatever
the place looked like: brackets balance nowhere else. If it is not, the rest is left to the other
parser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import orjson

from stancekit.posts.json.stream import JsonStream
from stancekit.posts.json.window import Place
from stancekit.posts.limits import BLOCK_BYTES, BLOCK_TRIES, FIRST_KEY_BYTES

_START: Final = re.compile(rb'\[\s*(\{\s*"[^"\\]{0,%d}")' % FIRST_KEY_BYTES)


class ArrayBlocks:
    """The items of an array, some hundreds at a time, as far as they can be had that way.

    Once iteration has ended, :meth:`text` gives what is in none of the blocks, as an array.

    Attributes
    ----------
    place : Place
        Where what is in none of the blocks begins.
    """

    def __init__(self, text: JsonStream) -> None:
        self._text = text
        self._held = b""
        self.place = text.before

    def __iter__(self) -> Iterator[list[Any]]:
        self._fill(BLOCK_BYTES)
        start = _START.match(self._held)
        while start:
            more = self._fill(BLOCK_BYTES)
            block = self._cut(start[1]) if more else _parsed(self._held)
            if block is None:
                return
            yield block
            if not more:
                self._held = b"[]"
                return

    def text(self) -> str:
        """Return what is left, held and not yet read, piece by piece."""
        held, self._held = self._held, b""
        return held.decode() if held else self._text.text()

    def _fill(self, size: int) -> bool:
        """Hold at least so many bytes; False if the text ends before."""
        parts, length = [self._held], len(self._held)
        while length < size and (part := self._text.read(size)):
            parts.append(part)
            length += len(part)
        self._held = b"".join(parts)
        return length >= size

    def _cut(self, mark: bytes) -> list[Any] | None:
        """Take the largest whole number of items off what is held."""
        place = len(self._held)
        for _ in range(BLOCK_TRIES):
            place = self._held.rfind(mark, 1, place)
            before = self._held[:place].rstrip()
            if place < 0 or not before.endswith(b","):
                continue
            block = _parsed(before[:-1] + b"]")
            if block is not None:
                line, byte = self.place
                self.place = Place(line + self._held.count(b"\n", 0, place), byte + place - 1)
                self._held = b"[" + self._held[place:]
                return block
        return None


def _parsed(array: bytes) -> list[Any] | None:
    """Parse an array; None if it is no JSON, or more than an array."""
    try:
        found = orjson.loads(array)
    except orjson.JSONDecodeError:
        try:  # takes half an emoji, which X has cut, NaN, and control characters
            found = json.loads(array, strict=False)
        except (ValueError, RecursionError):
            return None
    return found if isinstance(found, list) else None
