"""What a model's errors may do to a counted share, apart from chance.

A count takes every label for true. What is known of the labels' errors comes from posts of the
collection that people checked, or, weaker, from the posts that the model was scored on.

References
----------
Forman (2008), Quantifying counts and costs via classification. Data Mining and Knowledge Discovery
17: shares from a count and rates of error. docs/shares.md has the estimate with checked posts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from stancekit.study.shares.quantifying import adjusted_count

if TYPE_CHECKING:
    from stancekit.scores.report import Report

Floats = npt.NDArray[np.float64]

_DRAWS: Final = 400
_CHECKED: Final = "with the errors found in {posts:,} checked posts, taken as the same all along"
_SCORED: Final = (
    "how far the errors that the model made on the {posts:,} posts it was scored on would move the "
    "count, if it made the same here, taken two ways: of the posts given a label as many are truly "
    "of each, or of those truly of a label as many are given each; neither is promised"
)


@dataclass(frozen=True, eq=False)
class ModelError:
    """Draws of a model's rates of error.

    Attributes
    ----------
    rates : tuple of ndarray of float64, shape (draws, K, K)
        Of the posts given each label (rows), how many truly are of each (columns). More than one
        array where there is more than one way to tell.
    how : str
        What they are from, in words.
    """

    rates: tuple[Floats, ...]
    how: str

    def correct(self, share: Floats) -> tuple[Floats, Floats, Floats]:
        """Take the errors back from counted shares.

        Parameters
        ----------
        share : ndarray of float64, shape (n, K)
            Rows that add up to 1, or NaN.

        Returns
        -------
        corrected, low, high : ndarray of float64, shape (n, K)
            Mean and 95 % interval over the draws; NaN where a share is. Of more ways than one
            there is no mean, and the interval holds all of theirs.
        """
        drawn = [np.einsum("nj,djk->dnk", share, rates) for rates in self.rates]
        ends = [np.quantile(one, [0.025, 0.975], axis=0) for one in drawn]
        low = np.min([low for low, _ in ends], axis=0)
        high = np.max([high for _, high in ends], axis=0)
        mean = drawn[0].mean(axis=0) if len(drawn) == 1 else np.full_like(share, np.nan)
        return mean, low, high


def error_of_checked(given: Sequence[int], true: Sequence[int], labels: int) -> ModelError:
    """Take the errors from checked posts, drawn at random within each label given.

    Parameters
    ----------
    given, true : sequence of int, length n
        Places of the labels.

    Examples
    --------
    >>> error = error_of_checked([0] * 50 + [1] * 50, [0] * 40 + [1] * 60, 2)
    >>> corrected, low, high = error.correct(np.array([[0.5, 0.5]]))
    >>> bool(low[0, 0] < 0.4 < high[0, 0])
    True
    """
    counts = np.zeros((labels, labels))
    np.add.at(counts, (np.asarray(given), np.asarray(true)), 1)
    return ModelError((_drawn(counts),), _CHECKED.format(posts=len(given)))


def error_of_report(report: Report, shares: Sequence[float]) -> ModelError:
    """Take the errors from the posts that a model was scored on.

    What the posts given a label truly are hangs on how many there are of each. It is taken in two
    ways: as it was there, and with as many of each label as, labelled like there, make the counts.

    Parameters
    ----------
    report : Report
        Of the model, on posts from elsewhere.
    shares : sequence of float, length K
        Counted shares of all posts of this collection.
    """
    counts = np.array(report.counts, np.float64)
    given = _drawn(counts)  # of the posts truly of each label
    prior = np.array([adjusted_count(rates, np.asarray(shares, np.float64)) for rates in given])
    both = np.maximum(prior, 1e-6)[:, :, None] * given
    shifted = np.swapaxes(both / both.sum(axis=1, keepdims=True), 1, 2)
    return ModelError((_drawn(counts.T), shifted), _SCORED.format(posts=int(counts.sum())))


def _drawn(counts: Floats) -> Floats:
    """Draw rows of rates from their posterior, Dirichlet(1 / K)."""
    rng = np.random.default_rng(0)
    share = rng.standard_gamma(counts + 1 / len(counts), (_DRAWS, *counts.shape))
    share += np.finfo(float).tiny
    return np.asarray(share / share.sum(axis=2, keepdims=True), np.float64)
