"""JSON lines (NDJSON), one by one."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from typing import Any

import orjson

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.json.mending import mended, mending_notice
from stancekit.posts.limits import HEAD_BYTES, LINE_BYTES, MEND_CHARACTERS, REJECT_CHARACTERS
from stancekit.posts.record import Notice, Reject


def json_lines(
    stream: BufferedReader, file: str, first: int = 1
) -> Iterator[tuple[int, Any] | Reject | Notice]:
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
    loads, mends = orjson.loads, 0
    for number, line in enumerate(_lines(stream), first):
        try:
            yield number, loads(line)
        except orjson.JSONDecodeError as error:  # noqa: PERF203 (one line's fault)
            if line and not line.isspace():
                found, is_mended = _second_reading(line, file, number, error)
                mends += is_mended
                yield found
    if mends:
        yield mending_notice(file, mends)


def _lines(stream: BufferedReader) -> Iterator[bytes]:
    start = stream.peek(3)[:3]
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        with TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n") as text:
            while wide := text.readline(LINE_BYTES):
                yield wide.encode()
        return
    if start == codecs.BOM_UTF8:
        stream.read(3)
    while line := stream.readline(LINE_BYTES):
        yield line
        if len(line) == LINE_BYTES:
            while not line.endswith(b"\n") and (line := stream.readline(LINE_BYTES)):
                pass


def _second_reading(
    line: bytes, file: str, number: int, error: Exception
) -> tuple[tuple[int, Any] | Reject, bool]:
    """Read what orjson does not take: NaN, half an emoji, controls; and whether it was mended."""
    if len(line) == LINE_BYTES:
        return Reject(file, number, f"line longer than {LINE_BYTES >> 20} MiB", _shown(line)), False
    text = line.decode("utf-8", "replace").strip()
    bare = text.rstrip(",] \t")  # a line out of an array that lost its brackets
    found = mended(bare) if len(bare) <= MEND_CHARACTERS else None
    whole = found[0] if found is not None and found[1] == len(bare) else ""
    for candidate in (text, bare, whole):
        try:
            return (number, json.loads(candidate, strict=False)), candidate is not text
        except (ValueError, RecursionError):  # noqa: PERF203 (of three)
            pass
    return Reject(file, number, f"not JSON: {error}", _shown(line)), False


def _shown(line: bytes) -> str:
    return line[: 4 * REJECT_CHARACTERS].decode("utf-8", "replace").strip()


def is_json_lines(head: bytes) -> bool:
    """Tell whether a file starts with a line that is a JSON object."""
    lines = decode_head(head).lstrip("\ufeff \r\n").splitlines()
    if not lines or not lines[0].startswith("{"):
        return False
    if len(lines) == 1 and len(head) >= HEAD_BYTES:
        return True  # a line longer than what was looked at
    try:
        return isinstance(orjson.loads(lines[0]), dict)
    except orjson.JSONDecodeError:
        return len(lines) > 1 and lines[1].startswith("{")
