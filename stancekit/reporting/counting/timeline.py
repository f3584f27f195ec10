"""Labels along the time: counts, shares, and how sure these are of chance and of the model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError
from stancekit.reporting.counting.model_error import ModelError
from stancekit.reporting.pictures import timeline as draw
from stancekit.reporting.walking import NO_TIME, Posts, Seen, walk
from stancekit.scores.metrics import wilson_interval
from stancekit.show.cells import short
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Widths of bins in seconds, and what each is called.
WIDTHS: Final = {
    60: "minute",
    300: "5 minutes",
    900: "15 minutes",
    3600: "hour",
    10_800: "3 hours",
    21_600: "6 hours",
    86_400: "day",
    604_800: "week",
    2_592_000: "30 days",
    31_536_000: "365 days",
}
#: Bins of a picture, at most; those that are kept while counting.
_SHOWN: Final = 96
_KEPT: Final = 20_000
#: Posts that may lie outside of what is shown, as a share, where they would stretch it so far.
_FAR: Final = 0.01
_STRETCH: Final = 10
#: Fewer labelled posts make no share.
LEAST: Final = 10
#: A week begins on a Monday, as 1970-01-05 was.
_MONDAY: Final = 4 * 86_400


@dataclass(frozen=True, eq=False)
class Timeline(OnSheet):
    """Labels along the time; made by `stancekit.timeline`.

    Attributes
    ----------
    labels : tuple of str
    start : ndarray of int64, shape (bins,)
        When each bin begins, seconds since 1970 (UTC).
    width : int
        Seconds of a bin.
    counts : ndarray of int64, shape (bins, labels)
        Labelled posts.
    before, after, without_time : int
        Labelled posts that are not shown: far from all others, or of unknown time.
    error : ModelError, optional
        What is known of the model's errors.
    """

    labels: tuple[str, ...]
    start: Ints
    width: int
    counts: Ints
    before: int = 0
    after: int = 0
    without_time: int = 0
    error: ModelError | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return a row a bin and label.

        Returns
        -------
        DataFrame
            ``start``, ``label``, ``posts``; ``share`` of the bin's labelled posts, counted, with
            the 95 % interval of chance alone (``low``, ``high``: Wilson 1927, posts taken as
            independent); and what the share would be were the model's errors taken back
            (``corrected``), with the interval of what is not known of them (``model_low``,
            ``model_high``). NaN where a bin has fewer than 10 posts, or nothing is known; without
            checked posts there is no ``corrected``, only how far errors may move the share.
        """
        shape = self.counts.shape
        total = self.counts.sum(axis=1, keepdims=True)
        share = np.where(total >= LEAST, self.counts / np.maximum(total, 1), np.nan)
        low, high = wilson_interval(share, np.broadcast_to(total, shape))
        nothing = np.full(shape, np.nan)
        corrected, model_low, model_high = (
            (nothing, nothing, nothing) if self.error is None else self.error.correct(share)
        )
        values = {
            "posts": self.counts,
            "share": share,
            "low": low,
            "high": high,
            "corrected": corrected,
            "model_low": model_low,
            "model_high": model_high,
        }
        starts = pd.to_datetime(np.repeat(self.start, len(self.labels)), unit="s", utc=True)
        frame = {"start": starts, "label": np.tile(self.labels, len(self.start))}
        return pd.DataFrame(frame | {name: array.ravel() for name, array in values.items()})

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the share of each label along the time, chance and the model's errors apart."""
        return draw(self.to_frame(), self.labels, self.every, ax)

    @property
    def every(self) -> str:
        """What a bin is called."""
        return WIDTHS.get(self.width, f"{self.width:,} seconds")

    @property
    def notes(self) -> tuple[str, ...]:
        """What is not shown, and what to make of it."""
        outside = [
            (self.before, "before"),
            (self.after, "after"),
        ]
        said = [f"{n:,} labelled posts lie far {where} what is shown" for n, where in outside if n]
        if self.without_time:
            said.append(f"{self.without_time:,} labelled posts have no time")
        if self.error is None:
            said.append("nothing is known here of the model's errors: chance alone is shown")
        else:
            said.append(self.error.how)
        return tuple(said)

    def _sheet(self) -> Sheet:
        title = f"{int(self.counts.sum()):,} labelled posts by {self.every} (UTC)"
        rows = [["from", *map(short, self.labels)]]
        for start, row in zip(self.start, self.counts, strict=True):
            if row.any():
                moment = pd.Timestamp(int(start), unit="s")
                rows.append([f"{moment:%Y-%m-%d %H:%M}", *(f"{posts:,}" for posts in row)])
        return Sheet([title, *self.notes], [Table(rows)])


def timeline(
    posts: Posts, *, every: int | None = None, error: ModelError | None = None
) -> Timeline:
    """Count labels along the time.

    Parameters
    ----------
    posts : DataFrame, str or Path
        A labelled table, or the path of one that a run wrote.
    every : int, optional
        Seconds of a bin, of which a table that a run wrote has 20,000 at most; None takes the
        shortest round time that makes a picture of fewer than a hundred bins.
    error : ModelError, optional
        What is known of the model's errors, as `stancekit.reporting.error_of_checked` takes it
        from checked posts and `error_of_report` from a model's report.

    Returns
    -------
    Timeline
        Counts by bin and label, with the bands of chance and of the model's errors.

    Examples
    --------
    >>> import pandas as pd, stancekit
    >>> times = pd.date_range("2031-05-01 18:00", periods=120, freq="min", tz="UTC")
    >>> posts = pd.DataFrame({"label": ["critical", "neutral"] * 60, "created_at": times})
    >>> found = stancekit.timeline(posts, every=3600)
    >>> found.counts.tolist()
    [[0, 30, 0, 30], [0, 30, 0, 30]]
    """
    if every is not None and (type(every) is not int or every < 1):
        raise ArgumentError(f"every is {every!r}: give seconds, as in every=3600")
    counting = Timing()
    walk(posts, [counting])
    return replace(counting.found(every), error=error)


class Timing:
    """Counts labels by minutes, and by longer times where there are many."""

    def __init__(self) -> None:
        self._bins = np.empty(0, np.int64)
        self._counts = np.empty((0, 0), np.int64)
        self._classes: tuple[str, ...] = ()
        self._width = min(WIDTHS)
        self._without = 0

    def add(self, seen: Seen) -> None:
        """Take in some posts."""
        if not self._classes:
            self._classes = seen.classes
            self._counts = np.empty((0, len(seen.classes)), np.int64)
        times, label = seen.seconds, seen.label
        self._without += int(((times == NO_TIME) & (label >= 0)).sum())
        kept = (times != NO_TIME) & (label >= 0)
        bins, place = np.unique(binned(times[kept], self._width), return_inverse=True)
        counts = np.zeros((len(bins), len(self._classes)), np.int64)
        np.add.at(counts, (place, label[kept]), 1)
        self._take(np.concatenate([self._bins, bins]), np.concatenate([self._counts, counts]))
        while len(self._bins) > _KEPT and self._width < max(WIDTHS):
            self._width = min(width for width in WIDTHS if width > self._width)
            self._take(binned(self._bins, self._width), self._counts)

    def _take(self, bins: Ints, counts: Ints) -> None:
        self._bins, self._counts = summed(bins, counts)

    def found(self, every: int | None = None) -> Timeline:
        """Give the counts, in bins of so many seconds, or of a time that suits them."""
        bins, counts = self._bins, self._counts
        before = after = 0
        if every is None:
            start, end = shown(bins, counts.sum(axis=1))
            inside = (bins >= start) & (bins <= end)
            before, after = (int(counts[where].sum()) for where in (bins < start, bins > end))
            bins, counts = bins[inside], counts[inside]
            every = suited(bins, self._width)
        every = max(every, self._width)
        bins, counts = filled(*summed(binned(bins, every), counts), every)
        return Timeline(self._classes, bins, every, counts, before, after, self._without)


def binned(seconds: Ints, width: int) -> Ints:
    """Return the begin of each second's bin; weeks begin on Mondays.

    >>> binned(np.array([0, 59, 60]), 60).tolist()
    [0, 0, 60]
    """
    first = _MONDAY if width == 604_800 else 0
    found: Ints = (seconds - first) // width * width + first
    return found


def summed(bins: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Put together the counts of one bin."""
    own, place = np.unique(bins, return_inverse=True)
    sums = np.zeros((len(own), counts.shape[1]), np.int64)
    np.add.at(sums, place, counts)
    return own, sums


def filled(bins: Ints, counts: Ints, width: int) -> tuple[Ints, Ints]:
    """Put in the bins in which nothing was written, where these are not too many."""
    if not len(bins) or (bins[-1] - bins[0]) // width >= _KEPT:
        return bins, counts
    every = np.arange(bins[0], bins[-1] + 1, width)
    sums = np.zeros((len(every), counts.shape[1]), np.int64)
    sums[(bins - bins[0]) // width] = counts
    return every, sums


def shown(bins: Ints, posts: Ints) -> tuple[int, int]:
    """Return the first and the last bin to show: without a few that lie far away."""
    if not len(bins):
        return 0, 0
    upto = np.cumsum(posts)
    first, last = np.searchsorted(upto, [_FAR / 2 * upto[-1], (1 - _FAR / 2) * upto[-1]])
    inner, outer = bins[last] - bins[first], bins[-1] - bins[0]
    if outer <= _STRETCH * max(inner, 3600):
        return int(bins[0]), int(bins[-1])
    margin = max(inner // 20, 600)
    return int(bins[first] - margin), int(bins[last] + margin)


def suited(bins: Ints, least: int) -> int:
    """Return the shortest round width that makes few enough bins."""
    span = int(bins[-1] - bins[0]) if len(bins) else 0
    fits = [width for width in WIDTHS if width >= least and span // width < _SHOWN]
    return min(fits, default=max(WIDTHS))
