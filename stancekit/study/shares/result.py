"""Estimated shares: one value to print, show, draw, or take the numbers of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from stancekit.labels import ClassName
from stancekit.show.cells import short
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet
from stancekit.study.shares.beside import Found
from stancekit.study.shares.picture import draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stancekit.show.tables import Rows

#: What the methods are called in frames; the first is the estimate, the others stand beside.
CORRECTED: Final = "post-stratified"
COUNT: Final = "count"
PPI: Final = "PPI++"
ROGAN_GLADEN: Final = "Rogan–Gladen"
HORVITZ_THOMPSON: Final = "Horvitz–Thompson"
ACC, PACC, EMQ = "ACC", "PACC", "EMQ"

_NONE: Final = "–"


@dataclass(frozen=True)
class Part:
    """The shares in all posts, or in a group or period of them.

    Attributes
    ----------
    name : str
        Of the group; empty for all.
    size : float
        How many posts, texts or accounts there are.
    checked : int
        How many of them were checked.
    pooled : bool
        Whether too few were, and the errors are those found in all groups together.
    found : mapping of str to tuple of Found
        By method, in the order of the labels.
    worth : tuple of int
        For each label: how many more checked posts would do without the model's labels.
    """

    name: str
    size: float
    checked: int
    pooled: bool
    found: Mapping[str, tuple[Found, ...]]
    worth: tuple[int, ...] = ()


@dataclass(frozen=True, repr=False)
class Shares(OnSheet):
    """Shares of labels; made by `stancekit.estimate_shares`.

    Attributes
    ----------
    unit : str
        What the shares are of: posts, texts or accounts.
    labels : tuple of str or int
    whole : Part
        All posts.
    parts : tuple of Part
        The groups or periods, in order.
    notes : tuple of str
        How the posts were drawn and joined, what was left out, what to doubt.
    level : float
        Of the intervals.
    by : str, optional
        What the groups are.
    """

    unit: str
    labels: tuple[ClassName, ...]
    whole: Part
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    level: float = 0.95
    by: str | None = None

    def to_frame(self) -> pd.DataFrame:
        """Give a row for each group, label and method.

        Returns
        -------
        pandas.DataFrame
            ``group`` (<NA> for all posts), ``label``, ``method`` (``post-stratified``, which is
            the estimate; ``count``, ``PPI++``, ``Rogan–Gladen`` and others beside), ``share``,
            ``low``, ``high`` (float64, NaN where there is none), ``size`` (of the group, in the
            unit), ``checked``, ``pooled`` and ``why`` (where there is no share).
        """
        rows = [
            {
                "group": part.name or pd.NA,
                "label": label,
                "method": method,
                "share": one.share,
                "low": one.low,
                "high": one.high,
                "size": part.size,
                "checked": part.checked,
                "pooled": part.pooled,
                "why": one.why or pd.NA,
            }
            for part in (self.whole, *self.parts)
            for method, found in part.found.items()
            for label, one in zip(self.labels, found, strict=True)
        ]
        return pd.DataFrame(rows).astype({"group": "string", "why": "string"})

    def __repr__(self) -> str:
        return f"Shares({self._title()})"

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the shares with their intervals, and the counts beside; by group along the axis.

        Parameters
        ----------
        ax : matplotlib Axes, optional

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        parts = self.parts or (self.whole,)
        main = CORRECTED if CORRECTED in self.whole.found else COUNT
        values = {
            label: [part.found[main][place] for part in parts]
            for place, label in enumerate(self.labels)
        }
        counts = {
            label: [part.found[COUNT][place].share for part in parts]
            for place, label in enumerate(self.labels)
        }
        return draw([part.name for part in parts], values, counts, self.unit, ax)

    def _sheet(self) -> Sheet:
        tables = [Table(self._rows(self.whole))]
        if self.parts:
            tables.append(Table(list(self._group_rows()), f"By {short(self.by)}"))
        return Sheet([self._title(), *self._reasons(), *self.notes], tables)

    def _title(self) -> str:
        size = f"{self.whole.size:,.0f} {self.unit}"
        if CORRECTED not in self.whole.found:
            return f"Shares of {size}, not corrected: no checked posts"
        return f"Shares of {size}, corrected with {self.whole.checked:,} checked posts"

    def _reasons(self) -> Iterator[str]:
        for method, found in self.whole.found.items():
            reasons = dict.fromkeys(
                f"{short(label)}: {one.why}"
                for label, one in zip(self.labels, found, strict=True)
                if one.why
            )
            if reasons:
                yield f"no {method} for {'; '.join(reasons)}"

    def _rows(self, part: Part) -> Rows:
        main = CORRECTED if CORRECTED in part.found else COUNT
        beside = [method for method in part.found if method != main]
        heading = ["label", "share" if main == CORRECTED else main]
        if main == CORRECTED:
            heading.append(f"{self.level * 100:g}% interval")
        heading += beside
        if part.worth:
            heading.append("worth checking")
        rows = [heading]
        for place, label in enumerate(self.labels):
            one = part.found[main][place]
            cells = [short(label), percent(one.share)]
            if main == CORRECTED:
                cells.append(between(one))
            cells += [percent(part.found[method][place].share) for method in beside]
            if part.worth:
                cells.append(f"{part.worth[place]:,} more")
            rows.append(cells)
        return rows

    def _group_rows(self) -> Iterator[Sequence[str]]:
        main = CORRECTED if CORRECTED in self.whole.found else COUNT
        interval = f"{self.level * 100:g}% interval"
        yield [short(self.by), "label", "share", interval, "count", self.unit, "checked"]
        for part in self.parts:
            checked = f"{part.checked:,}{' (pooled)' if part.pooled else ''}"
            for place, label in enumerate(self.labels):
                one = part.found[main][place]
                count = percent(part.found[COUNT][place].share)
                first = [f"{part.size:,.0f}", checked] if not place else ["", ""]
                name = short(part.name) if not place else ""
                yield [name, short(label), percent(one.share), between(one), count, *first]


def percent(share: float) -> str:
    """Return a share in per cent.

    >>> percent(0.1234), percent(float("nan"))
    ('12.3 %', '–')
    """
    return _NONE if np.isnan(share) else f"{share * 100:.1f} %"


def between(found: Found) -> str:
    """Return the ends of an interval in per cent."""
    if np.isnan(found.low):
        return _NONE
    return f"{found.low * 100:.1f} to {found.high * 100:.1f} %"
