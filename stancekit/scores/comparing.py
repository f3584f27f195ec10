"""Several models on the same posts: how far apart, and how much of that is chance.

References
----------
McNemar (1947), Note on the sampling error of the difference between correlated proportions.
Psychometrika 12(2) (here exact: the binomial of the posts that one of the two gets right).
Field & Welsh (2007), Bootstrapping clustered data. J. R. Stat. Soc. B 69(3) (whole clusters).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import starmap
from typing import Any

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.scores import metrics
from stancekit.scores.comparison import Comparison, Pair
from stancekit.scores.metrics import Floats, Interval, Ints


def compare(
    y_true: Sequence[Hashable] | npt.NDArray[Any],
    guesses: Mapping[str, Sequence[Hashable] | npt.NDArray[Any]],
    classes: Sequence[Any],
    *,
    groups: npt.ArrayLike | None = None,
    how: str,
    seed: int = 0,
) -> Comparison:
    """Compare the labels that several models give the same posts, each with the first.

    Parameters
    ----------
    y_true
        (posts,) true label names.
    guesses
        Name of each model to its (posts,) labels; two or more.
    classes
        All labels that occur.
    groups
        (posts,) near-duplicate groups, drawn whole.
    how
        One sentence: which posts.

    Raises
    ------
    InputError
        If there are fewer than two models, lengths differ, or a label is none of the classes.

    Examples
    --------
    >>> truth = ["a", "b"] * 30
    >>> good, bad = truth[:50] + ["a"] * 10, ["a"] * 60
    >>> found = compare(truth, {"good": good, "bad": bad}, "ab", how="Sixty posts, made up.")
    >>> found.pairs[0].only_first, found.pairs[0].only_second
    (25, 0)
    """
    if len(guesses) < 2:
        raise InputError(f"{len(guesses)} model(s): give two or more to compare")
    truth = metrics.class_codes(y_true, classes)
    given = [metrics.class_codes(guess, classes) for guess in guesses.values()]
    if off := [name for name, guess in zip(guesses, given, strict=True) if len(guess) < len(truth)]:
        raise InputError(f"{off[0]!r} has not as many labels as there are posts, {len(truth)}")
    values, draws, kinds, posts = paired(truth, given, len(classes), groups=groups, seed=seed)
    right = kinds[:, 1:] == kinds[:, :1]  # by kind and model

    def interval(value: float, drawn: Floats) -> Interval:
        return metrics.percentile_interval(float(value), drawn)

    def pair(other: int) -> Pair:
        f1, accuracy = (
            interval(value[other] - value[0], drawn[other] - drawn[0])
            for value, drawn in zip(values, draws, strict=True)
        )
        counts = _counts(posts, right[:, 0], right[:, other])
        return Pair(names[0], names[other], f1, accuracy, *counts, exact_mcnemar(*counts[1:3]))

    names = tuple(guesses)
    return Comparison(
        how=how,
        names=names,
        posts=len(truth),
        groups=None if groups is None else len(np.unique(np.asarray(groups))),
        macro_f1=tuple(starmap(interval, zip(values[0], draws[0], strict=True))),
        accuracy=tuple(starmap(interval, zip(values[1], draws[1], strict=True))),
        pairs=tuple(pair(other) for other in range(1, len(names))),
        seed=seed,
    )


def paired(
    truth: Ints,
    guesses: Sequence[Ints],
    classes: int,
    *,
    groups: npt.ArrayLike | None = None,
    n: int = 1000,
    seed: int = 0,
) -> tuple[Floats, Floats, Ints, Ints]:
    """Score several guesses on the same resamples.

    Returns
    -------
    values
        (2, guesses): macro-F1 and accuracy on the posts themselves.
    draws
        (2, guesses, n): on each resample, the same for all; n is 0 where there is one group.
    kinds
        (kinds, 1 + guesses): truth and guesses of posts that are alike.
    posts
        (kinds,): how many are.
    """
    rows = np.column_stack([truth, *guesses])
    kinds, cells = np.unique(rows, axis=0, return_inverse=True)
    cells = cells.reshape(-1).astype(np.int64)
    here = np.bincount(cells, minlength=len(kinds))
    values = _scores(here[None], kinds, classes)[:, :, 0]
    parts = [
        _scores(counts, kinds, classes)
        for counts in metrics.resampled_counts(cells, len(kinds), groups=groups, n=n, seed=seed)
    ]
    draws = np.concatenate(parts, axis=2) if parts else np.empty((*values.shape, 0))
    return values, draws, kinds, here


def exact_mcnemar(only_first: int, only_second: int) -> float:
    """Return the two-sided exact p of McNemar's test; 1 where the two are never apart.

    Examples
    --------
    >>> exact_mcnemar(1, 9)
    0.021484375
    """
    from scipy.stats import binomtest

    apart = only_first + only_second
    return float(binomtest(only_first, apart).pvalue) if apart else 1.0


def _scores(counts: Ints, kinds: Ints, classes: int) -> Floats:
    """Macro-F1 and accuracy of each model in each resample, shape (2, models, draws)."""
    from scipy.sparse import csr_array

    posts = counts.sum(axis=1)
    right = kinds[:, 1:] == kinds[:, :1]
    found = np.empty((2, right.shape[1], len(counts)))
    for model in range(right.shape[1]):
        cell = kinds[:, 0] * classes + kinds[:, 1 + model]
        shape = (classes**2, len(kinds))
        filled: Any = csr_array(
            (np.ones(len(kinds), np.int64), (cell, np.arange(len(kinds)))), shape
        )
        matrices = (filled @ counts.T).T.reshape(-1, classes, classes)
        found[0, model] = metrics.macro_f1(matrices)
        found[1, model] = counts @ right[:, model] / posts
    return found


def _counts(
    posts: Ints, first: npt.NDArray[np.bool_], second: npt.NDArray[np.bool_]
) -> tuple[int, int, int, int]:
    """Posts that both get right, only the first, only the second, neither."""
    parts = (first & second, first & ~second, ~first & second, ~first & ~second)
    both, one, other, neither = (int(posts[part].sum()) for part in parts)
    return both, one, other, neither
