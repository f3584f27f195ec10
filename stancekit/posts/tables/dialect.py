"""How a delimited file is written, told by its first bytes: encoding, delimiter, header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from stancekit.posts.files.encoding import decode_head, detect_encoding
from stancekit.posts.limits import ROWS_ABOVE, ROWS_COMPARED
from stancekit.posts.tables.drawn import without_rules
from stancekit.posts.tables.names import NAMES, TEXT_NAMES, plain_name

DELIMITERS: Final = ",\t;|"
_TEXT: Final = frozenset(chain.from_iterable(TEXT_NAMES))
KNOWN_NAMES: Final = _TEXT | frozenset(chain(*NAMES.values()))
"""Names of columns by which a header is told from what may stand above it."""

_SPACED: Final = re.compile(r'"[^"\n]*"(?: "[^"\n]*")+ *\r?\n')
"""A header as R's ``write.table`` has it: marks around all names, spaces between them."""


@dataclass(frozen=True)
class Dialect:
    """How a delimited file is written.

    Attributes
    ----------
    encoding, delimiter : str
        What it seems to be written in and with.
    header : tuple of str
        Its first row, most likely the names of its columns.
    skip : int
        How many lines stand above the header.
    even : float
        Which share of the next rows has as many cells as the header, if that has two.
    drawn : bool
        Whether rules are drawn between its lines, as in Markdown.
    """

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    skip: int
    even: float
    drawn: bool = False


@lru_cache(maxsize=4)  # a dozen formats ask for that of the same file
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
    whole = decode_head(head).removeprefix("\ufeff").replace("\0", "")
    text = without_rules(whole)
    skip = 0
    if text[:4].lower() == "sep=":  # a first line for Excel
        skip = 1
    skip += _lines_above(_below(text, skip))
    text = _below(text, skip)
    spaced = _SPACED.match(text) is not None
    best = " " if spaced else max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))
    header = next(iter(_split(text, best)), [])
    names = tuple(cell.strip() for cell in header)
    drawn = best == "|" and text != whole
    return Dialect(detect_encoding(head), best, names, skip, _fit(text, best)[0], drawn)


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
    lines = islice(io.StringIO(text, newline=""), ROWS_ABOVE)
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
            if len(rows) > ROWS_COMPARED:
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
