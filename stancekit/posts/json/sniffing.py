"""What detection asks of JSON files: their names, their beginnings, and the keys in these."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import orjson

from stancekit.posts.files.encoding import decode_head, detect_unicode
from stancekit.posts.files.source import Source
from stancekit.posts.json.lines import is_json_lines
from stancekit.posts.json.walk import walk
from stancekit.posts.json.window import Window
from stancekit.posts.limits import (
    HEAD_BYTES,
    LINES_TRIED,
    LONG_HEAD_BYTES,
    OBJECTS_TRIED,
    OUTLINE_PIECES,
    PATTERN_CHARACTERS,
    READ_BYTES,
    SEARCHED_BYTES,
)

_KEY: Final = re.compile(r'"([^"\\0-9][^"\\]{0,60})"\s*:')
"""A key; one that begins with a digit is an id."""


def json_names(source: Source) -> tuple[str, ...]:
    """Return the names of files that may hold JSON: those called so, or the only one."""
    return source.named(".json", ".jsonl", ".ndjson")


def json_files(source: Source, *patterns: re.Pattern[str]) -> list[str]:
    """Return the JSON files in which every pattern is found; see :func:`all_found`.

    A source that is one file, in a format that the user named, is always taken by the readers;
    see :func:`chosen`.
    """
    return [n for n in json_names(source) if all_found(source, n, patterns, len(patterns))]


def all_found(source: Source, name: str, patterns: Sequence[re.Pattern[str]], wanted: int) -> bool:
    """Tell whether so many of some patterns are found in a JSON document, wherever in it.

    Which section of an object comes first, and how long it is, says nothing of what it is: what
    its first bytes lack is looked for further on, as far as :data:`SEARCHED_BYTES`. The items of
    an array are mostly alike, and JSON lines are: of an array the first bytes must have one of the
    patterns, of JSON lines all.
    """
    head = json_head(source, name)
    missing = [pattern for pattern in patterns if not pattern.search(head)]
    enough = len(patterns) - wanted
    alike = head.startswith("[") and len(missing) == len(patterns)
    if len(missing) <= enough or alike or not _goes_on(source, name, head):
        return len(missing) <= enough
    return _found_in(outline(source, name), missing, enough)


def _goes_on(source: Source, name: str, head: str) -> bool:
    """Tell whether a JSON document is longer than what is looked at first."""
    raw = source.head(name)
    lines = "\n" in head and is_json_lines(raw)
    return bool(head) and len(raw) == HEAD_BYTES and not lines


def _found_in(text: str, patterns: Sequence[re.Pattern[str]], enough: int) -> bool:
    return sum(not pattern.search(text) for pattern in patterns) <= enough


def outline(source: Source, name: str) -> str:
    """Return the pieces of a JSON document in which keys come that did not come before.

    However long its lists are, a document has few kinds of items: where something new begins,
    there is a new key. It is looked through once, as far as :data:`SEARCHED_BYTES`.
    """
    return source.kept(f"outline of {name}", lambda: "\n".join(_new_pieces(source, name)))


def _new_pieces(source: Source, name: str) -> Iterator[str]:
    seen: set[str] = set()
    count, before = 0, ""
    with source.opener(name) as stream:
        decoder = codecs.getincrementaldecoder(detect_unicode(stream.peek(4)[:4]))("replace")
        for _ in range(SEARCHED_BYTES // READ_BYTES):
            raw = stream.read(READ_BYTES)
            text = before + decoder.decode(raw)
            keys = set(_KEY.findall(text))
            if not keys <= seen:
                yield text
                seen |= keys
                count += 1
            if not raw or count == OUTLINE_PIECES:
                return
            before = text[-PATTERN_CHARACTERS:]


@dataclass(frozen=True)
class Form:
    """What the JSON documents of one kind look like.

    Attributes
    ----------
    start : pattern
        How they begin; matched within their first :data:`HEAD_BYTES`.
    marks : tuple of pattern
        What else each of them has, somewhere as far as :data:`SEARCHED_BYTES`. A mark takes
        :data:`PATTERN_CHARACTERS` at most.
    without : pattern, optional
        What none has in its first bytes.
    """

    start: re.Pattern[str]
    marks: tuple[re.Pattern[str], ...] = ()
    without: re.Pattern[str] | None = None

    def fits(self, source: Source, name: str) -> bool:
        """Tell whether a file of a source is of this form."""
        head = json_head(source, name)
        if not self.start.match(head) or (self.without and self.without.search(head)):
            return False
        missing = [mark for mark in self.marks if not mark.search(head)]
        if not missing or not _goes_on(source, name, head):
            return not missing
        return _found_in(outline(source, name), missing, 0)


def chosen(source: Source, found: list[str]) -> list[str]:
    """Return the files to read: those detected, or else all that may be meant by the user."""
    return found or list(json_names(source))


def json_head(source: Source, name: str, size: int = HEAD_BYTES) -> str:
    """Return the beginning of a file as text, empty if it cannot be JSON."""
    raw = source.head(name, size)
    text = raw.decode(detect_unicode(raw), "replace").lstrip("\ufeff \t\r\n")
    return text if text[:1] in ("{", "[") else ""


def objects_at_start(source: Source, name: str) -> list[dict[str, Any]]:
    """Return the objects in the first lines of a file, however long its first line is."""
    head = source.head(name)
    if head.startswith(b"{") and b"\n" not in head:
        head = source.head(name, LONG_HEAD_BYTES)
    return first_objects(head)


@lru_cache(maxsize=16)  # each format asks about the same bytes
def json_paths(head: bytes) -> frozenset[str]:
    """Return the paths of all keys in the first bytes of a JSON file, broken off as they are.

    Examples
    --------
    >>> sorted(json_paths(b'{"data": [{"id": "7", "text": "no tr'))
    ['data', 'data.item.id', 'data.item.text']
    """
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return frozenset()
    paths = set()

    def see(path: str) -> bool:
        paths.add(path)
        return False

    pieces = [decode_head(head).lstrip("\ufeff")]
    for _ in walk(Window(lambda: pieces.pop() if pieces else ""), see):
        pass  # the cut, or what is no JSON: what stands around it counts
    return frozenset(path for path in paths if path.rpartition(".")[2] not in ("", "item"))


def first_objects(head: bytes) -> list[dict[str, Any]]:
    r"""Return the JSON objects in the first lines of a file, a few of them.

    A line cut off at the end of ``head`` does not count, nor one that is no JSON; if a line is
    JSON, but no object, none are returned.

    Examples
    --------
    >>> first_objects(b'{"a": 1}\n{"b": 2}\n{"c'), first_objects(b"id,text\n1,a\n")
    ([{'a': 1}, {'b': 2}], [])
    """
    found: list[dict[str, Any]] = []
    for line in head.removeprefix(codecs.BOM_UTF8).split(b"\n")[:LINES_TRIED]:
        if len(found) == OBJECTS_TRIED:
            break
        try:
            item = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue  # one broken line does not change what a file is
        if not isinstance(item, dict):
            return []
        found.append(item)
    return found
