"""Rows of delimited text, one by one: of a table of any columns, or of one that a tool wrote."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from io import BufferedReader
from itertools import chain, islice

from stancekit.errors import ArgumentError, FormatError
from stancekit.posts.files.encoding import mended_lines
from stancekit.posts.files.legacy import told_encoding
from stancekit.posts.limits import HEAD_BYTES, ROWS_COMPARED
from stancekit.posts.record import Notice, Numbered, Reject
from stancekit.posts.tables.csv_rows import Split, split_rows
from stancekit.posts.tables.dialect import KNOWN_NAMES, detect_dialect
from stancekit.posts.tables.drawn import undrawn
from stancekit.posts.tables.names import NAMES, plain_name
from stancekit.posts.tables.values import is_yes


def rows(
    stream: BufferedReader,
    file: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    *,
    header: str | bool = True,
    mend: Callable[[str], str] | None = None,
) -> Numbered:
    """Yield each row with its first line; one with the wrong number of cells is a reject.

    ``header`` is False (or "no") for a table without one, whose columns are then called column_1,
    column_2 and so on. ``mend`` is applied to each line, for a tool that does not write CSV as
    others do.

    Raises
    ------
    InputError
        If Python knows no such encoding, or the delimiter is not one character.
    FormatError
        If the first row cannot be read.
    """
    dialect = detect_dialect(stream.peek(HEAD_BYTES)[:HEAD_BYTES])
    guessed = None if encoding else told_encoding(dialect.encoding)
    bytes_mended = Counter[str]()
    encoding, delimiter = encoding or dialect.encoding, delimiter or dialect.delimiter
    on_error = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    try:
        csv.reader([], delimiter=delimiter)
        text = io.TextIOWrapper(stream, encoding=encoding, errors=on_error, newline="")
    except (LookupError, TypeError, ValueError) as error:
        raise ArgumentError(f"{file}: cannot be read so: {error}") from error
    with text:
        skip = dialect.skip if is_yes(header, "header", file) else 0
        lines: Iterator[str] = islice(mended_lines(text, bytes_mended), skip, None)
        lines = (line.removeprefix("\ufeff") for line in lines)  # files put one after another
        if delimiter == " ":  # only R's write.table, which may name no column of its row names
            lines = (line.replace('\\"', '""') for line in lines)
        lines = undrawn(lines) if dialect.drawn and delimiter == "|" else lines
        lines = map(mend, lines) if mend else lines
        names = None if is_yes(header, "header", file) else unique_names([""] * len(dialect.header))
        yield from _named(split_rows(lines, file, delimiter, skip), file, names, delimiter)
    if guessed:
        other = "cp1250" if encoding == "cp1252" else "cp1252"
        advice = f"if words look wrong, name the encoding, as in encoding={other!r}"
        yield Notice(file, f"{guessed}; {advice}", warning=False)
    if count := bytes_mended["lines"]:
        yield Notice(
            file,
            f"{count:,} {'line has' if count == 1 else 'lines have'} bytes that are no UTF-8; they "
            "were read as Windows-1252 (Western European)",
            warning=False,
        )


def _named(items: Iterator[Split], file: str, header: list[str] | None, delimiter: str) -> Numbered:
    above: list[str] = []
    short = 0
    if header is None:
        first = next(items, (0, []))
        if not isinstance(first, tuple):
            raise FormatError(f"{file}: no table with the names of columns above ({first})")
        above = first[1]
        start = list(islice(items, ROWS_COMPARED))
        header, items = unique_names(_with_row_names(above, start, delimiter)), chain(start, items)
        short = _lacking(start, len(header))
    width, again = len(header), 0
    for item in items:
        if not isinstance(item, tuple):
            yield item
            continue
        line, row = item
        if row == above and width > 1:
            again += 1
        elif len(row) in (width, short):
            yield line, dict(zip(header, row, strict=False))
        elif width == 1:  # a post with commas in it
            yield line, {header[0]: delimiter.join(row)}
        else:
            yield _uneven(row, header, file, line)
    if again:
        rows = "row repeats" if again == 1 else "rows repeat"
        yield Notice(file, f"{again:,} {rows} the names of the columns and was left out: no post")


def _with_row_names(above: list[str], start: list[Split], delimiter: str) -> list[str]:
    """Name the first column where only the rows below have it, as R's ``write.table`` does.

    Rows are numbered then, and the header begins with a name that no number is called by; else a
    cell too many is a comma that nobody quoted.
    """
    below = [item[1] for item in start if isinstance(item, tuple)]
    first = plain_name(above[0]) if above else ""
    if first in KNOWN_NAMES and (first not in NAMES["id"] or delimiter == " "):
        numbers = {row[0] for row in below if len(row) == len(above) + 1 and row[0].isdecimal()}
        if below and len(numbers) == len(below):
            return ["", *above]
    return above


def _lacking(start: list[Split], width: int) -> int:
    """Return how many cells all rows have that lack the last few, as Mechanical Turk writes them.

    >>> _lacking([(n, ["7", "no", "for"]) for n in range(5)], 5), _lacking([(1, ["7"])], 5)
    (3, 0)
    """
    sizes = {len(item[1]) for item in start if isinstance(item, tuple)}
    size = sizes.pop() if len(sizes) == 1 and len(start) > 1 else 0
    return size if width - 3 < size < width and size > 2 else 0


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
