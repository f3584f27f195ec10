"""How often a best window that good comes by chance: permutation, and an exponential tail.

The best of all windows and moments is surprising by chance. Contacts are therefore thrown over the
days of the collection, each keeping the rhythm of the hours, and scanned in the same way. Targets
with about as many contacts are alike under this null, so that a few sizes of target serve all.
Beyond the draws the tail falls exponentially, as Gumbel's does.

References
----------
Abrams, Kleinman & Kulldorff (2010), Gumbel based p-value approximations for spatial scan
statistics. Int. J. Health Geographics 9.
Benjamini & Hochberg (1995), Controlling the false discovery rate. J. R. Stat. Soc. B 57(1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.pileons.exposure import HOUR, Exposure
from stancekit.events.pileons.scan import PAST, WINDOWS, scan, surprise

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Contacts drawn for one size, and the size beyond which the null hardly changes.
_CONTACTS: Final = 250_000
_LARGEST: Final = 2_560
_LEAST_DRAWS: Final = 200
#: Small targets hardly ever have a window: so many times the draws.
_MORE: Final = 10
#: From this size on surprises differ in place and spread alone, and are smoothed over sizes.
_SMOOTH: Final = 320
#: The tail is fitted to this share of the draws, the greatest; at least so many.
_UPPER: Final = 0.25
_LEAST_TAIL: Final = 20
#: Scale of the tail of −log10 p where p is that of one test.
_DECADE: Final = 1 / np.log(10)


@dataclass(frozen=True, eq=False)
class Null:
    """Surprises of best windows where nothing happens, for some sizes of target.

    Attributes
    ----------
    sizes : ndarray of int64, shape (s,)
        Contacts of such targets, rising.
    draws : tuple of ndarray of float64
        For each size, the surprises, rising.
    least : ndarray of float64, shape (s,)
        For each size, about the surprise of the fewest accounts in the widest window.
    """

    sizes: Ints
    draws: tuple[Floats, ...]
    least: Floats

    def p(self, found: Floats, size: Ints) -> Floats:
        """Give p-values of surprises of targets with so many contacts."""
        logs = np.stack([_log_p(*null, found) for null in zip(self.draws, self.least, strict=True)])
        if len(self.sizes) == 1:
            return np.asarray(np.exp(logs[0]))
        place = np.interp(np.log(np.maximum(size, 1)), np.log(self.sizes), range(len(self.sizes)))
        below = np.minimum(place.astype(int), len(self.sizes) - 2)
        part, each = place - below, np.arange(len(found))
        between = (1 - part) * logs[below, each] + part * logs[below + 1, each]
        return np.asarray(np.exp(between))


def rates(size: Ints, exposure: Exposure) -> Floats:
    """Give the rate expected of targets of such sizes before their past is known, by the hour.

    Sizes in steps of two: what is expected hangs on the class of a target, not on its own number.
    """
    step = 2.0 ** np.floor(np.log2(np.maximum(size, 1)))
    return np.asarray(1.5 * step / exposure.total, np.float64)


def null_of(
    largest: int, least: int, exposure: Exposure, draws: int, rng: np.random.Generator
) -> Null:
    """Draw targets at which nothing happens.

    Parameters
    ----------
    largest : int
        Contacts of the largest target.
    least : int
        Distinct accounts that a window needs.
    draws : int
        Of each size; fewer where targets are large.
    """
    sizes = [least]
    while sizes[-1] < min(largest, _LARGEST):
        sizes.append(min(2 * sizes[-1], _LARGEST))
    found = []
    for size in sizes:
        count = int(min(_MORE * draws, max(_CONTACTS // size, _LEAST_DRAWS)))
        moment = np.sort(rng.uniform(0, exposure.total, (count, size)), axis=1)
        rate = rates(np.full(count, size), exposure)
        scanned = scan(
            np.repeat(np.arange(count), size),
            np.arange(count * size),
            exposure.times(moment.ravel()),
            rate,
            exposure,
            least=least,
        )
        found.append(np.sort(scanned.best(count)))
    smooth = _smoothed(np.array(sizes), found)
    return Null(np.array(sizes, np.int64), tuple(smooth), _least(sizes, least, exposure))


def _smoothed(sizes: Ints, draws: list[Floats]) -> list[Floats]:
    """Draw large targets' surprises together: each size alone has too few draws for the middle.

    Means and standard deviations follow a parabola over log size; what is left is alike.
    """
    large = [place for place in np.flatnonzero(sizes >= _SMOOTH) if draws[place].min() > 0]
    if len(large) < 4:
        return draws
    logs, weight = np.log(sizes[large]), np.sqrt([len(draws[place]) for place in large])
    found = np.array([(draws[place].mean(), draws[place].std()) for place in large])
    mean, spread = (np.polyval(np.polyfit(logs, part, 2, w=weight), logs) for part in found.T)
    left = [(draws[place] - m) / s for place, (m, s) in zip(large, found, strict=True)]
    pooled = np.sort(np.concatenate(left))
    for place, m, s in zip(large, mean, spread, strict=True):
        draws[place] = np.maximum(m + s * pooled, 0)
    return draws


def q_values(p: Floats, tested: int) -> Floats:
    """Give the false discovery rate at which each is found (Benjamini & Hochberg 1995).

    Parameters
    ----------
    tested : int
        How many were tested; those not among `p` count as 1.

    Examples
    --------
    >>> q_values(np.array([0.04, 0.001]), 4).round(3).tolist()
    [0.08, 0.004]
    """
    order = np.argsort(p)
    scaled = p[order] * max(tested, len(p)) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return q


def _least(sizes: list[int], least: int, exposure: Exposure) -> Floats:
    """Give the surprise of `least` accounts in the widest window, in the midst of the file."""
    pace = np.asarray(sizes, np.float64) / exposure.total
    hours = min(PAST / HOUR, exposure.total / 2)
    prior = 0.5 / rates(np.array(sizes, np.int64), exposure)
    ratio = max(WINDOWS) / (prior + hours + max(WINDOWS))
    return surprise(np.full(len(sizes), float(least)), 0.5 + pace * hours, ratio)


def _log_p(draws: Floats, least: float, found: Floats) -> Floats:
    """Natural logarithms of the share of draws at least as surprising, and beyond them the tail."""
    count, seen = len(draws), int((draws > 0).sum())
    logs = np.log((count - np.searchsorted(draws, found) + 1) / (count + 1))
    if seen < _LEAST_TAIL:  # hardly ever a window at all
        beyond = np.maximum(found - least, 0) / _DECADE
        logs = np.minimum(logs, np.log((seen + 1) / (count + 1)) - beyond)
    else:
        tail = draws[-min(max(int(_UPPER * count), _LEAST_TAIL), seen) :]
        scale = max(float((tail - tail[0]).sum()) / (len(tail) - 1), _DECADE)
        share = np.log(len(tail) / count)
        logs = np.where(found > tail[0], share - (found - tail[0]) / scale, logs)
    return np.where(found > 0, logs, 0.0)
