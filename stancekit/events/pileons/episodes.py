"""Episodes: the best windows of every target that do not overlap, and those close by joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.pileons.calibration import Null, rates
from stancekit.events.pileons.exposure import DAY, Exposure
from stancekit.events.pileons.incoming import Incoming
from stancekit.events.pileons.scan import LEAST, WINDOWS, Scanned, scan

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Episodes closer than this are one.
APART: Final = DAY
#: Windows less likely than this to be chance are kept until targets are compared.
_CANDIDATE: Final = 0.05
_LEAST_SURPRISE: Final = 1.5


@dataclass(frozen=True, eq=False)
class Windows:
    """Some windows of some targets.

    Attributes
    ----------
    target, start, end : ndarray of int64, shape (k,)
        Place of the target among the accounts; seconds since 1970, both included.
    surprise, p : ndarray of float64, shape (k,)
        Of the scan, and how often it is as great by chance.
    """

    target: Ints
    start: Ints
    end: Ints
    surprise: Floats
    p: Floats

    def __len__(self) -> int:
        return len(self.target)

    def __getitem__(self, which: npt.NDArray[np.generic]) -> Windows:
        return Windows(
            *(self.target[which], self.start[which], self.end[which]),
            *(self.surprise[which], self.p[which]),
        )


def sizes(incoming: Incoming) -> tuple[Ints, Ints]:
    """Give the targets, and how many accounts came at each, counted anew every 48 hours."""
    days = incoming.time // (max(WINDOWS) * 3_600)
    rows = np.unique(np.stack([incoming.target, incoming.account, days]), axis=1)
    targets, count = np.unique(rows[0], return_counts=True)
    return targets, count


def windows(incoming: Incoming, exposure: Exposure, null: Null) -> tuple[Windows, int]:
    """Find the windows of some contacts that may be no chance.

    Parameters
    ----------
    incoming : Incoming
        All contacts, or those that are hostile.

    Returns
    -------
    windows, tested
        Sorted by target and time; and how many targets have accounts enough to be tested.
    """
    targets, size = sizes(incoming)
    enough = size >= LEAST
    targets, size = targets[enough], size[enough]
    left = incoming[np.isin(incoming.target, targets)]
    place = np.searchsorted(targets, left.target)
    rate = rates(size, exposure)
    found = scan(place, left.account, left.time, rate, exposure, above=_LEAST_SURPRISE)
    p = null.p(found.surprise, size[found.target])
    kept = _apart(found, np.flatnonzero(p < _CANDIDATE))
    best = Windows(targets[found.target], found.start, found.end, found.surprise, p)[kept]
    return best, len(targets)


def _apart(found: Scanned, which: Ints) -> Ints:
    """Take the best window of each target, then the best that does not overlap it, and so on."""
    taken: list[int] = []
    for rows in np.split(which, np.flatnonzero(np.diff(found.target[which])) + 1):
        rows = rows[np.argsort(-found.surprise[rows], kind="stable")]
        while len(rows):
            best = rows[0]
            taken.append(int(best))
            beside = (found.end[rows] < found.start[best]) | (found.start[rows] > found.end[best])
            rows = rows[beside]
    taken.sort(key=lambda row: (found.target[row], found.start[row]))
    return np.array(taken, np.int64)


def joined(found: Windows, apart: int = APART) -> Windows:
    """Join windows of one target that are closer than `apart` seconds; the best speaks for all.

    Parameters
    ----------
    found : Windows
        Sorted by target and time.
    """
    if not len(found):
        return found
    reach = found.end.copy()
    new = np.ones(len(found), bool)
    for row in range(1, len(found)):  # a handful
        if found.target[row] == found.target[row - 1]:
            new[row] = found.start[row] - reach[row - 1] >= apart
            reach[row] = max(reach[row], reach[row - 1])
    begins = np.flatnonzero(new)
    return Windows(
        found.target[begins],
        np.minimum.reduceat(found.start, begins),
        np.maximum.reduceat(found.end, begins),
        np.maximum.reduceat(found.surprise, begins),
        np.minimum.reduceat(found.p, begins),
    )
