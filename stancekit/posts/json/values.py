"""JSON in whatever arrangement: lines, one array, or documents that are printed over many lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from typing import Any, Final, TypeAlias

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.json.arrays import array_items
from stancekit.posts.json.lines import is_json_lines, json_lines
from stancekit.posts.json.nested import nested_items
from stancekit.posts.limits import HEAD_BYTES
from stancekit.posts.record import Notice, Reject, as_raw

Parsed: TypeAlias = "tuple[int, Any] | Reject | Notice"

_OPENING: Final = re.compile(rb"\s*\[")


def json_values(stream: BufferedReader, file: str) -> Iterator[Parsed]:
    """Yield each JSON value of a file with its number, from 1: a line, or an item.

    Lines of JSON, one array (its items are the values), or one value after another, each printed
    over many lines, as ``jq`` and ``json.dump(…, indent=2)`` write them. Memory holds one value.
    """
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    if is_json_lines(head):
        yield from json_lines(stream, file)
    elif decode_head(head).lstrip("\ufeff \t\r\n").startswith("["):
        yield from array_items(stream, file)
    else:
        yield from _values(stream, file, "")


def _values(stream: BufferedReader, file: str, path: str) -> Iterator[Parsed]:
    for item in nested_items(stream, file, path.__eq__):
        yield (item[0], item[1].value) if isinstance(item, tuple) else item


def json_values_at(
    stream: BufferedReader, file: str, wanted: Callable[[str], bool]
) -> Iterator[Parsed]:
    """Yield each line or item of a file, or of a larger document the values at wanted paths.

    Parameters
    ----------
    stream, file, wanted
        As in :func:`nested_items`. Lines are told by the first, which is a whole object; each
        is yielded whole, as are the items of an array.
    """
    head = stream.peek(HEAD_BYTES)
    if _is_line(head):
        yield from json_lines(stream, file)
        return
    array = _OPENING.match(head.removeprefix(b"\xef\xbb\xbf")) is not None
    places = (lambda path: path == "item") if array else wanted
    for item in nested_items(stream, file, places):
        yield (item[0], item[1].value) if isinstance(item, tuple) else item


def _is_line(head: bytes) -> bool:
    """Tell whether the first line looks like a whole object, be it broken or not."""
    first, newline, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    return bool(newline) and first[:1] == b"{" and first.rstrip()[-1:] == b"}"


def objects_of(
    items: Iterable[Parsed], file: str
) -> Iterator[tuple[int, dict[str, Any]] | Reject | Notice]:
    """Pass on objects with their numbers; values that are none are rejects.

    A list of objects, a page of posts, gives each of them under its number.
    """
    for item in items:
        if type(item) is not tuple or type(item[1]) is dict:
            yield item
            continue
        number, value = item
        page = value if isinstance(value, list) and any(type(v) is dict for v in value) else [value]
        for part in page:
            if type(part) is dict:
                yield number, part
            else:
                yield Reject(file, number, "not a JSON object", as_raw(part))
