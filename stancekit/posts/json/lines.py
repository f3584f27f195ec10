"""JSON lines (NDJSON), one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from typing import Any

import orjson

from stancekit.posts.files.encoding import decode_head, detect_encoding
from stancekit.posts.json.mending import mended, mending_notice
from stancekit.posts.json.stream import encoding_notice
from stancekit.posts.limits import HEAD_BYTES, LINE_BYTES, MEND_CHARACTERS, REJECT_CHARACTERS
from stancekit.posts.record import Notice, Reject
from stancekit.posts.strings import mend_bytes


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
    encoding = detect_encoding(stream.peek(HEAD_BYTES)[:HEAD_BYTES])
    for number, line in enumerate(_lines(stream, encoding), first):
        try:
            yield number, loads(line)
        except orjson.JSONDecodeError as error:  # noqa: PERF203 (one line's fault)
            if line and not line.isspace():
                found, is_mended = _second_reading(line, file, number, error)
                mends += is_mended
                yield found
    if mends:
        yield mending_notice(file, mends)
    yield from encoding_notice(file, encoding)


def _lines(stream: BufferedReader, encoding: str) -> Iterator[bytes]:
    if not encoding.startswith("utf-8"):
        with TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n") as text:
            while wide := text.readline(LINE_BYTES):
                yield wide.encode()
        return
    if encoding == "utf-8-sig":
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
    escaped = line.decode("utf-8", "surrogateescape").strip()
    text = mend_bytes(escaped)
    bare = text.rstrip(",] \t")  # a line out of an array that lost its brackets
    found = mended(bare) if len(bare) <= MEND_CHARACTERS else None
    whole = found[0] if found is not None and found[1] == len(bare) else ""
    for candidate in (text, bare, whole):
        try:
            value = json.loads(candidate, strict=False)
            return (number, value), candidate is not text or text != escaped
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
