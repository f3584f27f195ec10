"""What an evaluation found: one value to print, show, draw, publish or take numbers from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from stancekit.scores import rows
from stancekit.scores.comparison import Comparison
from stancekit.scores.report import Report
from stancekit.show import plots
from stancekit.show.cells import short
from stancekit.show.latex import latex_table
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import Shown
from stancekit.show.tables import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The column of slices that tells posts a model was trained on from the others.
SEEN: Final = "seen in training"


@dataclass(frozen=True, eq=False)
class Evaluation(Shown):
    """Models on labelled posts; made by `stancekit.evaluate`.

    Attributes
    ----------
    reports : dict of str to Report
        Of each model, by name.
    comparison : Comparison or None
        Of several models, each with the first.
    slices : DataFrame
        A row a part of the posts: ``model``, ``by`` (the column, or ``seen in training``),
        ``value``, ``posts``, ``macro_f1`` and ``accuracy`` with the ends of their 95 %
        intervals, ``_low`` and ``_high`` (NaN where a part is one group).
    errors : DataFrame
        Posts labelled wrong under the caller's index, the surest first, 10,000 a model at most:
        ``text``, ``true``, ``predicted``, ``confidence``, ``evidence`` (the words that speak most
        for the wrong label; with an encoder, of the 50 surest mistakes), ``slice``
        (``column=value``) and ``model``.
    seen : dict of str to int
        Posts that stood in a model's training data, of the models of which that is known.
    """

    reports: Mapping[str, Report]
    comparison: Comparison | None
    slices: pd.DataFrame
    errors: pd.DataFrame
    seen: Mapping[str, int]

    @property
    def report(self) -> Report:
        """The first model's report."""
        return next(iter(self.reports.values()))

    def to_frame(self) -> pd.DataFrame:
        """Give the scores of all models: ``model`` and the columns of `Report.to_frame`."""
        return pd.concat(
            [report.to_frame().assign(model=name) for name, report in self.reports.items()],
            ignore_index=True,
        )

    def to_markdown(self) -> str:
        """Give all of it but the errors as Markdown."""
        parts = [f"## {short(n)}\n\n{r.to_markdown()}" for n, r in self.reports.items()]
        if self.comparison is not None:
            parts.insert(0, self.comparison.to_markdown())
        if self._sliced():
            parts.append(self._rest().markdown())
        return "\n\n".join(parts)

    def to_latex(self) -> str:
        """Give the tables of a paper for booktabs: comparison, scores by class, slices."""
        parts = [report.to_latex() for report in self.reports.values()]
        if self.comparison is not None:
            parts.insert(0, self.comparison.to_latex())
        parts += [latex_table(table.rows, table.caption) for table in self._sliced()]
        return "\n\n".join(parts)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the comparison of several models, or else the report of one.

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        return (self.comparison or self.report).plot(ax)

    def plot_slices(self, ax: Axes | None = None) -> Axes:
        """Draw the first model's macro-F1 on each part, with its interval."""
        name = next(iter(self.reports))
        own = self.slices[self.slices["model"] == name]
        ax = plots.axes(ax, (6.4, 1.2 + 0.35 * len(own)))
        if len(own):
            names = [f"{row.by}: {row.value} ({row.posts:,})" for row in own.itertuples()]
            ends = own["macro_f1_low"].to_numpy(), own["macro_f1_high"].to_numpy()
            plots.intervals(names, own["macro_f1"].to_numpy(), ends, ax)
        ax.set(xlabel=f"macro-F1 of {plots.label(name)}")
        return ax

    def __str__(self) -> str:
        shown: list[Shown] = [*([self.comparison] if self.comparison else [])]
        shown += self.reports.values()
        return "\n\n".join([*map(str, shown), self._rest().text()])

    def _repr_html_(self) -> str:
        shown: list[Shown] = [*([self.comparison] if self.comparison else [])]
        shown += self.reports.values()
        return "".join(part._repr_html_() for part in shown) + self._rest().html()

    def _rest(self) -> Sheet:
        wrong = self.errors.groupby("model", sort=False).size().to_dict()
        lines = [f"{short(n)}: {c:,} posts labelled wrong in .errors" for n, c in wrong.items()]
        lines += [
            f"{short(name)}: {count:,} of the posts stood in its training data"
            for name, count in self.seen.items()
            if count
        ]
        unknown = [short(name) for name in self.reports if name not in self.seen]
        if unknown:
            lines.append(f"what {', '.join(unknown)} was trained on is not known")
        return Sheet(lines or ["no post labelled wrong"], self._sliced())

    def _sliced(self) -> list[Table]:
        return [
            Table(_slice_rows(part), f"By {short(name)}")
            for name, part in self.slices.groupby("by", sort=False)
        ]


def _slice_rows(part: pd.DataFrame) -> Rows:
    return [
        ["value", "model", "posts", "macro-F1", "95% interval", "accuracy", "95% interval"],
        *(
            [
                short(row["value"]),
                short(row["model"]),
                f"{row['posts']:,}",
                rows.score(row["macro_f1"]),
                rows.ends(row["macro_f1_low"], row["macro_f1_high"]),
                rows.score(row["accuracy"]),
                rows.ends(row["accuracy_low"], row["accuracy_high"]),
            ]
            for row in part.to_dict("records")
        ),
    ]
