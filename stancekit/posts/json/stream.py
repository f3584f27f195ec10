"""The JSON in a file as one clean text, whatever stands around it and its encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from io import BufferedReader
from typing import Any, Final

import orjson

from stancekit.posts.files.encoding import detect_encoding, detect_unicode
from stancekit.posts.files.legacy import told_encoding
from stancekit.posts.files.source import Source
from stancekit.posts.json.window import Place
from stancekit.posts.limits import HEAD_BYTES, READ_BYTES, REJECT_CHARACTERS, SMALL_BYTES
from stancekit.posts.record import Notice

_PREFIX: Final = re.compile(r"\s*(?:(?:[^\s=\[{][^=\[{]*)?=\s*)?(?=[\[{])")
"""What may stand before the JSON: an assignment, which is passed over and never run."""


class JsonStream:
    """The JSON inside a stream, without what stands before it or a final ``;``.

    Attributes
    ----------
    start : str
        Its first characters.
    before : Place
        Where it starts.
    encoding : str
        What it is written in.
    """

    def __init__(self, stream: BufferedReader) -> None:
        head = stream.read(HEAD_BYTES)
        self._stream = stream
        self.encoding = detect_encoding(head)
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        first = self._decoder.decode(head).removeprefix("\ufeff")
        passed = _prefix_length(first)
        self._ready = first[passed:]
        self._held = ""
        self.start = self._ready[:REJECT_CHARACTERS]
        prefix = first[:passed]
        self.before = Place(1 + prefix.count("\n"), len(prefix.encode("utf-8", "replace")))

    def text(self) -> str:
        """Return the next piece; nothing at the end."""
        while True:
            text, self._ready = self._ready, ""
            if not text:
                raw = self._stream.read(READ_BYTES)
                text = self._decoder.decode(raw, final=not raw)
                if not raw and not text:
                    return ""  # what is held is white space and semicolons
            whole = self._held + text
            body = whole.rstrip(" \t\r\n;")
            self._held = whole[len(body) :]
            if body:
                return body

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes as UTF-8, more or fewer than asked for; none at the end."""
        return b"" if size == 0 else self.text().encode("utf-8", "replace")


def encoding_notice(file: str, encoding: str) -> Iterator[Notice]:
    """Say in which encoding a file was read, where it is not in Unicode as JSON should be."""
    if said := told_encoding(encoding):
        yield Notice(file, f"{said}; if words look wrong, save it as UTF-8", warning=False)


def small_json(stream: BufferedReader) -> Any:
    """Read a small JSON file whole, behind an assignment or not; None if it is no JSON."""
    raw = stream.read(SMALL_BYTES)
    text = raw.decode(detect_unicode(raw), "replace").removeprefix("\ufeff")
    body = text[_prefix_length(text) :].rstrip(" \t\r\n;")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def first_json(source: Source, names: Sequence[str]) -> Any:
    """Read the first of some small JSON files of a source; None if there is none."""
    if not names:
        return None
    with source.open(names[0]) as stream:
        return small_json(stream)


def _prefix_length(text: str) -> int:
    found = _PREFIX.match(text)
    return found.end() if found else 0
