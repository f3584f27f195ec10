"""Scores from a confusion matrix, and intervals that allow for posts that are copies.

A score is a function of a confusion matrix (rows true, columns predicted), and every one here
takes a stack of them, shape (..., classes, classes). A bootstrap of a million posts is then a
thousand small matrices: no post is looked at twice. The values are scikit-learn's (a test
holds them together); scikit-learn takes one pair of label lists at a time, which is what makes
a bootstrap slow.

References
----------
Efron & Tibshirani (1993), An introduction to the bootstrap (percentile interval).
Field & Welsh (2007), Bootstrapping clustered data. J. R. Stat. Soc. B 69(3) (whole clusters).
Wilson (1927), Probable inference, the law of succession, and statistical inference. JASA 22(158);
Brown, Cai & DasGupta (2001), Interval estimation for a binomial proportion. Stat. Sci. 16(2).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
#: A score of a stack of confusion matrices (..., classes, classes) -> (...).
Statistic = Callable[[npt.NDArray[Any]], Floats]


@dataclass(frozen=True)
class Interval:
    """A score with its bootstrap interval; the ends are None where no interval can be had."""

    value: float
    low: float | None
    high: float | None
    level: float = 0.95

    def __str__(self) -> str:
        """Return ".712 (.680 to .741)"."""
        if self.low is None or self.high is None:
            return f"{self.value:.3f} (no interval)"
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def class_codes(labels: Sequence[Hashable] | npt.NDArray[Any], classes: Sequence[Any]) -> Ints:
    """Return each label's place in ``classes``; an unknown label is an InputError.

    Examples
    --------
    >>> class_codes(["b", "a"], ["a", "b"])
    array([1, 0])
    """
    index = pd.Index(list(classes), dtype=object)
    if not index.is_unique:
        raise InputError(f"classes repeat a name: {index[index.duplicated()][0]!r}")
    found = index.get_indexer(pd.Index(list(labels), dtype=object))
    codes: Ints = np.asarray(found, np.int64)
    unknown = np.flatnonzero(codes < 0)
    if len(unknown):
        raise InputError(
            f"label {list(labels)[unknown[0]]!r} (post {unknown[0]}) is none of the classes"
            f" {', '.join(map(repr, index))}: name all classes, or drop the post"
        )
    return codes


def confusion(y_true: Ints, y_pred: Ints, classes: int) -> Ints:
    """Return the confusion matrix of two arrays of class codes: rows true, columns predicted.

    Examples
    --------
    >>> confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    cells = np.bincount(y_true * classes + y_pred, minlength=classes**2)
    return cells.astype(np.int64).reshape(classes, classes)


def accuracy(matrices: npt.NDArray[Any]) -> Floats:
    """Return the share of posts labelled right; NaN without posts.

    Examples
    --------
    >>> float(accuracy(np.array([[3, 1], [0, 4]])))
    0.875
    """
    right = np.trace(matrices, axis1=-2, axis2=-1)
    return _ratio(right, matrices.sum(axis=(-2, -1)))


def precision(matrices: npt.NDArray[Any]) -> Floats:
    """Return each class's precision (..., classes): 0 where never predicted, as scikit-learn."""
    return np.nan_to_num(_ratio(_hits(matrices), matrices.sum(axis=-2)))


def recall(matrices: npt.NDArray[Any]) -> Floats:
    """Return each class's recall (..., classes): 0 where no post has it, as scikit-learn."""
    return np.nan_to_num(_ratio(_hits(matrices), matrices.sum(axis=-1)))


def f1(matrices: npt.NDArray[Any]) -> Floats:
    """Return each class's F1 (..., classes): NaN where no post has or is given the class."""
    return _ratio(2 * _hits(matrices), matrices.sum(axis=-1) + matrices.sum(axis=-2))


def macro_f1(matrices: npt.NDArray[Any]) -> Floats:
    """Return the mean F1 of the classes that occur, in truth or prediction; NaN without posts.

    Equal to ``sklearn.metrics.f1_score(average="macro", zero_division=0)``.

    Examples
    --------
    >>> float(macro_f1(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]])))
    1.0
    """
    each = f1(matrices)
    there = ~np.isnan(each)
    return _ratio(np.where(there, each, 0.0).sum(axis=-1), there.sum(axis=-1))


#: The scores that can be asked for by name.
STATISTICS: Final[Mapping[str, Statistic]] = MappingProxyType(
    {"macro_f1": macro_f1, "accuracy": accuracy}
)


def bootstrap_interval(
    y_true: Sequence[Hashable] | npt.NDArray[Any],
    y_pred: Sequence[Hashable] | npt.NDArray[Any],
    statistic: str | Statistic = "macro_f1",
    *,
    groups: npt.ArrayLike | None = None,
    n: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """Return a score and its percentile bootstrap interval.

    Parameters
    ----------
    y_true, y_pred
        Label names (or numbers), one a post.
    statistic
        A name in STATISTICS, or a function of a stack of confusion matrices whose classes are
        in sorted order.
    groups
        (posts,) group numbers. With them whole groups are drawn, since a repost is no second
        observation; without, posts. One group alone gives no interval.
    n
        Number of resamples.
    level
        Share of resamples between the ends.

    Examples
    --------
    >>> print(bootstrap_interval(["a", "b"] * 50, ["a", "b"] * 40 + ["b", "a"] * 10, "accuracy"))
    0.800 (0.710 to 0.870)
    """
    if isinstance(statistic, str):
        if statistic not in STATISTICS:
            raise InputError(f"statistic {statistic!r}: give one of {', '.join(STATISTICS)}")
        statistic = STATISTICS[statistic]
    found = pd.unique(pd.Series([*y_true, *y_pred], dtype=object))
    classes = sorted(found, key=lambda label: (str(type(label)), label))
    truth, guess = class_codes(y_true, classes), class_codes(y_pred, classes)
    value = float(statistic(confusion(truth, guess, len(classes))))
    draws = resampled_confusions(truth, guess, len(classes), groups=groups, n=n, seed=seed)
    return percentile_interval(value, statistic(draws), level)


def percentile_interval(value: float, draws: Floats, level: float = 0.95) -> Interval:
    """Return the interval between the draws' outer percentiles; NaN draws are left out."""
    if not 0 < level < 1:
        raise InputError(f"level is {level!r}: give a number between 0 and 1")
    draws = draws[~np.isnan(draws)]
    if not len(draws):
        return Interval(value, None, None, level)
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Interval(value, float(low), float(high), level)


def wilson_interval(
    share: npt.ArrayLike, count: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the ends of Wilson's (1927) interval of a share: never outside 0 to 1.

    Parameters
    ----------
    share
        Shares of any shape, 0 to 1 or NaN.
    count
        The number of observations behind each; need not be whole. None, no interval: NaN.

    Examples
    --------
    >>> low, high = wilson_interval(0.9, 100)
    >>> round(float(low), 3), round(float(high), 3)
    (0.826, 0.945)
    """
    p, n = np.asarray(share, np.float64), np.asarray(count, np.float64)
    n = np.where(n > 0, n, np.nan)
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return np.maximum(centre - half, 0), np.minimum(centre + half, 1)


def resampled_confusions(
    y_true: Ints,
    y_pred: Ints,
    classes: int,
    *,
    groups: npt.ArrayLike | None = None,
    n: int = 1000,
    seed: int = 0,
) -> Ints:
    """Return n bootstrap confusion matrices (n, classes, classes); none where there is one group.

    Posts (or groups) that fill the same cells are interchangeable, so instead of drawing posts
    the number of each kind is drawn from a multinomial: the same distribution, and the cost is
    that of the few kinds instead of the many posts.
    """
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise InputError(
            f"y_true has shape {y_true.shape}, y_pred {y_pred.shape}: give equal (posts,)"
        )
    cells = y_true * classes + y_pred
    parts = list(resampled_counts(cells, classes**2, groups=groups, n=n, seed=seed))
    draws = np.concatenate(parts) if parts else np.empty((0, classes**2), np.int64)
    return draws.reshape(-1, classes, classes)


def resampled_counts(
    cells: Ints,
    size: int,
    *,
    groups: npt.ArrayLike | None = None,
    n: int = 1000,
    seed: int = 0,
) -> Iterator[Ints]:
    """Yield the posts in each cell of n resamples, some resamples at a time: (draws, size).

    Nothing is yielded where there is one group.

    Parameters
    ----------
    cells
        (posts,) int, what each post is: below `size`.
    """
    from scipy.sparse import csr_array

    if n < 1:
        raise InputError(f"n is {n}: give at least 1 resample")
    place = np.arange(len(cells)) if groups is None else pd.factorize(np.asarray(groups))[0]
    if place.shape != cells.shape or (len(place) and place.min() < 0):
        raise InputError(f"groups: give {len(cells)} group numbers, none missing")
    count = int(place.max()) + 1 if len(place) else 0
    if count == 0 or (count == 1 and groups is not None):
        return
    rng = np.random.default_rng(seed)
    table: Any = csr_array((np.ones(len(place), np.int64), (place, cells)), shape=(count, size))
    # A random weight a cell makes a 64-bit fingerprint of a row: equal rows, equal fingerprints.
    fingerprint = table @ np.random.default_rng(0).integers(-(2**62), 2**62, size)
    _, example, often = np.unique(fingerprint, return_index=True, return_counts=True)
    kinds = table[example].T.tocsr()
    step = max(1, 2_000_000 // max(len(often), size))  # 16 MB of counts at a time
    for start in range(0, n, step):
        drawn = rng.multinomial(count, often / count, min(step, n - start))
        yield np.asarray((kinds @ drawn.T).T)


def _hits(matrices: npt.NDArray[Any]) -> npt.NDArray[Any]:
    hits: npt.NDArray[Any] = np.diagonal(matrices, axis1=-2, axis2=-1)
    return hits


def _ratio(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Floats:
    ratio: Floats = np.divide(
        part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole) > 0
    )
    return ratio
