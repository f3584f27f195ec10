"""Krippendorff's alpha and agreement by label, with intervals by bootstrap over posts.

References
----------
Krippendorff (2011), Computing Krippendorff's alpha-reliability.
Spitzer & Fleiss (1974), A re-analysis of the reliability of psychiatric diagnosis (specific
agreement). Hanley & Lippman-Hand (1983), If nothing goes wrong, is everything all right?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

DRAWS: Final = 1_000
#: Numbers held at a time while posts are drawn again.
_HELD: Final = 1 << 22


@dataclass(frozen=True)
class Patterns:
    """Posts by how often each label was given to them.

    To draw posts again is to draw patterns by their frequency, and there are few of them,
    however many posts.

    Attributes
    ----------
    counts : ndarray of int64, shape (patterns, labels)
        Annotators that gave each label.
    posts : ndarray of int64, shape (patterns,)
        How many posts have the pattern; all have two annotators or more.
    """

    counts: Counts
    posts: Counts


def patterns_of(counts: Counts) -> Patterns:
    """Group posts, shape (posts, labels), that have two annotators or more by their counts."""
    shared = counts[counts.sum(axis=1) >= 2]
    if not len(shared):
        return Patterns(shared, np.zeros(0, np.int64))
    rows, posts = np.unique(shared, axis=0, return_counts=True)
    return Patterns(rows, posts.astype(np.int64))


def coincidences(patterns: Patterns) -> Floats:
    """Return the pairs of labels on a post of each pattern, shape (patterns, labels, labels)."""
    own = patterns.counts.astype(np.float64)
    pairs: Any = own[:, :, None] * own[:, None, :]
    places = np.arange(own.shape[1])
    pairs[:, places, places] -= own
    return np.asarray(pairs / (own.sum(axis=1) - 1)[:, None, None])


def alpha_of(observed: Floats, ordinal: bool) -> Floats:
    """Return alpha of matrices of coincidences, shape (…, labels, labels); NaN where undefined.

    alpha = 1 - D_observed / D_expected, with the distance of two labels 0 or 1, or by the ranks
    between them (ordinal, labels in order).
    """
    given = observed.sum(axis=-1)
    total = given.sum(axis=-1)
    distance = _ordinal(given) if ordinal else 1 - np.eye(given.shape[-1])
    expected = given[..., :, None] * given[..., None, :] * distance
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (total - 1) * (observed * distance).sum((-1, -2)) / expected.sum((-1, -2))
    return np.asarray(found, np.float64)


def _ordinal(given: Floats) -> Floats:
    """Squared distance of two ranks: what was given between them, and half of each end."""
    upto = np.cumsum(given, axis=-1)
    middle = upto - given / 2
    return np.asarray((middle[..., :, None] - middle[..., None, :]) ** 2)


def specific(observed: Floats) -> Floats:
    """Return agreement on each label: how often others gave it, too, where one did."""
    given = observed.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.diagonal(observed, axis1=-2, axis2=-1) / given, np.float64)


@dataclass(frozen=True)
class Estimate:
    """Alpha, agreement by label, and the ends of their 95 % intervals; NaN where undefined."""

    alpha: float
    interval: tuple[float, float]
    by_label: Floats
    by_label_ends: Floats
    observed: Floats


def estimate(patterns: Patterns, ordinal: bool, seed: int = 0, draws: int = DRAWS) -> Estimate:
    """Estimate alpha and agreement by label; posts, not annotations, are drawn again.

    Where all agree the bootstrap knows no disagreement: the lower end is then what three
    disagreements in as many posts would give (rule of three).
    """
    pairs = coincidences(patterns)
    shape = pairs.shape[1:]
    flat = pairs.reshape(len(pairs), -1)
    observed = (patterns.posts @ flat).reshape(shape)
    alpha = float(alpha_of(observed, ordinal))
    size = int(patterns.posts.sum())
    rng = np.random.default_rng(seed)
    step = max(1, _HELD // max(len(flat), flat.shape[1], 1))
    drawn = []
    for start in range(0, draws, step):
        many = min(step, draws - start)
        weights = rng.multinomial(size, patterns.posts / size, size=many)
        drawn.append((weights @ flat).reshape(many, *shape))
    again = np.concatenate(drawn)
    ends = _ends(specific(again))
    if alpha == 1.0:
        return Estimate(alpha, (_rule_of_three(observed, size), 1.0), *_all_agree(observed))
    low, high = _ends(alpha_of(again, ordinal)[:, None])[:, 0]
    return Estimate(alpha, (float(low), float(high)), specific(observed), ends, observed)


def _ends(values: Floats) -> Floats:
    """Return the 2.5 and 97.5 per cent points of each column, of the draws that have one."""
    ends = np.full((2, values.shape[1]), np.nan)
    for column in range(values.shape[1]):
        known = values[:, column][~np.isnan(values[:, column])]
        if len(known):
            ends[:, column] = np.percentile(known, (2.5, 97.5))
    return ends


def _rule_of_three(observed: Floats, size: int) -> float:
    given = observed.sum(axis=1)
    total = given.sum()
    by_chance = 1 - (given * (given - 1)).sum() / (total * (total - 1))
    return float(max(-1.0, 1 - (3 / size) / by_chance))


def _all_agree(observed: Floats) -> tuple[Floats, Floats, Floats]:
    found = specific(observed)
    ends = np.full((2, len(found)), np.nan)
    return found, ends, observed
