"""Offsets and a ridge residual on top of given logits, and how much of them the posts bear."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from stancekit.scores.calibration import softmax
from stancekit.scores.metrics import confusion, macro_f1

#: What may move: the offsets alone (inf), or a residual with this penalty, too.
PENALTIES: Final = (np.inf, 3.0, 1.0)
FOLDS: Final = 5
#: What macro-F1 must gain out of fold before anything moves.
_LEAST: Final = 0.02
_STEPS: Final = 50
_OFFSET_PENALTY: Final = 1.0

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Problem:
    """Posts in as few dimensions as there are posts: `n` of them, `k` classes.

    Attributes
    ----------
    features : ndarray of float64, shape (n, r)
        With the inner products of the design's rows, and so the same ridge.
    logits : ndarray of float64, shape (n, k)
        The model's own.
    y, groups : ndarray of int64, shape (n,)
    weight : ndarray of float64, shape (n,)
    """

    features: Floats
    logits: Floats
    y: Ints
    groups: Ints
    weight: Floats

    def part(self, rows: Ints) -> Problem:
        """Return some of the posts."""
        return Problem(
            self.features[rows],
            self.logits[rows],
            self.y[rows],
            self.groups[rows],
            self.weight[rows],
        )


@dataclass(frozen=True)
class Move:
    """What is added to the logits: offsets, shape (k,), and a residual, shape (r, k)."""

    offset: Floats
    residual: Floats

    def moved(self, posts: Problem) -> Floats:
        """Logits of posts, shape (n, k)."""
        return posts.logits + self.offset + posts.features @ self.residual


def splits(posts: Problem, seed: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield rows to learn from and rows to test on, no group in both."""
    from sklearn.model_selection import StratifiedGroupKFold

    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    with warnings.catch_warnings():  # a label of two posts is in two folds, and that will do
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        splits = list(splitter.split(posts.y, posts.y, posts.groups))
    yield from splits


def choose(posts: Problem, seed: int) -> float | None:
    """Return the penalty with the least log loss out of fold; None if none is clearly better.

    Clearly: by a standard error of the gain, and by some macro-F1, too. Offsets alone can make
    probabilities better and labels worse, where rare labels are given up.
    """
    k = posts.logits.shape[1]
    gain = np.zeros((len(PENALTIES), len(posts.y)))
    guess = np.zeros((len(PENALTIES), len(posts.y)), np.int64)
    for train, test in splits(posts, seed):
        inner, outer = posts.part(train), posts.part(test)
        as_it_is = _losses(outer.logits, outer.y)
        for row, penalty in enumerate(PENALTIES):
            moved = fit(inner, penalty).moved(outer)
            gain[row, test] = (as_it_is - _losses(moved, outer.y)) * outer.weight
            guess[row, test] = moved.argmax(axis=1)
    error = gain.std(axis=1, ddof=1) / np.sqrt(len(posts.y))
    before = macro_f1(confusion(posts.y, posts.logits.argmax(axis=1), k))
    better = np.array([macro_f1(confusion(posts.y, row, k)) - before for row in guess])
    fit_to_use = (gain.mean(axis=1) > error) & (better > _LEAST)
    if not fit_to_use.any():
        return None
    return PENALTIES[int(np.where(fit_to_use, gain.mean(axis=1), -np.inf).argmax())]


def _losses(logits: Floats, y: Ints) -> Floats:
    return np.asarray(-np.log(np.maximum(softmax(logits)[np.arange(len(y)), y], 1e-12)))


def fit(posts: Problem, penalty: float | None) -> Move:
    """Fit offsets and residual to posts: logistic regression from the model's own logits on."""
    k = posts.logits.shape[1]
    width = 0 if penalty is None or np.isinf(penalty) else posts.features.shape[1]
    none = np.zeros((posts.features.shape[1], k))
    if penalty is None:
        return Move(np.zeros(k), none)
    features = posts.features[:, :width]
    truth = np.eye(k)[posts.y]
    strength = np.r_[np.full(k, _OFFSET_PENALTY), np.full(width * k, penalty if width else 0.0)]

    def loss(theta: Floats) -> tuple[float, Floats]:
        residual = theta[k:].reshape(width, k)
        proba = softmax(posts.logits + theta[:k] + features @ residual)
        wrong = (proba - truth) * posts.weight[:, None]
        told = -np.log(np.maximum((proba * truth).sum(axis=1), 1e-300)) @ posts.weight
        slope = np.concatenate([wrong.sum(axis=0), (features.T @ wrong).ravel()])
        return float(told + strength @ theta**2 / 2), slope + strength * theta

    found: Any = minimize(
        loss, np.zeros(k + width * k), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    return Move(found.x[:k], found.x[k:].reshape(width, k) if width else none)
