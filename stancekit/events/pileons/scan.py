"""The scan: for every target, the window in which most distinct accounts are too many.

A window ends at a contact and reaches back so many hours. Its accounts are compared with what the
target's own past, the fourteen days before the window, predicts: arrivals are Poisson with a rate
whose prior is Gamma(½, ½/μ0), so that the number in the window is negative binomial.

References
----------
Naus (1965), The distribution of the size of the maximum cluster of points on a line. JASA 60.
Kulldorff (2001), Prospective time periodic geographical disease surveillance using a scan
statistic. J. R. Stat. Soc. A 164.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.pileons.exposure import DAY, HOUR, Exposure

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Hours that windows reach back.
WINDOWS: Final = (1, 3, 6, 12, 24, 48)
#: What counts as the past of a window.
PAST: Final = 14 * DAY
#: Fewer distinct accounts are no event.
LEAST: Final = 10


@dataclass(frozen=True, eq=False)
class Scanned:
    """Windows with accounts enough, by target; several of one target overlap.

    Attributes
    ----------
    target, start, end : ndarray of int64, shape (k,)
        Number of the target; moments of the first and the last contact in the window.
    surprise : ndarray of float64, shape (k,)
        −log10 of the negative binomial tail.
    """

    target: Ints
    start: Ints
    end: Ints
    surprise: Floats

    def __len__(self) -> int:
        return len(self.target)

    def best(self, targets: int) -> Floats:
        """Give the greatest surprise of each target, 0 where it has no window."""
        best = np.zeros(targets)
        np.maximum.at(best, self.target, self.surprise)
        return best


def distinct(key: Ints, following: Ints, reach: int) -> Ints:
    """Count the distinct accounts in the windows that end at each contact.

    An account is in a window as long as its latest contact is: from there until `reach` seconds
    have passed or it comes again. So it is counted what has begun and not ended, without a loop.

    Parameters
    ----------
    key : ndarray of int64, shape (m,)
        Moments, rising; those of different targets lie further apart than any window.
    following : ndarray of int64, shape (m,)
        The moment at which the same account comes again at the same target, or a greater one.

    Examples
    --------
    >>> distinct(np.array([0, 10, 20, 100]), np.array([20, 999, 999, 999]), 50).tolist()
    [1, 2, 2, 1]
    """
    ends = np.sort(np.minimum(following, key + reach))
    return np.searchsorted(key, key, "right") - np.searchsorted(ends, key, "right")


def surprise(count: Floats, past: Floats, ratio: Floats) -> Floats:
    """Give −log10 P(C ≥ count) of the negative binomial, or a little less than it is.

    The tail is its first term times a geometric series that is above it, which no count is too
    great for; 0 where the count is not above what is expected.

    Parameters
    ----------
    count : ndarray of float64
        Distinct accounts in the window.
    past : ndarray of float64
        Accounts in the past, and the prior's half.
    ratio : ndarray of float64
        Hours of the window by those of window, past and prior together.

    Examples
    --------
    >>> from scipy.stats import nbinom
    >>> exact = -np.log10(nbinom.sf(29, 10.5, 0.8))
    >>> bound = surprise(np.array([30.0]), np.array([10.5]), np.array([0.2]))
    >>> bool(exact - 0.1 < bound[0] <= exact)
    True
    """
    from scipy.special import betaln

    with np.errstate(divide="ignore", invalid="ignore"):
        term = count * np.log(ratio) + past * np.log1p(-ratio)
        term -= np.log(count) + betaln(count, past)
        step = np.maximum(ratio * (count + past) / (count + 1), ratio)
        tail = np.where(step < 1, term - np.log1p(-np.minimum(step, 1)), 0.0)
    return np.asarray(np.maximum(-tail / np.log(10), 0), np.float64)


def scan(
    target: Ints,
    account: Ints,
    time: Ints,
    rate: Floats,
    exposure: Exposure,
    *,
    least: int = LEAST,
    above: float = 0.0,
) -> Scanned:
    """Look at all windows of all targets.

    Parameters
    ----------
    target, account, time : ndarray of int64, shape (m,)
        Contacts sorted by target and time; targets are numbered from 0.
    rate : ndarray of float64, shape (targets,)
        What each target is expected to receive in an hour before anything is known of it (μ0).
    least : int
        Distinct accounts that a window needs.
    above : float
        Windows that surprise no more are left out.

    Returns
    -------
    Scanned
        Sorted by target; of equals the shorter window is first.
    """
    if not len(target):
        return Scanned(*(np.empty(0, kind) for kind in (int, int, int, float)))
    since = time - exposure.start
    stride = int(since.max()) + PAST + 2 * max(WINDOWS) * HOUR
    key = target * stride + since
    before, following = _neighbours(target, account, key, stride)
    passed = exposure.at(time)
    found = []
    for hours in WINDOWS:
        reach = hours * HOUR
        count = distinct(key, following, reach)
        ends = np.flatnonzero(count >= least)
        first = np.searchsorted(key, key[ends] - reach, "right")
        oldest = np.searchsorted(key, key[ends] - reach - PAST, "right")
        arrived = np.concatenate([[0], np.cumsum(key - before >= reach)])
        past = 0.5 + arrived[first] - arrived[oldest]
        begun = exposure.at(time[ends] - reach)
        window = passed[ends] - begun
        hours_past = begun - exposure.at(time[ends] - reach - PAST)
        prior = 0.5 / rate[target[ends]]
        value = surprise(count[ends].astype(float), past, window / (prior + hours_past + window))
        kept = value > above
        ends, first = ends[kept], first[kept]
        found.append((target[ends], time[first], time[ends], value[kept]))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    return Scanned(*(column[order] for column in columns))


def _neighbours(target: Ints, account: Ints, key: Ints, stride: int) -> tuple[Ints, Ints]:
    """Moments at which the same account was before, and comes again, at the same target."""
    order = np.lexsort((key, account, target))
    same = (np.diff(target[order]) == 0) & (np.diff(account[order]) == 0)
    before = np.full(len(key), -stride, np.int64)
    following = np.full(len(key), np.iinfo(np.int64).max, np.int64)
    before[order[1:]] = np.where(same, key[order[:-1]], -stride)
    following[order[:-1]] = np.where(same, key[order[1:]], following[order[:-1]])
    return before, following
