"""What a model's scores on labelled posts say, and what they do not: one value to print or show.

A Report is plain numbers (so two compare with ==, and JSON brings back the same one); tables
are made from them on demand.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import FormatError, InputError
from stancekit.model import calibration, metrics, report_plot, report_view
from stancekit.model.metrics import Interval

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FORMAT: Final = 1
_RELIABILITY: Final = ("posts", "lowest", "highest", "confidence", "accuracy")
_COVERAGE: Final = ("threshold", "kept", "accuracy")


@dataclass(frozen=True)
class Report:
    """Scores of one set of probabilities against true labels; made by ``make_report``.

    Attributes
    ----------
    how
        One sentence: how the scores were made.
    classes
        Label names, in the model's order.
    counts
        Confusion matrix as rows of post counts: rows true, columns predicted.
    macro_f1, accuracy
        With bootstrap intervals.
    f1
        Each class's F1 with its interval; None where no post has or was given the class.
    ece
        Expected calibration error, over 15 bins or as many as can hold 20 posts.
    bins, curve
        Rows of the ``reliability`` and ``coverage`` frames.
    dropped
        What was left out and why: reason -> posts.
    groups
        Number of near-duplicate groups the posts fall into, or None where not grouped.
    seed
        Seed of the bootstrap.
    """

    how: str
    classes: tuple[Any, ...]
    counts: tuple[tuple[int, ...], ...]
    macro_f1: Interval
    accuracy: Interval
    f1: tuple[Interval | None, ...]
    ece: float
    bins: tuple[tuple[float, ...], ...]
    curve: tuple[tuple[float, ...], ...]
    dropped: Mapping[str, int]
    groups: int | None
    seed: int

    @property
    def posts(self) -> int:
        """Number of posts scored."""
        return sum(map(sum, self.counts))

    @property
    def confusion(self) -> pd.DataFrame:
        """Posts by true (rows) and predicted (columns) class."""
        names = list(self.classes)
        return pd.DataFrame(
            np.array(self.counts, np.int64),
            pd.Index(names, dtype=object, name="true"),
            pd.Index(names, dtype=object, name="predicted"),
        )

    @property
    def per_class(self) -> pd.DataFrame:
        """Precision, recall, F1 with its interval, and posts by truth and by prediction."""
        counts = np.array(self.counts, np.int64)
        missing = Interval(float("nan"), None, None)
        f1 = [score or missing for score in self.f1]
        return pd.DataFrame(
            {
                "precision": metrics.precision(counts),
                "recall": metrics.recall(counts),
                "f1": [score.value for score in f1],
                "f1_low": np.array([score.low for score in f1], np.float64),
                "f1_high": np.array([score.high for score in f1], np.float64),
                "support": counts.sum(axis=1),
                "predicted": counts.sum(axis=0),
            },
            pd.Index(list(self.classes), dtype=object, name="class"),
        )

    @property
    def reliability(self) -> pd.DataFrame:
        """Confidence against accuracy in bins of about equally many posts."""
        return pd.DataFrame(self.bins, columns=list(_RELIABILITY)).astype({"posts": "int64"})

    @property
    def coverage(self) -> pd.DataFrame:
        """Share of posts kept and their accuracy as the least confidence asked for rises."""
        return pd.DataFrame(self.curve, columns=list(_COVERAGE))

    def to_dict(self) -> dict[str, Any]:
        """Return a dict for ``json.dumps``."""
        return {"report_format": _FORMAT, **asdict(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """Return the report that ``to_dict`` gave, also after a trip through JSON."""
        if data.get("report_format") != _FORMAT:
            raise FormatError(
                f"report_format is {data.get('report_format')!r}, this version reads {_FORMAT}:"
                " open it with the stancekit that wrote it"
            )
        missing = [field.name for field in fields(cls) if field.name not in data]
        if missing:
            raise FormatError(f"the report lacks {', '.join(missing)}: make it anew")
        return cls(
            how=data["how"],
            classes=tuple(data["classes"]),
            counts=tuple(map(tuple, data["counts"])),
            macro_f1=Interval(**data["macro_f1"]),
            accuracy=Interval(**data["accuracy"]),
            f1=tuple(score and Interval(**score) for score in data["f1"]),
            ece=data["ece"],
            bins=tuple(map(tuple, data["bins"])),
            curve=tuple(map(tuple, data["curve"])),
            dropped=dict(data["dropped"]),
            groups=data["groups"],
            seed=data["seed"],
        )

    def __str__(self) -> str:
        return report_view.as_text(self)

    def _repr_html_(self) -> str:
        return report_view.as_html(self)

    def plot(self) -> Figure:
        """Return a matplotlib figure: confusion matrix and reliability diagram.

        Raises
        ------
        ImportError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        return report_plot.plot(self)


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
            for posts, *rest in bins[list(_RELIABILITY)].itertuples(index=False)
        ),
        curve=_coverage_curve(share.max(axis=1), guess == truth),
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


def _coverage_curve(
    confidence: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]
) -> tuple[tuple[float, ...], ...]:
    """Return (threshold, share kept, their accuracy), aiming to keep 100 %, 95 % … 5 %."""
    order = np.argsort(-confidence, kind="stable")
    ranked, hits = confidence[order], np.cumsum(right[order])
    aims = np.ceil(np.arange(20, 0, -1) / 20 * len(ranked)).astype(np.int64)
    # All posts of equal confidence pass a threshold together.
    kept = np.unique(np.searchsorted(-ranked, -ranked[aims - 1], side="right"))[::-1]
    return tuple(
        (float(ranked[k - 1]), float(k / len(ranked)), float(hits[k - 1] / k)) for k in kept
    )
