"""The share of hostile accounts, corrected for what the labels get wrong.

An account is hostile if one of its posts is, so that wrong labels make hostile whoever writes much:
at one wrong label in twenty, 5 % of those with one post and 40 % of those with ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from stancekit.errors import ArgumentError
from stancekit.events.pileons.levels import low
from stancekit.labels import DOG_PILING
from stancekit.scores.prevalence import Errors

ROGAN_GLADEN: Final = "Rogan–Gladen"
PROBABILITIES: Final = "probabilities"


class Scored(Protocol):
    """A report: classes, and their confusion matrix with true classes in rows."""

    @property
    def classes(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def counts(self) -> Sequence[Sequence[int]]: ...  # noqa: D102


@dataclass(frozen=True)
class Corrected:
    """A share with its one-sided 95 % lower bound, and by what it was corrected; NaN without."""

    share: float
    low: float
    by: str = ""


def errors_of(report: Scored) -> Errors:
    """Take from a report how often dog-piling posts are found, and others left alone.

    Raises
    ------
    ArgumentError
        When the report is of other labels.
    """
    classes = list(map(str, report.classes))
    if DOG_PILING not in classes:
        raise ArgumentError(f"the report is of {', '.join(classes)}, and has no {DOG_PILING!r}")
    counts, place = np.asarray(report.counts, np.float64), classes.index(DOG_PILING)
    truly = float(counts[place].sum())
    others = float(counts.sum() - truly)
    wrong = float(counts[:, place].sum() - counts[place, place])
    return Errors(
        float(counts[place, place]) / max(truly, 1), truly, 1 - wrong / max(others, 1), others
    )


def by_errors(
    share: float,
    account: npt.NDArray[np.int64],
    errors: Errors,
    rng: np.random.Generator,
    draws: int,
) -> Corrected:
    """Correct a share of hostile accounts by the errors of labels (Rogan & Gladen 1978).

    Parameters
    ----------
    account : ndarray of int64, shape (m,)
        The account of each post.
    """
    posts = np.unique(account, return_counts=True)[1]
    value, drawn = errors.corrected(share, len(posts), rng, draws, posts)
    return Corrected(value, float(np.quantile(drawn, 0.05)), ROGAN_GLADEN)


def by_probability(account: npt.NDArray[np.int64], proba: npt.NDArray[np.float32]) -> Corrected:
    """Give the expected share of hostile accounts, Σ 1 − Π (1 − p), from calibrated probabilities.

    Parameters
    ----------
    proba : ndarray of float32, shape (m,)
        Probability that each post is dog-piling; nothing is given where all are 0 or 1.

    Examples
    --------
    >>> found = by_probability(np.array([1, 1, 2]), np.array([0.5, 0.5, 0.25], np.float32))
    >>> found.share
    0.5
    """
    if np.isin(proba, (0, 1)).all():
        return Corrected(np.nan, np.nan)
    each, place = np.unique(account, return_inverse=True)
    spared = np.log1p(-np.minimum(proba.astype(np.float64), 1 - 1e-9))
    hostile = 1 - np.exp(np.bincount(place, spared))
    share = float(hostile.mean())
    return Corrected(share, low(share, len(each)), PROBABILITIES)
