"""Probabilities that mean what they say: temperature scaling, and how far they are off.

References
----------
Guo, Pleiss, Sun & Weinberger (2017), On calibration of modern neural networks. ICML.
Platt (1999), Probabilistic outputs for support vector machines. Advances in large margin
classifiers, MIT Press (targets with a prior).
Nixon, Dusenberry, Zhang, Jerfel & Tran (2019), Measuring calibration in deep learning. CVPR
workshops (equal-mass bins).
"""

from __future__ import annotations

from math import log
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError

Floats = npt.NDArray[np.float64]

#: Temperatures looked at. Separable data wants 0 and noise wants infinity; neither is sane.
TEMPERATURES: Final = (0.01, 100.0)


def softmax(logits: npt.ArrayLike, temperature: float = 1.0) -> Floats:
    """Return the probabilities of the last axis' logits divided by the temperature.

    Stable: the greatest logit is taken off first, so none overflows. Always float64.

    Examples
    --------
    >>> softmax([[0.0, 0.0], [1000.0, 0.0]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    if not temperature > 0:
        raise InputError(f"temperature is {temperature!r}: give a number above 0")
    scaled = np.asarray(logits, np.float64)
    scaled = (scaled - scaled.max(axis=-1, keepdims=True)) / temperature
    weight = np.exp(scaled)
    share: Floats = weight / weight.sum(axis=-1, keepdims=True)
    return share


def fit_temperature(
    logits: npt.ArrayLike,
    y: npt.ArrayLike,
    sample_weight: npt.ArrayLike | None = None,
    *,
    prior: float = 1.0,
) -> float:
    """Return the temperature that makes the logits' likelihood greatest (Guo et al. 2017).

    One number for all classes: it changes how sure the labels are, never which they are. Fit it
    on logits of posts the model has not seen (out of fold).

    Few posts told apart without a mistake would make any confidence below 1 too low. So the
    truth is taken as Platt (1999) takes it, for any number of classes k: with n posts, not as 1
    for the true class but as (n + prior) / (n + k prior), and what is left over to the others.
    That is Laplace's rule of succession; in thousands of posts it cannot be seen.

    Parameters
    ----------
    logits
        (posts, classes), finite.
    y
        (posts,) int, each post's true class as a column of ``logits``.
    sample_weight
        (posts,) weights of at least 0; equal where absent.
    prior
        Posts of each class that are added to the n there are (their weights' sum); 0 for none.

    Examples
    --------
    >>> logits, y = [[4.0, 0.0]] * 4, [0, 0, 0, 1]  # says .98, is right 3 in 4
    >>> temperature = fit_temperature(logits, y)
    >>> softmax(logits[0], temperature).round(3)  # (3 + 1) / (4 + 2)
    array([0.667, 0.333])
    >>> softmax(logits[0], fit_temperature(logits, y, prior=0)).round(3)
    array([0.75, 0.25])
    """
    from scipy.optimize import minimize_scalar

    scores, truth = _check(logits, y, "logits")
    weight = np.ones(len(truth)) if sample_weight is None else np.asarray(sample_weight, np.float64)
    if weight.shape != truth.shape or not (np.isfinite(weight) & (weight >= 0)).all():
        raise InputError(
            f"sample_weight has shape {weight.shape}: give {len(truth)} finite weights from 0"
        )
    if not weight.sum() > 0:
        raise InputError("no posts with weight to fit a temperature on: give at least one")
    if not (np.isfinite(prior) and prior >= 0):
        raise InputError(f"prior is {prior!r}: give a number of posts, 0 or more")
    scores = scores - scores.max(axis=1, keepdims=True)
    even = prior / (weight.sum() + scores.shape[1] * prior)  # what a class is owed by the prior
    sure = 1 - scores.shape[1] * even
    wanted = sure * scores[np.arange(len(truth)), truth] + even * scores.sum(axis=1)

    def loss(log_temperature: float) -> float:
        shrink = np.exp(-log_temperature)
        nll = np.log(np.exp(scores * shrink).sum(axis=1)) - wanted * shrink
        return float(np.average(nll, weights=weight))

    # In log T the loss has one valley: it is convex in 1/T.
    found = minimize_scalar(
        loss,
        bounds=(log(TEMPERATURES[0]), log(TEMPERATURES[1])),
        method="bounded",
        options={"xatol": 1e-6},
    )
    return float(np.exp(found.x))


def reliability(proba: npt.ArrayLike, y: npt.ArrayLike, bins: int = 15) -> pd.DataFrame:
    """Return confidence against accuracy, in bins of about equally many posts.

    Posts of equal confidence always share a bin, so the order of the posts plays no part and
    there may be fewer bins than asked for.

    Parameters
    ----------
    proba
        (posts, classes) probabilities.
    y
        (posts,) int, each post's true class as a column of ``proba``.

    Returns
    -------
    pandas.DataFrame
        One row a bin, least confident first: ``posts``, ``lowest`` and ``highest`` confidence,
        mean ``confidence``, ``accuracy``.

    Examples
    --------
    >>> reliability([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4]], [0, 0, 1], bins=2)
       posts  lowest  highest  confidence  accuracy
    0      1     0.6      0.6        0.60       0.0
    1      2     0.8      0.9        0.85       1.0
    """
    share, truth = _check(proba, y, "proba")
    if bins < 1:
        raise InputError(f"bins is {bins}: give at least 1")
    if not len(truth):
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})
    order = np.argsort(share.max(axis=1), kind="stable")
    confidence = share.max(axis=1)[order]
    right = (share.argmax(axis=1) == truth)[order]
    cuts = confidence[np.arange(1, bins) * len(truth) // bins]
    starts = np.unique(np.append(0, np.searchsorted(confidence, cuts, side="left")))
    posts = np.diff(np.append(starts, len(truth)))
    return pd.DataFrame(
        {
            "posts": posts,
            "lowest": confidence[starts],
            "highest": confidence[starts + posts - 1],
            "confidence": np.add.reduceat(confidence, starts) / posts,
            "accuracy": np.add.reduceat(right.astype(np.int64), starts) / posts,
        }
    )


_COLUMNS: Final = {
    "posts": "int64",
    "lowest": "float64",
    "highest": "float64",
    "confidence": "float64",
    "accuracy": "float64",
}


def expected_calibration_error(proba: npt.ArrayLike, y: npt.ArrayLike, bins: int = 15) -> float:
    """Return the mean distance between confidence and accuracy, over equal-mass bins.

    0: a label given with confidence .8 is right 8 times in 10. NaN without posts. A small sample
    is some way above 0 by chance alone, however good the probabilities.

    Examples
    --------
    >>> expected_calibration_error([[0.75, 0.25]] * 4, [0, 0, 0, 1])
    0.0
    """
    table = reliability(proba, y, bins)
    if table.empty:
        return float("nan")
    gap = (table["confidence"] - table["accuracy"]).abs()
    return float(np.average(gap, weights=table["posts"]))


def error_by_chance(table: pd.DataFrame) -> float:
    """Return the calibration error to expect of perfect probabilities, by chance alone.

    The mean distance of a share from its expectation, over the bins (normal approximation; Bröcker
    & Smith 2007, Increasing the reliability of reliability diagrams, on why zero is not what to
    compare with).

    Parameters
    ----------
    table : DataFrame
        Of `reliability`.

    Examples
    --------
    >>> round(error_by_chance(pd.DataFrame({"posts": [100], "confidence": [0.5]})), 3)
    0.04
    """
    spread = table["confidence"] * (1 - table["confidence"]) / table["posts"]
    gap = np.sqrt(2 / np.pi * spread.clip(lower=0))
    return float(np.average(gap, weights=table["posts"]))


def _check(
    scores: npt.ArrayLike, y: npt.ArrayLike, name: str
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return both as arrays that fit each other, or say how they do not."""
    table = np.asarray(scores, np.float64)
    truth = np.asarray(y)
    if truth.shape == (0,) and table.size == 0:
        return table.reshape(0, max(table.shape[-1], 1)), truth.astype(np.int64)
    if table.ndim != 2 or truth.shape != table.shape[:1]:
        raise InputError(
            f"{name} has shape {table.shape}, y {truth.shape}: give (posts, classes) and (posts,)"
        )
    if not np.isfinite(table).all():
        row = int(np.flatnonzero(~np.isfinite(table).all(axis=1))[0])
        raise InputError(f"{name} row {row} is not finite: leave out posts without scores")
    if not np.issubdtype(truth.dtype, np.integer):
        raise InputError(f"y is {truth.dtype}: give each post's class as a column number of {name}")
    wrong = np.flatnonzero((truth < 0) | (truth >= table.shape[1]))
    if len(wrong):
        raise InputError(
            f"y[{wrong[0]}] is {truth[wrong[0]]}: {name} has columns 0 to {table.shape[1] - 1}"
        )
    return table, truth.astype(np.int64)
