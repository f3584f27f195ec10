"""What asking for a least confidence costs in posts and brings in precision.

All of it follows from one small table of counts by label and confidence, so that a saved model
can answer without its training posts.

References
----------
El-Yaniv & Wiener (2010), On the foundations of noise-free selective classification. JMLR 11
(coverage and risk).
Kish (1965), Survey sampling. Wiley (effective number of observations).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError
from stancekit.scores.metrics import wilson_interval

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Confidence is counted in steps of .005.
STEPS: Final = 200
#: The precision of fewer posts is mostly chance: no threshold rests on them.
LEAST_POSTS: Final = 20

#: A row of counts: place of the label, step of the confidence, and `_COUNTS` there.
Tally = tuple[tuple[int, ...], ...]
#: A least confidence: one for all labels, one for each label named, or a frame of `thresholds`.
LeastConfidence = float | Mapping[str, float] | pd.Series | pd.DataFrame
_COUNTS: Final = ("predicted", "right", "true", "squares")


@dataclass(frozen=True)
class Kept:
    """Posts at least as sure as each step, by label: arrays of shape (classes, STEPS + 1).

    Attributes
    ----------
    predicted, right, true
        Posts given the label, given it rightly, and truly of it.
    squares
        Sum of the squared sizes of the groups that the predicted posts fall into.
    """

    predicted: Ints
    right: Ints
    true: Ints
    squares: Ints


def tally(
    truth: Ints, guess: Ints, confidence: Floats, groups: npt.ArrayLike | None = None
) -> Tally:
    """Count posts by label and step of confidence, rows without posts left out.

    Parameters
    ----------
    truth, guess
        (posts,) true and predicted class codes.
    confidence
        (posts,) probability of the predicted class.
    groups
        (posts,) near-duplicate groups; without, every post is one.
    """
    step = np.searchsorted(np.arange(STEPS + 1) / STEPS, confidence, side="right") - 1
    posts = pd.DataFrame({"label": guess, "step": step})
    posts["group"] = np.arange(len(guess)) if groups is None else np.asarray(groups)
    # The n-th post of a group, surest first, adds 2n - 1 to the square of the group's size.
    surest = posts.sort_values("step", ascending=False, kind="stable")
    posts["squares"] = 2 * surest.groupby(["label", "group"]).cumcount() + 1
    posts["predicted"], posts["right"], posts["true"] = 1, (guess == truth).astype(np.int64), 0
    truly = pd.DataFrame({"label": truth, "step": step, "true": 1})
    both = pd.concat([posts.drop(columns="group"), truly]).fillna(0).astype(np.int64)
    rows = both.groupby(["label", "step"])[list(_COUNTS)].sum().reset_index()
    return tuple(tuple(row) for row in rows.to_numpy().tolist())


def kept(rows: Iterable[Sequence[int]], classes: int) -> Kept:
    """Sum the counts from the surest posts down."""
    table = np.array(list(rows), np.int64).reshape(-1, 2 + len(_COUNTS))
    counts = np.zeros((len(_COUNTS), classes, STEPS + 1), np.int64)
    counts[:, table[:, 0], table[:, 1]] = table[:, 2:].T  # a label and step have one row
    return Kept(*counts[:, :, ::-1].cumsum(axis=2)[:, :, ::-1])


def least_confidence(given: LeastConfidence, classes: Sequence[Any]) -> float | dict[Any, float]:
    """Return a least confidence as a number, or a number for each label named.

    Parameters
    ----------
    given
        A number; a mapping or Series of label -> number; or the frame of `thresholds`. NaN for
        a label means that no confidence is enough.
    classes
        The labels there are.

    Raises
    ------
    InputError
        If a number is not from 0 to 1, or a label is none of the classes.

    Examples
    --------
    >>> least_confidence(0.5, ["yes", "no"])
    0.5
    >>> least_confidence({"no": 0.8}, ["yes", "no"])
    {'no': 0.8}
    """
    asked: Any = given
    if isinstance(asked, pd.DataFrame) and "min_confidence" in asked:
        asked = asked["min_confidence"]
    if isinstance(asked, pd.Series):
        asked = asked.to_dict()
    if not isinstance(asked, Mapping):
        return _share(asked, "")
    if unknown := [label for label in asked if label not in classes]:
        raise ArgumentError(
            f"min_confidence names {unknown[0]!r}: give labels of {', '.join(map(repr, classes))}"
        )
    return {
        label: _share(value, f" for {label!r}", or_missing=True) for label, value in asked.items()
    }


def _share(value: Any, whose: str, or_missing: bool = False) -> float:
    if or_missing and pd.api.types.is_scalar(value) and pd.isna(value):
        return float("nan")
    if not isinstance(value, (int, float, np.number)) or not 0 <= value <= 1:
        raise ArgumentError(f"min_confidence is {value!r}{whose}: give a number from 0 to 1")
    return float(value)


def coverage(found: Kept, classes: Sequence[Any]) -> pd.DataFrame:
    """Return what is kept, and what it is worth, aiming to keep 100 %, 95 % … 5 % of the posts.

    Returns
    -------
    pandas.DataFrame
        One row a ``threshold``: share of posts ``kept``, their ``accuracy`` and ``macro_f1``
        (among the posts kept, classes that occur there), and ``precision_CLASS`` for each class,
        NaN where none is predicted.
    """
    total = found.predicted.sum(axis=0)
    posts = total[0]
    aims = np.ceil(np.arange(20, 0, -1) / 20 * posts)
    steps = np.unique(np.searchsorted(-total, -aims, side="right") - 1)
    right, predicted, true = (
        counts[:, steps] for counts in (found.right, found.predicted, found.true)
    )
    with np.errstate(invalid="ignore"):
        f1, precision = 2 * right / (predicted + true), right / predicted
    occurs = ~np.isnan(f1)
    return pd.DataFrame(
        {
            "threshold": steps / STEPS,
            "kept": total[steps] / posts,
            "accuracy": right.sum(axis=0) / total[steps],
            "macro_f1": np.where(occurs, f1, 0).sum(axis=0) / occurs.sum(axis=0),
            **{f"precision_{name}": row for name, row in zip(classes, precision, strict=True)},
        }
    )


def thresholds(found: Kept, classes: Sequence[Any], precision: float) -> pd.DataFrame:
    """Return the least confidence that reaches a precision; see `Report.threshold_for`."""
    if not isinstance(precision, (int, float, np.number)) or not 0 < precision <= 1:
        raise ArgumentError(f"precision is {precision!r}: give a number above 0, at most 1")
    reached = (found.right >= precision * found.predicted - 1e-9) & (found.predicted >= LEAST_POSTS)
    some = reached.any(axis=1)
    place = np.arange(len(classes)), reached.argmax(axis=1)
    posts = np.where(some, found.predicted[place], 0)
    with np.errstate(invalid="ignore"):
        share = np.where(some, found.right[place] / found.predicted[place], np.nan)
        low, high = wilson_interval(share, posts**2 / found.squares[place])
        part = posts / found.predicted[:, 0]
    return pd.DataFrame(
        {
            "min_confidence": np.where(some, place[1] / STEPS, np.nan),
            "precision": share,
            "precision_low": low,
            "precision_high": high,
            "coverage": part,
            "posts": posts,
        },
        pd.Index(list(classes), dtype=object, name="label"),
    )
