"""Rows of delimited text, one by one: of a table of any columns, or of one that a tool wrote."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from itertools import islice

from stancekit.errors import FormatError, InputError
from stancekit.posts.files.encoding import mended_lines
from stancekit.posts.limits import HEAD_BYTES
from stancekit.posts.record import Reject
from stancekit.posts.tables.dialect import detect_dialect


def rows(
    stream: BufferedReader,
    file: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    *,
    mend: Callable[[str], str] | None = None,
) -> Iterator[tuple[int, dict[str, str]] | Reject]:
    """Yield each row with its first line; one with the wrong number of cells is a reject.

    ``mend`` is applied to each line, for a tool that does not write CSV as others do.

    Raises
    ------
    InputError
        If Python knows no such encoding, or the delimiter is not one character.
    FormatError
        If the first row cannot be read.
    """
    dialect = detect_dialect(stream.peek(HEAD_BYTES)[:HEAD_BYTES])
    encoding, delimiter = encoding or dialect.encoding, delimiter or dialect.delimiter
    on_error = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    try:
        csv.reader([], delimiter=delimiter)
        text = io.TextIOWrapper(stream, encoding=encoding, errors=on_error, newline="")
    except (LookupError, TypeError, ValueError) as error:
        raise InputError(f"{file}: cannot be read so: {error}") from error
    with text:
        lines: Iterator[str] = islice(mended_lines(text), dialect.skip, None)
        lines = map(mend, lines) if mend else lines
        yield from _named(split_rows(lines, file, delimiter, dialect.skip), file)


def split_rows(
    lines: Iterable[str], file: str, delimiter: str = ",", above: int = 0
) -> Iterator[tuple[int, list[str]] | Reject]:
    """Yield ``(first line, cells)`` for each row that is not empty, the header too.

    ``above`` is the number of lines before the first. What cannot be split is a reject, and the
    next line is gone on with.
    """
    cells = csv.reader(lines, delimiter=delimiter)
    last = above
    while True:
        try:
            for row in cells:
                line, last = last + 1, above + cells.line_num
                if row:
                    yield line, row
        except csv.Error as error:  # noqa: PERF203 (the reader goes on with the next line)
            line, last = last + 1, above + cells.line_num
            yield Reject(file, line, f"{error} (a quotation mark that is not closed?)")
        else:
            return


def _named(
    items: Iterator[tuple[int, list[str]] | Reject], file: str
) -> Iterator[tuple[int, dict[str, str]] | Reject]:
    first = next(items, (0, []))
    if isinstance(first, Reject):
        raise FormatError(f"{file}: no table with the names of columns above ({first.reason})")
    header = unique_names(first[1])
    width = len(header)
    for item in items:
        if isinstance(item, Reject):
            yield item
        elif len(item[1]) == width:
            yield item[0], dict(zip(header, item[1]))  # noqa: B905 (just compared)
        else:
            yield _uneven(item[1], header, file, item[0])


def _uneven(
    row: list[str], header: list[str], file: str, line: int
) -> tuple[int, dict[str, str]] | Reject:
    """Take a row that only lacks its last, empty cell, or has empty ones too many."""
    width = len(header)
    if (width > 3 and len(row) == width - 1) or (not any(row[width:]) and len(row) > width):
        return line, dict(zip(header, row, strict=False))
    return Reject(file, line, f"{len(row)} cells where the header names {width}", ",".join(row))


def unique_names(header: list[str]) -> list[str]:
    """Name nameless columns by their place, and number names that come again.

    >>> unique_names(["", "likes", "likes"])
    ['column_1', 'likes', 'likes.3']
    """
    seen: dict[str, None] = {}
    for place, cell in enumerate(header, 1):
        name = cell.strip().removeprefix("\ufeff") or f"column_{place}"
        while name in seen:
            name = f"{name}.{place}"
        seen[name] = None
    return list(seen)
