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
from stancekit.scores import calibration, metrics
from stancekit.scores import coverage as abstention
from stancekit.scores import rows as report_view
from stancekit.scores.coverage import Tally
from stancekit.scores.metrics import Interval
from stancekit.show import plots as report_plot

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FORMAT: Final = 1
_RELIABILITY: Final = ("posts", "lowest", "highest", "confidence", "accuracy")


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
    bins
        Rows of the ``reliability`` frame.
    tally
        Counts by label and confidence, behind ``coverage`` and ``threshold_for``; see
        `stancekit.scores.coverage`.
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
    tally: Tally
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
        """Share of posts kept, and their accuracy, macro-F1 and precision by class.

        A row for each ``threshold``, the least confidence asked for, as it rises; macro-F1 is
        that of the posts kept.
        """
        return abstention.coverage(self._kept, self.classes)

    def threshold_for(self, precision: float = 0.9, label: Any = None) -> pd.DataFrame:
        """Return the least confidence at which a label is right as often as wanted.

        For each label, the lowest confidence (in steps of .005) from which at least `precision`
        of the posts given it are rightly given it, among the posts of this report and where that
        is 20 posts or more.

        Parameters
        ----------
        precision
            Wanted share of right labels, above 0, at most 1.
        label
            One label, to leave out the others.

        Returns
        -------
        pandas.DataFrame
            One row a label: ``min_confidence``; the ``precision`` from there on with the ends of
            its 95 % interval, ``precision_low`` and ``precision_high`` (Wilson 1927; where posts
            were grouped, of Kish's effective number of posts, as if near-duplicates were one);
            ``coverage``, the share of the posts given the label that stay; and ``posts``, their
            number. A label that never gets there has NaN for a confidence and 0 posts. Give
            the frame to ``classify(min_confidence=...)``: such a label is then never given.

        Raises
        ------
        InputError
            If `precision` is out of range, `label` is none of the classes, or the report was
            made before reports held what this needs.

        Notes
        -----
        Threshold and precision come from the same posts, so that on new posts of the same kind
        precision is on average below the one wanted. On the posts the default model is trained
        on, at precision .9: by less than .005 with 3,000 posts and more, .005 to .025 with 1,000,
        .02 to .07 with 500; the interval held 92 to 98 times in 100 all the same. On posts of
        another kind it can be anything.

        Examples
        --------
        >>> report = make_report(
        ...     ["yes"] * 60 + ["no"] * 60,
        ...     [[0.9, 0.1]] * 50 + [[0.6, 0.4]] * 30 + [[0.2, 0.8]] * 40,
        ...     ["yes", "no"],
        ...     how="By hand.",
        ... )
        >>> report.threshold_for(precision=0.9, label="yes").min_confidence
        label
        yes    0.605
        Name: min_confidence, dtype: float64
        """
        table = abstention.thresholds(self._kept, self.classes, precision)
        if label is None:
            return table
        if label not in self.classes:
            names = ", ".join(map(repr, self.classes))
            raise InputError(f"label is {label!r}: give one of {names}, or None for all")
        return table.loc[[label]]

    @property
    def ece_by_chance(self) -> float:
        """Calibration error to expect of perfect probabilities on as many posts, by chance alone.

        The mean distance of a share from its expectation, over the bins (normal approximation;
        Bröcker & Smith 2007 on why zero is not what to compare with).
        """
        table = self.reliability
        spread = table["confidence"] * (1 - table["confidence"]) / table["posts"]
        gap = np.sqrt(2 / np.pi * spread.clip(lower=0))
        return float(np.average(gap, weights=table["posts"]))

    @property
    def _kept(self) -> abstention.Kept:
        return abstention.kept(self.tally, len(self.classes))

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
        missing = {field.name for field in fields(cls)} - set(data)
        if missing:
            raise FormatError(f"the report lacks {', '.join(sorted(missing))}: make it anew")
        report = cls(
            how=data["how"],
            classes=tuple(data["classes"]),
            counts=tuple(map(tuple, data["counts"])),
            macro_f1=Interval(**data["macro_f1"]),
            accuracy=Interval(**data["accuracy"]),
            f1=tuple(score and Interval(**score) for score in data["f1"]),
            ece=data["ece"],
            bins=tuple(map(tuple, data["bins"])),
            tally=tuple(map(tuple, data["tally"])),
            dropped=dict(data["dropped"]),
            groups=data["groups"],
            seed=data["seed"],
        )
        if report._kept.predicted[:, 0].tolist() != report.confusion.sum().tolist():
            raise FormatError("the report's counts by confidence and its confusion do not fit")
        return report

    def __str__(self) -> str:
        return report_view.as_text(self)

    def _repr_html_(self) -> str:
        return report_view.as_html(self)

    def plot(self) -> Figure:
        """Return a matplotlib figure: confusion matrix, reliability diagram, coverage curve.

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
        tally=abstention.tally(truth, guess, share.max(axis=1), groups),
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
