"""What a model's scores on labelled posts say, and what they do not: one value to print or show.

A Report is plain numbers (so two compare with ==, and JSON brings back the same one); tables
are made from them on demand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from stancekit.errors import FormatError, InputError
from stancekit.scores import rows
from stancekit.scores.calibration import error_by_chance
from stancekit.scores.coverage import Kept, Tally, coverage, kept, thresholds
from stancekit.scores.frames import class_frame, confusion_frame, tidy_frame
from stancekit.scores.metrics import Interval
from stancekit.scores.pictures import draw
from stancekit.scores.report_values import check_values
from stancekit.show.cells import one_line, short
from stancekit.show.latex import latex_table
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FORMAT: Final = 1
#: What `Report.bins` holds of each bin.
BIN: Final = ("posts", "lowest", "highest", "confidence", "accuracy")
#: More classes do not fit a terminal's line; the worst mix-ups are listed instead.
_WIDEST_MATRIX: Final = 8
#: Precisions whose thresholds are shown.
_WANTED: Final = (0.8, 0.9)
_MATRIX: Final = "True (rows) and predicted (columns)"
_REACHES: Final = "Confidence from which a label is right as often as wanted, and labels kept"


@dataclass(frozen=True)
class Report(Shown):
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
        return confusion_frame(self.classes, self.counts)

    @property
    def per_class(self) -> pd.DataFrame:
        """Precision, recall, F1 with its interval, and posts by truth and by prediction."""
        return class_frame(self.classes, self.counts, self.f1)

    @property
    def reliability(self) -> pd.DataFrame:
        """Confidence against accuracy in bins of about equally many posts."""
        return pd.DataFrame(self.bins, columns=list(BIN)).astype({"posts": "int64"})

    @property
    def coverage(self) -> pd.DataFrame:
        """Share of posts kept, and their accuracy, macro-F1 and precision by class.

        A row for each ``threshold``, the least confidence asked for, as it rises; macro-F1 is
        that of the posts kept.
        """
        return coverage(self._kept, self.classes)

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
        precision is on average below the one wanted. On the posts the model `fast` is trained
        on, at precision .9: by less than .005 with 3,000 posts and more, .005 to .025 with 1,000,
        .02 to .07 with 500; the interval held 92 to 98 times in 100 all the same. On posts of
        another kind it can be anything.

        Examples
        --------
        >>> from stancekit.scores.scoring import make_report
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
        table = thresholds(self._kept, self.classes, precision)
        if label is None:
            return table
        if label not in self.classes:
            names = ", ".join(map(repr, self.classes))
            raise InputError(f"label is {label!r}: give one of {names}, or None for all")
        return table.loc[[label]]

    @property
    def ece_by_chance(self) -> float:
        """Calibration error to expect of perfect probabilities on as many posts, by chance."""
        return error_by_chance(self.reliability)

    @property
    def _kept(self) -> Kept:
        return kept(self.tally, len(self.classes))

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
        check_values(data)
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

    def to_frame(self) -> pd.DataFrame:
        """Give the scores, a row each.

        Returns
        -------
        pandas.DataFrame
            ``metric`` and ``label`` (missing for those of all labels together); ``value``, with
            the ends of its interval, ``low`` and ``high`` (NaN where there is none); and
            ``posts``, how many it rests on: for precision those given the label, for recall and
            F1 those truly of it.

        Examples
        --------
        >>> from stancekit.scores.scoring import make_report
        >>> proba = [[0.9, 0.1], [0.2, 0.8]] * 30
        >>> report = make_report(["a", "b"] * 30, proba, "ab", how="Made up.")
        >>> report.to_frame().query("metric == 'f1'")[["label", "value", "posts"]]
          label  value  posts
        7     a    1.0     30
        8     b    1.0     30
        """
        overall = {
            "macro_f1": self.macro_f1,
            "accuracy": self.accuracy,
            "calibration_error": Interval(self.ece, None, None),
        }
        return tidy_frame(overall, self.per_class, self.posts)

    def to_markdown(self) -> str:
        """Give the report as Markdown, with all its tables."""
        matrix = Table(rows.matrix_rows(self.classes, self.counts), _MATRIX)
        return self._sheet(matrix).markdown()

    def to_latex(self) -> str:
        """Give the scores by class as a LaTeX table for booktabs, all else in its caption."""
        caption = " ".join(f"{one_line(line).rstrip('.')}." for line in self._lines())
        return latex_table(rows.class_rows(self.per_class, self.macro_f1.level), caption)

    def __str__(self) -> str:
        matrix = Table(rows.matrix_rows(self.classes, self.counts), _MATRIX)
        if len(self.classes) > _WIDEST_MATRIX:
            mixed = rows.mix_up_rows(self.classes, self.counts)
            matrix = Table(mixed, "Most often mixed up")
        return self._sheet(matrix).text()

    def _repr_html_(self) -> str:
        return self._sheet(
            Table(rows.matrix_rows(self.classes, self.counts), _MATRIX, self.counts)
        ).html()

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the confusion matrix, the reliability diagram and the coverage curve, abreast.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            Whose place the three take; one in a new figure of a size that fits if not given.

        Returns
        -------
        Axes
            `ax`, hidden behind the three; ``ax.figure.savefig(...)`` writes them.

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        return draw(self.classes, self.counts, self.reliability, self.ece, self.coverage, ax)

    def _sheet(self, matrix: Table) -> Sheet:
        shown = self.classes if len(self.classes) <= _WIDEST_MATRIX else ()
        surest = "Keeping only the surest" + (", with precision by class" if shown else "")
        reached = {wanted: self.threshold_for(wanted) for wanted in _WANTED}
        tables = [
            Table(rows.class_rows(self.per_class, self.macro_f1.level)),
            matrix,
            Table(rows.coverage_rows(self.coverage, shown), surest),
            Table(rows.threshold_rows(reached), _REACHES),
        ]
        return Sheet(self._lines(), [table for table in tables if len(table.rows) > 1])

    def _lines(self) -> list[str]:
        grouped = "" if self.groups is None else f" in {self.groups:,} groups of near-duplicates"
        lines = [
            f"{self.posts:,} posts{grouped}",
            one_line(self.how),
            f"macro-F1 {rows.with_interval(self.macro_f1)}",
            f"accuracy {rows.with_interval(self.accuracy)}",
            f"calibration error {rows.score(self.ece)} (0: confidence is how often the label is "
            f"right; {rows.score(self.ece_by_chance)} is chance on this many posts)",
        ]
        if self.dropped:
            reasons = ", ".join(f"{short(why)} {n:,}" for why, n in self.dropped.items())
            lines.append(f"left out: {reasons}")
        return lines
