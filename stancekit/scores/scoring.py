"""From probabilities and true labels to a report."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.scores import calibration, coverage, metrics
from stancekit.scores.metrics import Interval
from stancekit.scores.report import BIN, Report


def make_report(
    y_true: Sequence[Hashable] | npt.NDArray[Any],
    proba: npt.ArrayLike,
    classes: Sequence[Any],
    *,
    groups: npt.ArrayLike | None = None,
    dropped: Mapping[str, int] | None = None,
    how: str,
    seed: int = 0,
) -> Report:
    """Score probabilities against true labels.

    Parameters
    ----------
    y_true
        (posts,) true label names.
    proba
        (posts, classes) probabilities, each row adding up to 1.
    classes
        The columns' label names (str or int), at least two.
    groups
        (posts,) near-duplicate groups; intervals then draw whole groups.
    dropped
        What was left out before scoring: reason -> posts.
    how
        One sentence: how the scores were made.
    seed
        Seed of the bootstrap.

    Raises
    ------
    InputError
        If shapes do not fit, a label is unknown, or a row is no probability distribution.

    Examples
    --------
    >>> report = make_report(
    ...     ["yes", "no", "no"], [[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]], ["yes", "no"],
    ...     how="Three posts, by hand.",
    ... )
    >>> int(report.confusion.loc["no", "yes"])  # truly no, predicted yes
    1
    """
    names = tuple(name.item() if isinstance(name, np.generic) else name for name in classes)
    share = _check_proba(proba, len(names))
    truth = metrics.class_codes(y_true, names)
    if len(truth) != len(share):
        raise InputError(f"y_true has {len(truth)} labels, proba {len(share)} rows: give as many")
    guess = share.argmax(axis=1)
    matrix = metrics.confusion(truth, guess, len(names))
    draws = metrics.resampled_confusions(truth, guess, len(names), groups=groups, seed=seed)
    f1, drawn_f1 = metrics.f1(matrix), metrics.f1(draws)

    def interval(statistic: metrics.Statistic) -> Interval:
        return metrics.percentile_interval(float(statistic(matrix)), statistic(draws))

    few = max(1, min(15, len(truth) // 20))  # a bin of fewer than 20 posts is mostly chance
    bins = calibration.reliability(share, truth, few)
    return Report(
        how=how,
        classes=names,
        counts=tuple(map(tuple, matrix.tolist())),
        macro_f1=interval(metrics.macro_f1),
        accuracy=interval(metrics.accuracy),
        f1=tuple(
            None
            if np.isnan(f1[place])
            else metrics.percentile_interval(float(f1[place]), drawn_f1[:, place])
            for place in range(len(names))
        ),
        ece=calibration.expected_calibration_error(share, truth, few),
        bins=tuple(
            (int(posts), *map(float, rest))
            for posts, *rest in bins[list(BIN)].itertuples(index=False)
        ),
        tally=coverage.tally(truth, guess, share.max(axis=1), groups),
        dropped={str(reason): int(posts) for reason, posts in (dropped or {}).items()},
        groups=None if groups is None else len(np.unique(np.asarray(groups))),
        seed=seed,
    )


def _check_proba(proba: npt.ArrayLike, classes: int) -> npt.NDArray[np.float64]:
    share = np.asarray(proba, np.float64)
    if classes < 2:
        raise InputError(f"classes names {classes}: a report needs at least 2")
    if share.ndim != 2 or share.shape[1] != classes or not len(share):
        raise InputError(
            f"proba has shape {share.shape}: give at least one row, one column for each of the"
            f" {classes} classes"
        )
    bad = np.flatnonzero(~((share >= 0).all(axis=1) & (np.abs(share.sum(axis=1) - 1) < 1e-3)))
    if len(bad):
        raise InputError(
            f"proba row {bad[0]} is {share[bad[0]].tolist()}: give numbers from 0 that add up to 1"
        )
    return share
