"""From when to when a key is in a storm: Probst's rule, rescaled, and several storms of one key.

References
----------
Probst (2022), on German storms: from the first to the last hour with at least max(100, a fifth
of the peak hour) tweets. Here the 100 is a floor of one's choice, or the 99th percentile of the
key's own past hours if that is more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.clock import Clock, Longs

#: Hours of less than this share of the peak are not of the storm.
SHARE: Final = 0.2
#: So many quiet hours part two storms; fewer do not.
QUIET: Final = 6
#: Hours of a gap in the collection after which nobody can say that it is the same storm.
_LOST: Final = 7 * 24
#: A storm's day has so many times the posts of a usual one.
RISE: Final = 2.0
_PAST: Final = 0.99
_DAYS: Final = 3
_DAY: Final = 24

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Extent:
    """The hours of a storm.

    Attributes
    ----------
    first, peak, last : int
        Hours since 1970.
    floor : float
        Posts that an hour of it has at least.
    rise : float
        Posts in the 24 hours about the peak, for one of a usual day; NaN where the file has fewer
        than three other days.
    """

    first: int
    peak: int
    last: int
    floor: float
    rise: float


def extents(hours: Longs, counts: Longs, clock: Clock, floor: int) -> list[Extent]:
    """Find the storms of one key, in order of time.

    Parameters
    ----------
    hours, counts : ndarray of int64, shape (h,)
        Hours with posts of the key, in order, and how many.
    clock : Clock
        Of the whole collection.
    floor : int
        No hour with fewer posts is of a storm.

    Examples
    --------
    >>> clock = Clock(0, 200, np.empty(0, np.int64))
    >>> evening, other = np.arange(50, 54), np.arange(120, 122)
    >>> hours = np.concatenate([evening, other])
    >>> for found in extents(hours, np.array([30, 90, 40, 12, 25, 11]), clock, 10):
    ...     found.first, found.peak, found.last, found.floor
    (50, 51, 52, 18.0)
    (120, 120, 121, 10.0)
    """
    left = counts >= floor
    stormy = np.zeros(len(hours), bool)
    found: list[Extent] = []
    while left.any():
        peak = int(np.argmax(np.where(left, counts, 0)))
        own, threshold = _around(peak, hours, counts, clock, floor)
        past = _past(own.start, hours, counts, stormy, clock, found)
        if past > threshold and past <= counts[peak]:
            own, threshold = _around(peak, hours, counts, clock, past)
        left[own] = False
        if past > counts[peak]:  # no more than usual; nor are the lower hours about it
            left[np.abs(hours - hours[peak]) <= _DAY // 2] = False
            continue
        if _touches(own, hours, found, clock):
            continue  # the slope of a greater storm
        rise = _rise(hours[own.start], hours[own.stop - 1], hours[peak], hours, counts, clock)
        if rise < RISE:
            continue
        stormy[own] = True
        first, last = int(hours[own.start]), int(hours[own.stop - 1])
        found.append(Extent(first, int(hours[peak]), last, float(threshold), rise))
    return sorted(found, key=lambda one: one.first)


def _around(
    peak: int, hours: Longs, counts: Longs, clock: Clock, floor: float
) -> tuple[slice, float]:
    """Places of the hours about a peak that are loud, with what lies between them."""
    threshold = max(floor, SHARE * float(counts[peak]))
    loud = np.flatnonzero(counts >= threshold)
    at = int(np.searchsorted(loud, peak))
    start = stop = at
    while start > 0 and _near(hours[loud[start - 1]], hours[loud[start]], clock):
        start -= 1
    while stop + 1 < len(loud) and _near(hours[loud[stop]], hours[loud[stop + 1]], clock):
        stop += 1
    return slice(int(loud[start]), int(loud[stop]) + 1), threshold


def _near(before: int, after: int, clock: Clock) -> bool:
    return after - before <= _LOST and clock.between(int(before) + 1, int(after)) < QUIET


def _touches(own: slice, hours: Longs, found: list[Extent], clock: Clock) -> bool:
    first, last = int(hours[own.start]), int(hours[own.stop - 1])
    return any(
        (first <= one.last or _near(one.last, first, clock))
        and (one.first <= last or _near(last, one.first, clock))
        for one in found
    )


def _past(
    start: int, hours: Longs, counts: Longs, stormy: Mask, clock: Clock, found: list[Extent]
) -> float:
    """The 99th percentile of the key's hours before, without greater storms and gaps; 0 if none."""
    onset = int(hours[start])
    whole = clock.between(clock.first, onset) - sum(
        clock.between(one.first, one.last + 1) for one in found if one.last < onset
    )
    if whole < 1:
        return 0.0
    used = np.sort(counts[:start][~stormy[:start]])
    place = _PAST * (whole - 1)
    below = int(place)

    def ranked(rank: int) -> float:
        of_used = rank - (whole - len(used))
        return float(used[min(of_used, len(used) - 1)]) if len(used) and of_used >= 0 else 0.0

    return ranked(below) + (place - below) * (ranked(below + 1) - ranked(below))


def _rise(first: int, last: int, peak: int, hours: Longs, counts: Longs, clock: Clock) -> float:
    """Posts about the peak, against the median of days before it; if too few, of all others.

    If there are too few without the storm, too, its own other days are taken: what is as loud on
    all days of a file is no storm.
    """
    begin = int(peak) - _DAY // 2
    total = np.concatenate([[0], np.cumsum(counts)])

    def posts(days: Longs) -> Longs:
        low, high = np.searchsorted(hours, [days, days + _DAY])
        return np.asarray(total[high] - total[low], np.int64)

    before = np.arange(begin - _DAY, clock.first - 1, -_DAY)
    after = np.arange(begin + _DAY, clock.last - _DAY + 2, _DAY)
    days = np.concatenate([before, after])
    low, high = np.searchsorted(clock.gaps, [days, days + _DAY])
    days = days[high - low <= _DAY // 2]
    earlier, later = days + _DAY <= first, days > last
    for usual in (earlier, earlier | later, np.ones(len(days), bool)):
        if usual.sum() >= _DAYS:
            return float(
                posts(np.array([begin]))[0] / max(float(np.median(posts(days[usual]))), 1.0)
            )
    return float("nan")
