"""Text files line by line: NDJSON for the readers that need it, and the limits they share."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from typing import Any, Final

import orjson

from stancekit.posts.record import Reject

LINE_LIMIT: Final = 1 << 26
"""A line may hold 64 MiB; a longer one is no post, and would fill the memory."""


def json_lines(
    stream: BufferedReader, file: str, first: int = 1
) -> Iterator[tuple[int, Any] | Reject]:
    """Yield ``(line number, value)`` for each line of JSON, a reject for each broken one.

    Empty lines are passed over. UTF-8 with or without a byte order mark, and UTF-16 as Windows
    shells write it.

    Parameters
    ----------
    stream : BufferedReader
        At its start.
    file : str
        Its name, for rejects.
    first : int
        The number of its first line.
    """
    loads = orjson.loads
    for number, line in enumerate(_lines(stream), first):
        try:
            yield number, loads(line)
        except orjson.JSONDecodeError as error:  # noqa: PERF203 (one line's fault)
            if line and not line.isspace():
                yield _second_reading(line, file, number, error)


def _lines(stream: BufferedReader) -> Iterator[bytes]:
    start = stream.peek(3)[:3]
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        with TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n") as text:
            while wide := text.readline(LINE_LIMIT):
                yield wide.encode()
        return
    if start == codecs.BOM_UTF8:
        stream.read(3)
    while line := stream.readline(LINE_LIMIT):
        yield line
        if len(line) == LINE_LIMIT:
            while not line.endswith(b"\n") and (line := stream.readline(LINE_LIMIT)):
                pass


def _second_reading(
    line: bytes, file: str, number: int, error: Exception
) -> tuple[int, Any] | Reject:
    """Read what Python's own reader takes and orjson does not: NaN, and half an emoji."""
    if len(line) == LINE_LIMIT:
        return Reject(file, number, f"line longer than {LINE_LIMIT >> 20} MiB", _shown(line))
    try:
        return number, json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return Reject(file, number, f"not JSON: {error}", _shown(line))


def _shown(line: bytes) -> str:
    return line[:2048].decode("utf-8", "replace").strip()


def first_objects(head: bytes, most: int = 5) -> list[dict[str, Any]]:
    r"""Return the JSON objects in the first lines of a file, for detection.

    Parameters
    ----------
    head : bytes
        The first bytes; a line cut off at their end does not count.
    most : int
        How many to return at most.

    Returns
    -------
    list of dict
        Empty if a line among them is JSON, but no object; what is no JSON is passed over.

    Examples
    --------
    >>> first_objects(b'{"a": 1}\n{"b": 2}\n{"c'), first_objects(b"id,text\n1,a\n")
    ([{'a': 1}, {'b': 2}], [])
    """
    found: list[dict[str, Any]] = []
    for line in head.removeprefix(codecs.BOM_UTF8).split(b"\n")[: 10 * most]:
        if len(found) == most:
            break
        try:
            item = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue  # one broken line does not change what a file is
        if not isinstance(item, dict):
            return []
        found.append(item)
    return found
