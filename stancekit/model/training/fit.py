"""Fit the classifier: how strongly to regularise, how sure to be, and what that is worth."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import joblib
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from stancekit.scores.metrics import confusion, macro_f1

#: Inverse strengths of regularisation that are tried, weakest last; each starts at the one before.
STRENGTHS: Final = (0.3, 1.0, 3.0)
_ITERATIONS: Final = 60
#: How far below all others the logit of a class that a fold did not see is put.
_UNSEEN: Final = 10.0

Ints = npt.NDArray[np.int64]
Floats64 = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Coefficients:
    """A fitted linear classifier: shape (k, columns) and (k,)."""

    weights: Floats64
    intercept: Floats64

    def logits(self, matrix: sp.csr_array) -> Floats64:
        """Logits of each row, shape (n, k)."""
        return np.asarray(matrix @ self.weights.T) + self.intercept


@dataclass(frozen=True)
class CrossValidated:
    """What cross-validation found.

    Attributes
    ----------
    strength : float
        Inverse strength of regularisation with the best macro-F1 out of fold.
    scores : dict of float to float
        Macro-F1 out of fold of every strength tried.
    logits : ndarray of float64, shape (n, k)
        Logits of the chosen strength, each post scored by a model that saw none of its group.
    folds : int
    """

    strength: float
    scores: dict[float, float]
    logits: Floats64
    folds: int


def class_weights(y: Ints, classes: int) -> Floats64:
    """Weight of each post: the square root of its class's rarity.

    Halfway between weighing posts alike and weighing classes alike; macro-F1 gains and
    probabilities stay near the shares seen.
    """
    count = np.bincount(y, minlength=classes)
    return np.asarray(np.sqrt(len(y) / (classes * np.maximum(count, 1))))[y]


def fit_path(
    matrix: sp.csr_array, y: Ints, weight: Floats64, strengths: tuple[float, ...]
) -> Iterator[Coefficients]:
    """Fit a multinomial logistic regression for each strength, each starting at the one before.

    With one thread of BLAS: more have too little to do here, and on a busy machine take ten times
    as long, for they wait for each other. Nor do sums then hang on how many there are.
    """
    model = LogisticRegression(solver="lbfgs", max_iter=_ITERATIONS, warm_start=True)
    for strength in strengths:
        model.set_params(C=strength)
        with threadpool_limits(1, "blas"), warnings.catch_warnings():
            # stopping early regularises too, and is meant
            warnings.simplefilter("ignore", ConvergenceWarning)
            # few posts a label are the caller's to judge, and the report's to show
            warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
            model.fit(matrix, y, sample_weight=weight)
        yield _symmetric(model)


def _symmetric(model: Any) -> Coefficients:
    weights, intercept = model.coef_.astype(np.float64), model.intercept_.astype(np.float64)
    if len(model.classes_) == 2:  # one row for two classes
        return Coefficients(np.vstack([-weights, weights]) / 2, np.r_[-intercept, intercept] / 2)
    return Coefficients(weights, intercept - intercept.mean())


def logits_of(found: Coefficients, matrix: sp.csr_array, seen: Ints, classes: int) -> Floats64:
    """Logits for all classes, those that a fold did not see far below the others."""
    logits = found.logits(matrix)
    if len(seen) == classes:
        return logits
    full = np.repeat(logits.min(axis=1, keepdims=True) - _UNSEEN, classes, axis=1)
    full[:, seen] = logits
    return full


def cross_validate(
    matrix: sp.csr_array,
    y: Ints,
    groups: Ints,
    weight: Floats64,
    *,
    scored: npt.NDArray[np.bool_] | None = None,
    seed: int,
    n_jobs: int,
    bar: Any,
) -> CrossValidated:
    """Choose the strength of regularisation by grouped, stratified cross-validation.

    Where `scored` is given, the other posts, which come last, are learnt from in every fold, but
    for those that share a group with a post scored there; scores and logits are without them.
    """
    classes = int(y.max()) + 1
    own = np.arange(len(y)) if scored is None else np.flatnonzero(scored)
    folds = folds_for(y[own], groups[own])
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    tests = [own[test] for _, test in splitter.split(own, y[own], groups[own])]
    splits = [(np.flatnonzero(~np.isin(groups, groups[test])), test) for test in tests]
    tasks = (joblib.delayed(_fold)(matrix, y, weight, part, classes) for part in splits)
    logits = np.zeros((len(STRENGTHS), len(own), classes))
    done = joblib.Parallel(n_jobs=n_jobs, return_as="generator", max_nbytes="1M")(tasks)
    for (_, test), found in zip(splits, done, strict=True):
        logits[:, test] = found
        bar.update()
    scores = {
        strength: float(macro_f1(confusion(y[own], part.argmax(axis=1), classes)))
        for strength, part in zip(STRENGTHS, logits, strict=True)
    }
    best = max(scores, key=lambda strength: scores[strength])
    return CrossValidated(best, scores, logits[STRENGTHS.index(best)], folds)


def folds_for(y: Ints, groups: Ints) -> int:
    """Return the number of folds: five, three for many posts, fewer for labels of few groups."""
    fewest = min(len(np.unique(groups[y == k])) for k in range(int(y.max()) + 1))
    return max(2, min(5 if len(y) <= 10_000 else 3, fewest))


def _fold(
    matrix: sp.csr_array, y: Ints, weight: Floats64, split: tuple[Ints, Ints], classes: int
) -> Floats64:
    train, test = split
    seen = np.unique(y[train])
    if len(seen) == 1:  # nothing to tell apart
        guess = np.where(np.arange(classes) == seen, 0.0, -_UNSEEN)
        return np.tile(guess, (len(STRENGTHS), len(test), 1))
    path = fit_path(matrix[train], y[train], weight[train], STRENGTHS)
    return np.stack([logits_of(found, matrix[test], seen, classes) for found in path])
