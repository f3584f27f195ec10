"""The hours of a collection, and those in which it stood still.

A gap in all keys at once is a gap in the collection. An empty stretch counts as one where the
posts just before and after it, and the rhythm of the day, make so many empty hours unlikely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]

HOUR: Final = 3600
#: Posts expected in a stretch with none for it to be a gap: by chance once in 1,000 stretches.
_EXPECTED: Final = 7.0
#: Hours with posts, before a stretch and after it, that say how many were to be expected.
_NEIGHBOURS: Final = 3
#: Days below which no rhythm of the day can be told.
_DAYS: Final = 3


@dataclass(frozen=True, eq=False)
class Clock:
    """Hours, counted from 1970 (UTC), from the first post of a collection to its last.

    Attributes
    ----------
    first, last : int
        The hours of the first and the last post.
    gaps : ndarray of int64
        Hours in which the collection stood still, in order.
    """

    first: int
    last: int
    gaps: Longs

    def between(self, start: int, stop: int) -> int:
        """Count the hours from `start` to before `stop`, without gaps."""
        return max(stop - start - self.missed(start, stop), 0)

    def missed(self, start: int, stop: int) -> int:
        """Count the hours from `start` to before `stop` that lie in gaps."""
        low, high = np.searchsorted(self.gaps, [start, stop])
        return int(high - low)


def clock_of(seconds: Longs) -> Clock:
    """Look at the times of all posts of a collection.

    Examples
    --------
    >>> busy = np.repeat(np.arange(100), 20)
    >>> clock = clock_of(np.delete(busy, slice(600, 700)) * HOUR)
    >>> clock.gaps.tolist()
    [30, 31, 32, 33, 34]
    """
    hours, counts = np.unique(seconds // HOUR, return_counts=True)
    if not len(hours):
        return Clock(0, -1, np.empty(0, np.int64))
    rhythm = _rhythm(hours, counts)
    ends = np.flatnonzero(np.diff(hours) > 1)
    gaps = [
        np.arange(hours[at] + 1, hours[at + 1])
        for at in ends.tolist()
        if _expected(at, hours, counts, rhythm) >= _EXPECTED
    ]
    return Clock(int(hours[0]), int(hours[-1]), np.concatenate([np.empty(0, np.int64), *gaps]))


def _rhythm(hours: Longs, counts: Longs) -> npt.NDArray[np.float64]:
    """Posts by hour of the day, mean 1: a geometric mean over days, which no storm moves far."""
    days = np.unique(hours // 24)
    if len(days) < _DAYS:
        return np.ones(24)
    table = np.zeros((len(days), 24))
    table[np.searchsorted(days, hours // 24), hours % 24] = counts
    mean = np.expm1(np.log1p(table).mean(axis=0))
    return np.asarray(mean / mean.mean())


def _expected(at: int, hours: Longs, counts: Longs, rhythm: npt.NDArray[np.float64]) -> float:
    """Posts to be expected, at least, in the empty hours after the one at a place."""
    before = slice(max(at + 1 - _NEIGHBOURS, 0), at + 1)
    after = slice(at + 1, at + 1 + _NEIGHBOURS)
    rates: list[float] = []
    for side in (before, after):
        posts = float(counts[side].sum())
        least = max(posts - 1.64 * posts**0.5, 0.0)
        usual = _summed(rhythm, int(hours[side][0]), int(hours[side][-1]) + 1)
        rates.append(least / max(usual, 1e-9))
    return min(rates) * _summed(rhythm, int(hours[at]) + 1, int(hours[at + 1]))


def _summed(rhythm: npt.NDArray[np.float64], start: int, stop: int) -> float:
    """Sum a rhythm from an hour to before another, a whole day at once: they may be ages apart."""
    days, rest = divmod(stop - start, 24)
    return float(days * rhythm.sum() + rhythm[(start + np.arange(rest)) % 24].sum())
