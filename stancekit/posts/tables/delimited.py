"""CSV and its kin: comma, semicolon, tab or bar, in whatever encoding a spreadsheet chose."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import chain, islice
from typing import Final

from stancekit.errors import FormatError
from stancekit.posts.files.encoding import decode_head, detect_encoding, mended
from stancekit.posts.files.source import HEAD
from stancekit.posts.record import Reject
from stancekit.posts.tables.columns import NAMES, TEXT_NAMES, plain_name
from stancekit.posts.tables.tabular import table_reader

DELIMITERS: Final = ",\t;|"
_CONTROL: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\x1b\0")
_TEXT: Final = frozenset(chain.from_iterable(TEXT_NAMES))
KNOWN_NAMES: Final = _TEXT | frozenset(chain(*NAMES.values()))
"""Names of columns by which a header is told from what may stand above it."""
MOST_ABOVE: Final = 30
"""How many lines may stand above the header, as media monitors put there."""


@dataclass(frozen=True)
class Dialect:
    """How a delimited file is written."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    skip: int = 0


def detect_dialect(head: bytes) -> Dialect:
    r"""Tell encoding, delimiter and header of a delimited file by its first bytes.

    The delimiter is the one that splits the most rows into as many cells as the header has.
    Lines above the header, as media monitors write them, are passed over (``skip``) if the first
    line names no known column and a later one names at least three, a text among them.

    Examples
    --------
    >>> detect_dialect(b"id;text\n1;yes, please\n").delimiter
    ';'
    """
    text = decode_head(head).removeprefix("\ufeff").replace("\0", "")
    skip = 0
    if text[:4].lower() == "sep=":  # a first line for Excel
        skip = 1
    skip += _lines_above(_below(text, skip))
    text = _below(text, skip)
    best = max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))
    header = next(iter(_split(text, best)), [])
    return Dialect(detect_encoding(head), best, tuple(cell.strip() for cell in header), skip)


def header_score(cells: Iterable[object]) -> int:
    """Tell how sure a row is a header: 2 with a text among three names, 1 with a known name.

    Examples
    --------
    >>> [header_score(row) for row in (["Date", "Author", "Full Text"], ["date"], ["Report"])]
    [2, 1, 0]
    """
    names = {plain_name(cell) for cell in cells if isinstance(cell, str)}
    known = len(names & KNOWN_NAMES)
    return 2 if known > 2 and not names.isdisjoint(_TEXT) else min(known, 1)


def _lines_above(text: str) -> int:
    """Count the lines above the header, where the first is none: a title, a query, a date."""
    lines = islice(io.StringIO(text, newline=""), MOST_ABOVE)
    for number, line in enumerate(lines):
        score = max(header_score(row) for d in DELIMITERS for row in _split(line, d) or [[]])
        if score > (number > 0):
            return number
    return 0


def _below(text: str, lines: int) -> str:
    stream = io.StringIO(text, newline="")
    for _ in range(lines):
        stream.readline()
    return stream.read()


def _split(text: str, delimiter: str) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    rows = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) > 50:
                break
    except csv.Error:
        pass
    return rows


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    rows = _split(text, delimiter)
    if not rows or len(rows[0]) < 2:
        return 0.0, 0
    body = rows[1:] or rows
    same = sum(len(row) == len(rows[0]) for row in body) / len(body)
    return round(same, 1), len(rows[0])


def sniff(head: bytes) -> bool:
    """Tell whether a file is text in columns: known names above, or rows of one width."""
    text = decode_head(head)
    if not text.strip() or text.lstrip("\ufeff \r\n")[:1] in ("{", "[", "<"):
        return False
    if not _CONTROL.isdisjoint(text[:4096]) or text.count("\ufffd") > len(text) // 20:
        return False
    dialect = detect_dialect(head)
    if not KNOWN_NAMES.isdisjoint(plain_name(name) for name in dialect.header):
        return True
    return _fit(text, dialect.delimiter) >= (0.8, 2)


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
    """
    dialect = detect_dialect(stream.peek(HEAD)[:HEAD])
    encoding = encoding or dialect.encoding
    on_error = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with io.TextIOWrapper(stream, encoding=encoding, errors=on_error, newline="") as text:
        lines: Iterator[str] = islice(mended(text), dialect.skip, None)
        lines = map(mend, lines) if mend else lines
        yield from _rows(lines, delimiter or dialect.delimiter, file, dialect.skip)


def _rows(
    lines: Iterator[str], delimiter: str, file: str, skipped: int
) -> Iterator[tuple[int, dict[str, str]] | Reject]:
    cells = csv.reader(lines, delimiter=delimiter)
    try:
        header = unique_names(next(cells, []))
    except csv.Error as error:
        raise FormatError(f"{file}: no table with the names of columns above ({error})") from error
    width, last = len(header), skipped + cells.line_num
    while True:
        try:
            for row in cells:
                line, last = last + 1, skipped + cells.line_num
                if len(row) == width:
                    yield line, dict(zip(header, row))  # noqa: B905 (just compared)
                elif row:
                    yield _uneven(row, header, file, line)
        except csv.Error as error:  # noqa: PERF203 (the reader goes on with the next line)
            line, last = last + 1, skipped + cells.line_num
            yield Reject(file, line, f"{error} (a quotation mark that is not closed?)")
        else:
            return


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


READER = table_reader(
    "csv",
    "CSV or TSV: a table as text, its first row naming the columns",
    sniff,
    rows,
    options=("encoding", "delimiter"),
)
