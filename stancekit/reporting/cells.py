"""Tables of a page: cells that are read, and the numbers behind them that are sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

#: What stands where there is no number.
NONE = "–"


@dataclass(frozen=True)
class Cell:
    """A cell.

    Attributes
    ----------
    shown : str
    value : float or None
        What it is sorted by; None for a text, which is sorted as it reads.
    kind : str
        A class of the page: ``text``, ``number``, or that of a label's colour.
    bar : float
        Length of the bar behind it, 0 to 1.
    """

    shown: str
    value: float | None = None
    kind: str = "text"
    bar: float = 0.0


@dataclass(frozen=True)
class PageTable:
    """A table of the page.

    Attributes
    ----------
    name : str
        Once on the page.
    caption : str
    head : sequence of Cell
    rows : sequence of sequence of Cell
    filtered : bool
        Whether readers can look for words in it.
    """

    name: str
    caption: str
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    filtered: bool = False


def table(
    name: str,
    caption: str,
    head: Iterable[str],
    rows: Iterable[Iterable[Cell]],
    *,
    filtered: bool = False,
) -> PageTable:
    """Make a table; a column's heading stands as its cells do."""
    body = [list(row) for row in rows]
    kinds = [cell.kind for cell in body[0]] if body else []
    titles = list(head)
    kinds += ["text"] * (len(titles) - len(kinds))
    cells = [
        Cell(title, kind="number" if kind.startswith("number") else "text")
        for title, kind in zip(titles, kinds, strict=True)
    ]
    return PageTable(name, caption, cells, body, filtered)


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a frame, columns as attributes."""
    return frame.itertuples()


def said(text: object) -> Cell:
    """Make a cell of a text."""
    return Cell(str(text))


def whole(value: int) -> Cell:
    """Make a cell of a count.

    >>> whole(1200).shown
    '1,200'
    """
    return Cell(f"{value:,}", float(value), "number")


def share(value: float) -> Cell:
    """Make a cell of a share.

    >>> share(0.1234).shown, share(float("nan")).shown
    ('12.3%', '–')
    """
    return _number(value, f"{value:.1%}")


def real(value: float, digits: int = 2) -> Cell:
    """Make a cell of any other number."""
    return _number(value, f"{value:.{digits}f}")


def small(value: float) -> Cell:
    """Make a cell of a probability, however small.

    >>> small(3.2e-7).shown, small(0.0).shown
    ('3e-07', '1e-99')
    """
    return _number(value, f"{max(value, 1e-99):.1g}")


def between(low: float, high: float) -> Cell:
    """Make a cell of an interval of shares, sorted by its lower end."""
    return _number(low, f"{low:.1%} to {high:.1%}")


def when(moment: Any) -> Cell:
    """Make a cell of a time, UTC."""
    if moment is None or moment != moment:
        return Cell(NONE)
    return Cell(f"{moment:%Y-%m-%d %H:%M}", moment.timestamp(), "text time")


def _number(value: float, shown: str) -> Cell:
    known = not isnan(value)
    return Cell(shown if known else NONE, float(value) if known else None, "number")
