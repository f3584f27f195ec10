"""One huge JSON array, item by item, also behind ``window.YTD.tweets.part0 =``."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any, Final

import ijson
import orjson

from stancekit.posts.files.encoding import detect_unicode
from stancekit.posts.files.source import HEAD
from stancekit.posts.json.blocks import Blocks
from stancekit.posts.json.pieces import Pieces
from stancekit.posts.record import Reject

READ: Final = 1 << 16
"""Bytes read at a time."""

SMALL: Final = 1 << 26
"""Files read whole (an account, a list of files) may hold 64 MiB."""

_PREFIX: Final = re.compile(r"\s*(?:[^=\[{]*=)?\s*(?=[\[{])")
"""What may stand before the JSON: an assignment, which is passed over and never run."""


def array_items(stream: BufferedReader, file: str) -> Iterator[tuple[int, Any] | Reject]:
    """Yield ``(number, item)`` for each item of a JSON array, numbers from 1.

    Memory holds a block of items at most. When the text breaks off or is not JSON from some
    point on, the items before it are yielded and a reject says where it stopped.

    Parameters
    ----------
    stream : BufferedReader
        At its start; plain JSON, or JSON assigned to a JavaScript variable.
    file : str
        Its name, for rejects.
    """
    number = 0
    text = JsonText(stream)
    if not text.starts_with("["):
        yield Reject(file, None, "no JSON array in it", text.start)
        return
    try:
        blocks = Blocks(text)
        for block in blocks:
            for number, item in enumerate(block, number + 1):  # noqa: B020 (goes on counting)
                yield number, item
        pieces = Pieces(blocks)
        for item in ijson.items(pieces, "item"):
            number += 1
            pieces.open_brackets = 0
            yield number, item
    except (ijson.JSONError, ValueError, ArithmeticError) as error:
        reason = " ".join(str(error).split())[:200]
        yield Reject(file, number + 1, f"unreadable from item {number + 1} on: {reason}")


def small_json(stream: BufferedReader) -> Any:
    """Read a small JSON file whole, behind an assignment or not; None if it is no JSON."""
    raw = stream.read(SMALL)
    text = raw.decode(detect_unicode(raw), "replace").removeprefix("\ufeff")
    body = text[_prefix_length(text) :].rstrip(" \t\r\n;")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _prefix_length(text: str) -> int:
    found = _PREFIX.match(text)
    return found.end() if found else 0


class JsonText:
    """The JSON inside a stream, as UTF-8 without what stands before it or a final ``;``."""

    def __init__(self, stream: BufferedReader) -> None:
        head = stream.read(HEAD)
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(detect_unicode(head))("replace")
        first = self._decoder.decode(head).removeprefix("\ufeff")
        self._ready = first[_prefix_length(first) :]
        self._held = ""
        self.start = self._ready[:100]

    def starts_with(self, mark: str) -> bool:
        """Tell whether the JSON starts so."""
        return self._ready.startswith(mark)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, more or fewer than asked for; none at the end."""
        if size == 0:  # ijson asks so what type it will get
            return b""
        while True:
            text, self._ready = self._ready, ""
            if not text:
                raw = self._stream.read(READ)
                text = self._decoder.decode(raw, final=not raw)
                if not raw and not text:
                    return b""  # what is held is white space and semicolons
            whole = self._held + text
            body = whole.rstrip(" \t\r\n;")
            self._held = whole[len(body) :]
            if body:
                return body.encode("utf-8", "replace")
