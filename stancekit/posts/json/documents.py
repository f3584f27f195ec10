"""JSON in whatever arrangement: lines, one array, or values that are printed over many lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BufferedReader, BytesIO
from typing import Any, Final

import ijson
import orjson

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.files.source import HEAD
from stancekit.posts.json.arrays import JsonText, array_items
from stancekit.posts.json.lines import json_lines
from stancekit.posts.json.pieces import Pieces
from stancekit.posts.record import Reject

_LONGEST: Final = 500
"""Characters of a path that is looked at; the parser's time grows with the square of the depth."""


def json_documents(stream: BufferedReader, file: str) -> Iterator[tuple[int, Any] | Reject]:
    """Yield each JSON value of a file with its number, from 1: a line, or an item.

    Lines of JSON, one array (its items are the values), or one value after another, each printed
    over many lines, as ``jq`` and ``json.dump(…, indent=2)`` write them. Memory holds one value.

    Parameters
    ----------
    stream : BufferedReader
        At its start.
    file : str
        Its name, for rejects.
    """
    head = stream.peek(HEAD)[:HEAD]
    if is_json_lines(head):
        yield from json_lines(stream, file)
    elif decode_head(head).lstrip("\ufeff \t\r\n").startswith("["):
        yield from array_items(stream, file)
    else:
        yield from _printed(stream, file)


def _printed(stream: BufferedReader, file: str) -> Iterator[tuple[int, Any] | Reject]:
    number = 0
    try:
        pieces = Pieces(JsonText(stream))
        values = ijson.items(pieces, "", multiple_values=True, use_float=True)
        for number, value in enumerate(values, 1):
            pieces.open_brackets = 0
            yield number, value
    except (ijson.JSONError, ValueError, ArithmeticError) as error:
        reason = " ".join(str(error).split())[:200]
        yield Reject(file, number + 1, f"unreadable from value {number + 1} on: {reason}")


def is_json_lines(head: bytes) -> bool:
    """Tell whether a file starts with a line that is a JSON object."""
    lines = decode_head(head).lstrip("\ufeff \r\n").splitlines()
    if not lines or not lines[0].startswith("{"):
        return False
    if len(lines) == 1 and len(head) >= HEAD:
        return True  # a line longer than what was looked at
    try:
        return isinstance(orjson.loads(lines[0]), dict)
    except orjson.JSONDecodeError:
        return len(lines) > 1 and lines[1].startswith("{")


@lru_cache(maxsize=16)  # each format asks about the same bytes
def json_paths(head: bytes) -> frozenset[str]:
    """Return the paths of all keys in the first bytes of a JSON file, broken off as they are.

    Examples
    --------
    >>> sorted(json_paths(b'{"data": [{"id": "7", "text": "no tr'))
    ['data', 'data.item.id', 'data.item.text']
    """
    text = decode_head(head).lstrip("\ufeff")
    paths = set()
    try:
        pieces = Pieces(BytesIO(text.encode("utf-8", "replace")))
        for prefix, event, value in ijson.parse(pieces, multiple_values=True):
            if len(prefix) > _LONGEST:
                break
            if event == "map_key":
                paths.add(f"{prefix}.{value}" if prefix else value)
    except (ijson.JSONError, ValueError, ArithmeticError):
        pass  # the cut, or no JSON: what came before it counts
    return frozenset(paths)
