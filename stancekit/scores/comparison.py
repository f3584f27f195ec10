"""What a comparison of models on the same posts says: one value to print, show or publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from stancekit.scores import rows
from stancekit.scores.metrics import Interval
from stancekit.show import plots
from stancekit.show.cells import one_line, short
from stancekit.show.latex import latex_table
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet
from stancekit.show.tables import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SCORED: Final = ("model", "macro-F1", "95% interval", "accuracy", "95% interval")


@dataclass(frozen=True)
class Pair:
    """A model beside the first one.

    Attributes
    ----------
    first, second
        Names.
    macro_f1, accuracy
        Of the second less the first, with paired bootstrap intervals: both scored on the same
        resamples.
    both, only_first, only_second, neither
        Posts labelled right by them.
    p
        McNemar's exact, two-sided: how likely posts would part like this, or more, if both were
        right equally often. Takes posts for independent.
    """

    first: str
    second: str
    macro_f1: Interval
    accuracy: Interval
    both: int
    only_first: int
    only_second: int
    neither: int
    p: float


@dataclass(frozen=True)
class Comparison(OnSheet):
    """Models on the same posts; made by `stancekit.scores.comparing.compare`.

    Attributes
    ----------
    how
        One sentence: which posts.
    names
        Of the models; the others are compared with the first.
    posts
        How many.
    groups
        Near-duplicate groups that they fall into, or None where not grouped.
    macro_f1, accuracy
        Of each model, with bootstrap intervals.
    pairs
        Each other model beside the first.
    seed
        Of the bootstrap.
    """

    how: str
    names: tuple[str, ...]
    posts: int
    groups: int | None
    macro_f1: tuple[Interval, ...]
    accuracy: tuple[Interval, ...]
    pairs: tuple[Pair, ...]
    seed: int

    def to_frame(self) -> pd.DataFrame:
        """Give the comparison, a row each model.

        Returns
        -------
        pandas.DataFrame
            ``model``; ``macro_f1`` and ``accuracy`` with ``_low`` and ``_high``; and of each but
            the first, in comparison with it: ``macro_f1_gain`` and ``accuracy_gain`` with their
            ends, the posts that ``both``, ``only_first``, ``only_this`` and ``neither`` got
            right, and McNemar's exact ``p``. Float64; counts Int64.
        """
        found = []
        for place, name in enumerate(self.names):
            row: dict[str, object] = {"model": name}
            row |= _spread("macro_f1", self.macro_f1[place])
            row |= _spread("accuracy", self.accuracy[place])
            if place:
                pair = self.pairs[place - 1]
                row |= _spread("macro_f1_gain", pair.macro_f1)
                row |= _spread("accuracy_gain", pair.accuracy)
                row |= {"both": pair.both, "only_first": pair.only_first}
                row |= {"only_this": pair.only_second, "neither": pair.neither, "p": pair.p}
            found.append(row)
        counts = dict.fromkeys(("both", "only_first", "only_this", "neither"), "Int64")
        return pd.DataFrame(found).astype(counts)

    def to_markdown(self) -> str:
        """Give it as Markdown."""
        return self._sheet().markdown()

    def to_latex(self) -> str:
        """Give its tables as LaTeX, for the package booktabs."""
        lines = " ".join(f"{line.rstrip('.')}." for line in self._lines())
        scores, gains = self._tables()
        return latex_table(scores.rows, lines) + "\n\n" + latex_table(gains.rows, gains.caption)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the difference of each model's macro-F1 from the first one's, with its interval.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            One in a new figure if not given.

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        ax = plots.axes(ax, (6.4, 1.2 + 0.45 * len(self.pairs)))
        gains = [pair.macro_f1 for pair in self.pairs]
        ends = tuple(
            np.array([getattr(gain, end) for gain in gains], np.float64) for end in ("low", "high")
        )
        ax.axvline(0, color="black", linewidth=0.8)
        plots.intervals(
            [pair.second for pair in self.pairs], [g.value for g in gains], (ends[0], ends[1]), ax
        )
        ax.set(xlabel=f"macro-F1 beyond that of {plots.label(self.names[0])}")
        return ax

    def _sheet(self) -> Sheet:
        return Sheet(self._lines(), self._tables())

    def _lines(self) -> list[str]:
        grouped = "" if self.groups is None else f" in {self.groups:,} groups of near-duplicates"
        count = f"{len(self.names)} models on the same {self.posts:,} posts{grouped}"
        return [count, one_line(self.how)]

    def _tables(self) -> Sequence[Table]:
        scores: Rows = [
            _SCORED,
            *(
                [short(name), *_cells(f1), *_cells(accuracy)]
                for name, f1, accuracy in zip(self.names, self.macro_f1, self.accuracy, strict=True)
            ),
        ]
        gains: Rows = [
            [*_SCORED, "only this right", "only first right", "p"],
            *(
                [
                    short(pair.second),
                    *_cells(pair.macro_f1, signed=True),
                    *_cells(pair.accuracy, signed=True),
                    f"{pair.only_second:,}",
                    f"{pair.only_first:,}",
                    _p(pair.p),
                ]
                for pair in self.pairs
            ),
        ]
        told = f"Beyond {short(self.names[0])}: paired bootstrap; McNemar's exact p of the accuracy"
        return Table(scores), Table(gains, told)


def _spread(name: str, score: Interval) -> dict[str, object]:
    low, high = (np.nan if end is None else end for end in (score.low, score.high))
    return {name: score.value, f"{name}_low": low, f"{name}_high": high}


def _cells(score: Interval, signed: bool = False) -> list[str]:
    if not signed:
        return [rows.score(score.value), rows.ends(score.low, score.high)]
    if score.low is None or score.high is None:
        return [rows.signed(score.value), rows.NONE]
    return [
        rows.signed(score.value),
        f"{rows.signed(score.low)} to {rows.signed(score.high)}",
    ]


def _p(value: float) -> str:
    return "< .001" if value < 0.001 else rows.score(value)
