"""What a learning curve says: one value to print, show, draw or ask."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError
from stancekit.scores import rows
from stancekit.scores.metrics import Interval, percentile_interval
from stancekit.show import plots
from stancekit.show.latex import latex_table
from stancekit.show.palette import BLUE
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = npt.NDArray[np.float64]

#: Nothing is said of more posts than so many times those there are.
FARTHEST: Final = 4
#: Gains that are shown, as shares of the posts there are, in round numbers.
_MORE: Final = (0.25, 0.5, 1, 2)
#: Exponents that learning curves have; a greater one is a step, a lesser one a line.
_EXPONENTS: Final = (0.1, 2.0)


@dataclass(frozen=True, eq=False)
class LearningCurve(OnSheet):
    """Macro-F1 by number of labelled posts; made by `stancekit.learning_curve`.

    Attributes
    ----------
    posts : int
        Labelled posts there are.
    tested : int
        Of which so many are tested on, in each draw.
    sizes : tuple of int
        Numbers of posts that were learnt from.
    scores : tuple of float
        Mean macro-F1 of each size.
    resampled : ndarray, shape (draws, sizes)
        The same of resampled draws and test groups.
    curve : ndarray, shape (3,)
        a, b and c of a − b·n^(−c): where it leads to, how far it is from there, how fast it comes.
    curves : ndarray, shape (draws, 3)
        Of each resample.
    seeds : int
        Draws of the posts tested on.
    """

    posts: int
    tested: int
    sizes: tuple[int, ...]
    scores: tuple[float, ...]
    resampled: Floats
    curve: Floats
    curves: Floats
    seeds: int

    def at(self, posts: int) -> Interval:
        """Return macro-F1 to expect of so many labelled posts.

        Raises
        ------
        ArgumentError
            If that is fewer than the fewest tried or beyond four times as many as there are.
        """
        self._check(posts)
        return percentile_interval(_value(self.curve, posts), _values(self.curves, posts))

    def gain(self, more: int) -> Interval:
        """Return what so many more labels would bring, in macro-F1.

        Raises
        ------
        ArgumentError
            As `at`.
        """
        if type(more) is not int or more < 1:
            raise ArgumentError(f"more is {more!r}: give a number of posts, 1 or more")
        self._check(self.posts + more)
        here, there = self.posts, self.posts + more
        return percentile_interval(
            _value(self.curve, there) - _value(self.curve, here),
            _values(self.curves, there) - _values(self.curves, here),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return a row a size: ``posts``, ``macro_f1``, ``low``, ``high``, ``expected``.

        ``expected`` is the curve's. Where ``macro_f1`` is missing, the size was not tried.
        """
        measured = [
            percentile_interval(score, self.resampled[:, place])
            for place, score in enumerate(self.scores)
        ]
        ahead = [self.posts, *(self.posts + more for more in self._steps())]
        sizes = [*self.sizes, *ahead]
        beyond = [self.at(size) for size in ahead]
        return pd.DataFrame(
            {
                "posts": sizes,
                "macro_f1": [*self.scores, *[np.nan] * len(ahead)],
                "low": np.array([one.low for one in [*measured, *beyond]], np.float64),
                "high": np.array([one.high for one in [*measured, *beyond]], np.float64),
                "expected": [_value(self.curve, size) for size in sizes],
            }
        )

    def to_markdown(self) -> str:
        """Give it as Markdown."""
        return self._sheet().markdown()

    def to_latex(self) -> str:
        """Give its table of sizes as LaTeX, for the package booktabs."""
        sheet = self._sheet()
        return latex_table(sheet.tables[0].rows, " ".join(f"{line}." for line in sheet.lines))

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw scores, the curve through them and, dashed, on to four times as many posts.

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        ax = plots.axes(ax)
        frame = self.to_frame()
        tried = frame[frame["macro_f1"].notna()]
        places = np.geomspace(self.sizes[0], FARTHEST * self.posts, 60)
        ahead = places >= self.sizes[-1]
        line = np.array([_value(self.curve, place) for place in places])
        band = [percentile_interval(0, _values(self.curves, place)) for place in places]
        low, high = (
            np.array([getattr(one, end) for one in band], float) for end in ("low", "high")
        )
        ax.fill_between(places, low, high, color=BLUE, alpha=0.15, linewidth=0)
        ax.plot(places[~ahead], line[~ahead], color=BLUE)
        ax.plot(places[ahead], line[ahead], color=BLUE, linestyle="--")
        ax.plot(tried["posts"], tried["macro_f1"], "o", color="black")
        ax.set_xscale("log")
        ax.set(xlabel="labelled posts", ylabel="macro-F1")
        ax.grid(alpha=0.25)
        return ax

    def _sheet(self) -> Sheet:
        lines = [
            f"{self.posts:,} labelled posts, macro-F1 on {self.tested:,} of them at a time, "
            f"{self.seeds} draws",
            *(f"{more:,} more labels: {_told(self.gain(more))}" for more in self._steps()),
        ]
        table = [
            ["posts", "macro-F1", "95% interval", "curve"],
            *(
                [
                    f"{posts:,.0f}",
                    rows.score(score),
                    rows.ends(low, high),
                    rows.score(expected),
                ]
                for posts, score, low, high, expected in self.to_frame().to_numpy()
            ),
        ]
        return Sheet(lines, [Table(table, "Learnt from, and what the curve expects")])

    def _steps(self) -> list[int]:
        """Round numbers of more posts."""
        found = []
        for share in _MORE:
            more = share * self.posts
            unit = 10 ** max(int(np.log10(more)) - 1, 0) * 5
            found.append(max(int(more // unit * unit), 1))
        return list(dict.fromkeys(found))

    def _check(self, posts: int) -> None:
        least, most = self.sizes[0], FARTHEST * self.posts
        if not least <= posts <= most:
            raise ArgumentError(
                f"{posts:,} posts: the curve tells of {least:,} to {most:,}, four times as many as "
                "there are"
            )


def fit_curve(sizes: npt.NDArray[np.int64], scores: Floats) -> Floats:
    """Return a, b, c of the curve a − b·n^(−c) nearest to scores; it never falls.

    Examples
    --------
    >>> fit_curve(np.array([100, 400, 1600]), np.array([0.5, 0.6, 0.65])).round(2).tolist()
    [0.7, 2.0, 0.5]
    """
    from scipy.optimize import OptimizeWarning, curve_fit

    first = float(sizes[0])
    top = float(np.clip(scores.max() + 0.05, 0.05, 1))

    def curve(n: Floats, a: float, b: float, c: float) -> Floats:
        return np.asarray(a - b * (n / first) ** -c)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OptimizeWarning)
        (a, b, c), _ = curve_fit(
            curve,
            sizes.astype(np.float64),
            scores,
            p0=(top, max(top - float(scores[0]), 1e-3), 0.5),
            bounds=([0, 0, _EXPONENTS[0]], [1, 1, _EXPONENTS[1]]),
            max_nfev=2000,
        )
    return np.array([a, b * first**c, c])


def _value(curve: Floats, posts: float) -> float:
    a, b, c = curve
    return float(a - b * posts**-c)


def _values(curves: Floats, posts: float) -> Floats:
    return np.asarray(curves[:, 0] - curves[:, 1] * float(posts) ** -curves[:, 2])


def _told(gain: Interval) -> str:
    if gain.low is None or gain.high is None:
        return rows.signed(gain.value)
    return f"{rows.signed(gain.value)} [{rows.score(gain.low)}, {rows.score(gain.high)}]"
