"""Other estimates from the same checked posts, shown beside: PPI++, Rogan–Gladen, Horvitz–Thompson.

References
----------
Rogan & Gladen (1978), Estimating prevalence from the results of a screening test. American Journal
of Epidemiology 107.
Horvitz & Thompson (1952), A generalization of sampling without replacement from a finite universe.
JASA 47.
Angelopoulos, Duchi & Zrnic (2023), PPI++: efficient prediction-powered inference. arXiv:2311.01453.
Egami, Hinck, Stewart & Wei (2023), Using imperfect surrogates for downstream inference:
design-based supervised learning for social science applications. NeurIPS.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from stancekit.scores.prevalence import Errors

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """A share with its interval; NaN, and why, where there is none."""

    share: float
    low: float
    high: float
    why: str = ""


def no_share(why: str) -> Found:
    """Say why there is none."""
    return Found(np.nan, np.nan, np.nan, why)


def ppi(
    f_all: Floats, mass: Floats, y: Floats, f: Floats, weight: Floats, level: float = 0.95
) -> Found:
    """Estimate a mean by PPI++ (Angelopoulos, Duchi & Zrnic 2023), with power tuning.

    Parameters
    ----------
    f_all, mass : ndarray of float64, shape (N,)
        Predictions of all posts, and what each counts.
    y, f, weight : ndarray of float64, shape (n,)
        Truth, prediction and weight of those checked.

    Examples
    --------
    >>> f_all, y = np.repeat([0.0, 1.0], [900, 100]), np.repeat([0.0, 1.0], [90, 10])
    >>> found = ppi(f_all, np.ones(1000), y, y, np.ones(100))
    >>> round(found.share, 3), round(found.high - found.low, 3)
    (0.1, 0.035)
    """
    n, whole = float(weight.sum() ** 2 / (weight**2).sum()), len(f_all)
    mean, spread = _moments(f_all, mass)
    y_mean = float(np.average(y, weights=weight))
    f_mean, f_spread = _moments(f, weight)
    together = float(np.average((y - y_mean) * (f - f_mean), weights=weight))
    tuned = together / (f_spread * (1 + n / whole)) if f_spread > 0 else 0.0
    power = min(max(tuned, 0.0), 1.0)
    share = power * mean + y_mean - power * f_mean
    rest = _moments(y - power * f, weight)[1]
    half = _z(level) * np.sqrt(power**2 * spread / whole + rest / n)
    return Found(share, share - float(half), share + float(half))


def rogan_gladen(
    q: float,
    posts: float,
    truly: Floats,
    given: Floats,
    weight: Floats,
    rng: np.random.Generator,
    draws: int,
    level: float = 0.95,
) -> Found:
    """Correct a count by sensitivity and specificity (Rogan & Gladen 1978), Monte-Carlo interval.

    Parameters
    ----------
    q, posts : float
        Share given the label, of how many posts.
    truly, given, weight : ndarray of float64, shape (n,)
        Of those checked: whether they are truly of the label and were given it (0 or 1), and their
        weight.
    """
    n_true, hit = _effective(truly, given, weight)
    n_false, miss = _effective(1 - truly, 1 - given, weight)
    errors = Errors(hit, n_true, miss, n_false)
    if errors.why_not:
        return no_share(errors.why_not)
    share, drawn = errors.corrected(q, posts, rng, draws)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Found(share, float(low), float(high))


def horvitz_thompson(
    f_all: Floats,
    mass: Floats,
    y: Floats,
    f: Floats,
    checked_mass: Floats,
    inclusion: Floats,
    level: float = 0.95,
) -> Found:
    """Estimate a mean from posts drawn with recorded probabilities (difference estimator).

    The mean prediction, and the errors of those checked, each counted 1/π times.

    Parameters
    ----------
    checked_mass, inclusion : ndarray of float64, shape (n,)
        What each checked element counts, and the probability π with which it was drawn.
    """
    whole = float(mass.sum())
    error = y - f
    share = float((mass * f_all).sum() + (checked_mass * error / inclusion).sum()) / whole
    chance = inclusion < 1
    if not chance.any():
        return Found(share, share, share)
    weight = (checked_mass / inclusion)[chance]
    apart = error[chance] - np.average(error[chance], weights=weight)
    n = int(chance.sum())
    spread = ((1 - inclusion[chance]) * (weight * apart) ** 2).sum() * n / max(n - 1, 1)
    half = _z(level) * float(np.sqrt(spread)) / whole
    return Found(share, share - half, share + half)


def _moments(values: Floats, weight: Floats) -> tuple[float, float]:
    mean = float(np.average(values, weights=weight))
    return mean, float(np.average((values - mean) ** 2, weights=weight))


def _effective(which: Floats, right: Floats, weight: Floats) -> tuple[float, float]:
    """Return the effective number of posts of a kind, and the share of them that is right."""
    own: Any = weight * which
    if not own.sum() > 0:
        return 0.0, np.nan
    return float(own.sum() ** 2 / (own**2).sum()), float((own * right).sum() / own.sum())


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)
