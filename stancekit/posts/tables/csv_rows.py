"""Delimited text as rows of cells: by RFC 4180 where it holds, line by line where a mark is astray.

A quotation mark that begins a cell and is never closed, or is closed by another stray mark many
lines on, would make one cell of all rows between. Such a row is told by the lines inside it, which
are rows themselves; it is then taken apart again, the mark as a letter.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeAlias

from stancekit.posts.limits import LINE_BYTES, ROWS_SAMPLED
from stancekit.posts.record import Notice, Reject

Split: TypeAlias = "tuple[int, list[str]] | Reject | Notice"

_NUMBER: Final = re.compile(r"\s*[-+]?\d[\d.,]*\s*")
_MOMENT: Final = re.compile(r"\s*\d{1,4}[-/.:]\d{1,2}\b.*", re.DOTALL)


def split_rows(
    lines: Iterable[str], file: str, delimiter: str = ",", above: int = 0
) -> Iterator[Split]:
    r"""Yield ``(first line, cells)`` for each row that is not empty, the header too.

    Parameters
    ----------
    lines : iterable of str
        With their ends.
    file : str
        Name of the file, for rejects and notices.
    delimiter : str
        One character.
    above : int
        Number of lines before the first.

    Yields
    ------
    tuple
        Number of the row's first line, and its cells.
    Reject
        For each line that is no row.
    Notice
        Last, if quotation marks were taken as letters.

    References
    ----------
    RFC 4180, Common Format and MIME Type for CSV Files. A mark inside a cell may also be written
    ``\"``, as MySQL writes it.

    Examples
    --------
    >>> text = 'id,text\n1,"never closed\n2,fine\n'
    >>> [item for item in split_rows(text.splitlines(True), "a.csv") if isinstance(item, tuple)]
    [(1, ['id', 'text']), (2, ['1', '"never closed']), (3, ['2', 'fine'])]
    """
    tape, shapes = _Tape(iter(lines)), _Shapes()
    cells = csv.reader(tape, delimiter=delimiter, strict=True)
    line, loose, first_loose = above, 0, 0
    while True:
        row, failure = _next(cells)
        held = tape.take()
        if row is None:
            break
        start = line + 1
        if failure or (len(held) > 1 and shapes.astray(held, delimiter)):
            found = _mended(tape, held, delimiter, shapes, failure)
            if found is None:  # every line for itself
                tape.give_back(held[1:])
                del held[1:]
                found = shapes.alone(held[0], delimiter)
                if found is None:
                    yield Reject(file, start, _REASON, held[0].rstrip("\r\n"))
                    line += 1
                    continue
                loose, first_loose = loose + 1, first_loose or start
            row = found
        line += len(held)
        if row:
            shapes.learn(row)
            yield start, row
    if loose:
        yield Notice(
            file,
            f"{loose:,} {'line has' if loose == 1 else 'lines have'} a quotation mark that opens a "
            f"cell and is not closed (the first: line {first_loose:,}); it was taken as a letter",
        )


_REASON: Final = "a quotation mark that is not closed, and the line alone is no row"
_LONG: Final = "field larger"  # what the csv module says of a cell past its limit
_OPEN: Final = "end of data"  # and of a file that ends inside a cell


def _next(cells: Iterator[list[str]]) -> tuple[list[str] | None, str]:
    """Give the next row, None at the end; and what the parser said if it is none."""
    try:
        return next(cells, None), ""
    except csv.Error as error:
        return [], str(error)


class _Tape:
    """Lines that remember which of them were read, and take them back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self._held: list[str] = []

    def __iter__(self) -> _Tape:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self._held.append(line)
        return line

    def take(self) -> list[str]:
        """Give the lines read since the last call."""
        held, self._held = self._held, []
        return held

    def give_back(self, lines: list[str]) -> None:
        """Put lines back, to be read again."""
        self._again.extend(reversed(lines))


@dataclass
class _Shapes:
    """What the rows so far look like: how many cells, and which columns hold numbers or times."""

    width: int = 0
    rows: int = 0
    numbers: list[int] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)

    def learn(self, row: list[str]) -> None:
        """Look at a row; the first is the header."""
        if self.rows > ROWS_SAMPLED:
            return
        self.rows += 1
        if self.rows == 1:
            self.width = len(row)
            self.numbers, self.moments, self.filled = ([0] * len(row) for _ in range(3))
            return
        for place, cell in enumerate(row[: self.width]):
            self.filled[place] += bool(cell.strip())
            self.numbers[place] += bool(_NUMBER.fullmatch(cell))
            self.moments[place] += bool(_MOMENT.fullmatch(cell))

    def astray(self, held: list[str], delimiter: str, doubtful: bool = False) -> bool:
        """Tell whether a row of several lines swallowed lines that are rows themselves.

        Where no column holds numbers or times, only many lines are evidence enough, unless the row
        is `doubtful` in itself. Of a line with the mark that closes the cell, only what stands
        before it is evidence: the rest is this row's own.
        """
        inner = held[1:]
        narrow = self._narrow()
        if self.width < 2 or not (narrow or doubtful or len(inner) > 4):
            return False
        rows = csv.reader(inner, delimiter=delimiter)
        covered = before = 0
        looked_at = len(inner)
        while (row := _next(rows)[0]) is not None:
            lines, before = rows.line_num - before, rows.line_num
            closing = next((n for n, cell in enumerate(row) if cell.rstrip().endswith('"')), None)
            if (
                not doubtful
                and closing is not None
                and not any(place < closing for place in narrow)
            ):
                looked_at -= lines
            elif self._fits(row, narrow):
                covered += lines
        return looked_at > 0 and covered >= 0.8 * looked_at

    def alone(self, line: str, delimiter: str) -> list[str] | None:
        """Read one line as a row, a mark that it does not close as a letter; None if it is none."""
        for row in (_strict(line, delimiter), line.rstrip("\r\n").split(delimiter)):
            if row and len(row) == (self.width or len(row)):
                return row
        row = cells_of(line, delimiter)
        return row if len(row) == (self.width or len(row)) else None

    def _narrow(self) -> dict[int, re.Pattern[str]]:
        """Give the columns that hold numbers, or times, and hardly ever nothing."""
        found = {}
        for place, filled in enumerate(self.filled):
            for seen, shape in ((self.numbers[place], _NUMBER), (self.moments[place], _MOMENT)):
                if seen and seen >= 0.95 * max(filled, self.rows - 1):
                    found[place] = shape
        return found

    def _fits(self, row: list[str], narrow: dict[int, re.Pattern[str]]) -> bool:
        return len(row) == self.width and all(
            shape.fullmatch(row[place]) for place, shape in narrow.items()
        )


def _mended(
    tape: _Tape, held: list[str], delimiter: str, shapes: _Shapes, failure: str
) -> list[str] | None:
    """Read a row that RFC 4180 does not allow; `held` becomes its lines. None if it is none."""
    return (
        _escaped(tape, held, delimiter, shapes)
        or (_long(tape, held, delimiter, shapes) if failure.startswith(_LONG) else None)
        or (None if _OPEN in failure else _lenient(held, delimiter, shapes))
    )


def _escaped(tape: _Tape, held: list[str], delimiter: str, shapes: _Shapes) -> list[str] | None:
    r"""Read the row again with ``\"`` for a mark inside a cell."""
    if not any('\\"' in line for line in held):
        return None
    tape.give_back(held)
    row, failure = _next(
        csv.reader((line.replace('\\"', '""') for line in tape), delimiter=delimiter, strict=True)
    )
    again = tape.take()
    if row and not failure and len(row) == shapes.width and not shapes.astray(again, delimiter):
        held[:] = again
        return row
    tape.give_back(again)
    held[:] = islice(tape, len(held))
    tape.take()
    return None


def _long(tape: _Tape, held: list[str], delimiter: str, shapes: _Shapes) -> list[str] | None:
    """Read a row with a cell longer than the csv module takes, to the line that closes it."""
    if shapes.astray(held, delimiter):
        return None
    lines, size = list(held), sum(map(len, held))
    marks = sum(line.count('"') for line in held)
    while marks % 2 and size < LINE_BYTES and (line := next(tape, None)) is not None:
        lines.append(line)
        marks, size = marks + line.count('"'), size + len(line)
    read = tape.take()
    row = cells_of("".join(lines), delimiter)
    if marks % 2 or len(row) != (shapes.width or len(row)) or shapes.astray(lines, delimiter):
        tape.give_back(read)
        return None
    held[:] = lines
    return row


def _lenient(held: list[str], delimiter: str, shapes: _Shapes) -> list[str] | None:
    """Read marks inside cells as they stand; None if that is no row of all the lines."""
    if len(held) > 1 and shapes.astray(held, delimiter, doubtful=True):
        return None
    rows = csv.reader(held, delimiter=delimiter)
    row, failure = _next(rows)
    if failure or not row or _next(rows)[0] is not None:
        return None
    return row if len(row) == (shapes.width or len(row)) else None


def _strict(line: str, delimiter: str) -> list[str]:
    return _next(csv.reader([line], delimiter=delimiter, strict=True))[0] or []


def cells_of(text: str, delimiter: str) -> list[str]:
    r"""Split one row into its cells, however long they are; a mark that is not closed is a letter.

    Examples
    --------
    >>> cells_of('1,"a ""b"", c",2', ",")
    ['1', 'a "b", c', '2']
    """
    cells, place = [], 0
    text = text.rstrip("\r\n")
    while True:
        closing = _closing(text, place, delimiter)
        if closing >= 0:
            cells.append(text[place + 1 : closing].replace('""', '"'))
            end = closing + 1
        else:
            end = text.find(delimiter, place)
            end = len(text) if end < 0 else end
            cells.append(text[place:end])
        if end >= len(text):
            return cells
        place = end + 1


def _closing(text: str, place: int, delimiter: str) -> int:
    """Find the mark that closes the cell which one opens at `place`; -1 if there is none."""
    if not text.startswith('"', place):
        return -1
    end = text.find('"', place + 1)
    while end >= 0 and text.startswith('"', end + 1):  # two are one inside a cell
        end = text.find('"', end + 2)
    return end if end >= 0 and text[end + 1 : end + 2] in ("", delimiter) else -1
