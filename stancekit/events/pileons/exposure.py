"""How much of a collection lies between two moments: its rhythm over the day, without its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

HOUR: Final = 3_600
DAY: Final = 24 * HOUR

#: Days of an even rhythm that are mixed into that of the file: in a few days it is not known.
_EVEN_DAYS: Final = 3

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Exposure:
    """Hours of collection, each weighed by how busy its hour of the day is (mean 1).

    Attributes
    ----------
    start : int
        Seconds since 1970 of the first day's midnight (UTC).
    hour : ndarray of int64, shape (h,)
        Hours since then, on days with posts and at their ends: a wrong year in one row is no
        reason to count all hours up to it.
    passed : ndarray of float64, shape (h,)
        Weighed hours that have passed at the beginning of each. A day without any post is a gap in
        the collection, and none of it passes.
    """

    start: int
    hour: Ints
    passed: Floats

    @property
    def total(self) -> float:
        """Weighed hours of all."""
        return float(self.passed[-1])

    def at(self, time: npt.ArrayLike) -> Floats:
        """Give the weighed hours that have passed at some moments."""
        hours = (np.asarray(time, np.float64) - self.start) / HOUR
        return np.interp(hours, self.hour, self.passed)

    def times(self, passed: Floats) -> Ints:
        """Give the moments at which so much has passed."""
        place = np.searchsorted(self.passed, passed, "right") - 1
        place = np.clip(place, 0, len(self.passed) - 2)
        within = (passed - self.passed[place]) / (self.passed[place + 1] - self.passed[place])
        return (self.start + (self.hour[place] + within) * HOUR).astype(np.int64)


def exposure_of(time: Ints) -> Exposure:
    """Learn the rhythm of a file.

    Each day counts the same whatever its number of posts, so that one storm is no rhythm; the
    rhythm of a file of a few days is drawn towards an even one.

    Parameters
    ----------
    time : ndarray of int64, shape (n,)
        Seconds since 1970 (UTC) of all posts, at least one.

    Examples
    --------
    >>> every_hour = np.arange(0, 10 * DAY, HOUR)
    >>> exposure = exposure_of(every_hour)
    >>> exposure.total, exposure.at([DAY, 2 * DAY]).tolist()
    (240.0, [24.0, 48.0])
    """
    first = int(time.min()) // DAY
    days, place = np.unique(time // DAY - first, return_inverse=True)
    hour = (time % DAY) // HOUR
    counts = np.bincount(place * 24 + hour, minlength=24 * len(days)).reshape(-1, 24)
    shares = counts / counts.sum(axis=1, keepdims=True)
    factor = (shares.sum(axis=0) * 24 + _EVEN_DAYS) / (len(days) + _EVEN_DAYS)
    hours = np.unique(days[:, None] * 24 + np.arange(25))
    collected = np.isin(hours[:-1] // 24, days)
    passed = np.cumsum(np.where(collected, factor[hours[:-1] % 24], 0.0))
    return Exposure(first * DAY, hours, np.concatenate([[0.0], passed]))
