"""What detection asks of JSON files: their names, their beginnings, and the keys in these."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson

from stancekit.posts.files.encoding import decode_head, detect_unicode
from stancekit.posts.files.source import Source
from stancekit.posts.json.lines import is_json_lines
from stancekit.posts.json.walk import walk
from stancekit.posts.json.window import Window
from stancekit.posts.limits import (
    BUFFER_BYTES,
    HEAD_BYTES,
    LINES_TRIED,
    OBJECTS_TRIED,
    PATTERN_CHARACTERS,
    SEARCHED_BYTES,
)


def json_names(source: Source) -> tuple[str, ...]:
    """Return the names of files that may hold JSON: those called so, or the only one."""
    return source.named(".json", ".jsonl", ".ndjson")


def json_files(source: Source, *patterns: re.Pattern[str], size: int = HEAD_BYTES) -> list[str]:
    """Return the JSON files whose first ``size`` bytes match every pattern.

    A source that is one file, in a format that the user named, is always taken by the readers;
    see :func:`chosen`.
    """
    found = []
    for name in json_names(source):
        text = json_head(source, name, size)
        if text and all_found(source, name, text, patterns):
            found.append(name)
    return found


def all_found(
    source: Source, name: str, head: str, patterns: Sequence[re.Pattern[str]], wanted: int = 0
) -> bool:
    """Tell whether all patterns (or ``wanted`` many) are found in a file.

    If some are in its first bytes, the others are looked for further on: which section of a
    document comes first, and how long it is, says nothing of what it is.
    """
    missing = [pattern for pattern in patterns if not pattern.search(head)]
    enough = len(patterns) - (wanted or len(patterns))
    if len(missing) <= enough or len(missing) == len(patterns) or is_json_lines(head.encode()):
        return len(missing) <= enough
    with source.opener(name) as stream:
        text, passed = "", 0
        while passed < SEARCHED_BYTES and (raw := stream.read(BUFFER_BYTES)):
            passed += len(raw)
            text = text[-PATTERN_CHARACTERS:] + raw.decode("utf-8", "replace")
            missing = [pattern for pattern in missing if not pattern.search(text)]
            if len(missing) <= enough:
                return True
    return False


def chosen(source: Source, found: list[str]) -> list[str]:
    """Return the files to read: those detected, or else all that may be meant by the user."""
    return found or list(json_names(source))


def json_head(source: Source, name: str, size: int = HEAD_BYTES) -> str:
    """Return the beginning of a file as text, empty if it cannot be JSON."""
    raw = source.head(name, size)
    text = raw.decode(detect_unicode(raw), "replace").lstrip("\ufeff \t\r\n")
    return text if text[:1] in ("{", "[") else ""


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
