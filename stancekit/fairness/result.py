"""What an audit found: one value to print, show, save or put into a model card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from stancekit.fairness.rows import side_rows, test_rows
from stancekit.fairness.summary import ALL, HELD_OUT, LISTED
from stancekit.show import plots
from stancekit.show.cells import short
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import Shown
from stancekit.show.tables import markdown_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIDES: Final = "Does one camp get a label more often? The same texts, names swapped"


@dataclass(frozen=True, eq=False)
class Audit(Shown):
    """What an audit of a model found; made by `stancekit.audit`.

    Attributes
    ----------
    model : str
        The model's name.
    digest : str
        Its digest; "" where it has none.
    seed : int
        Of the bootstrap, and of the draw of cases.
    cases : DataFrame
        A row a case: ``test``, ``kind`` (invariance or direction), ``names`` (the set), whether
        they are ``held_out``, number of the ``template``, what is ``expect``-ed, whether names are
        ``swapped`` (or else the text changed), what the template is ``written_as``, ``left_name``,
        ``right_name``, the texts ``left`` and ``right``, ``left_label``, ``right_label``, a
        ``p_left_`` and a ``p_right_`` column for each label, ``failed``, and the ``change`` of the
        probability of the expected label (for ``same``: the greatest of any label, unsigned).
    summary : DataFrame
        A row a test and a row each of its ``part`` s: ``kind``, ``cases``, ``templates``,
        ``failures``, ``failure_rate`` with ``_low`` and ``_high`` (95 %, templates resampled),
        ``mean_change`` and ``p95_change`` (of the absolute change of probability), ``shift`` (the
        signed mean, with its interval; NaN where every label counts), and ``as_written``: the share
        of first texts that get the label the template was written for.
    sides : DataFrame
        For each set of swapped names and each label: its share among the texts with the names of
        the ``left`` camp and of the ``right``, their ``difference`` (right less left) and the mean
        ``shift`` of the probability, both with 95 % intervals.
    left_out : mapping of str to int
        Cases that were left out, by test: the model has no such label.
    """

    model: str
    digest: str
    seed: int
    cases: pd.DataFrame
    summary: pd.DataFrame
    sides: pd.DataFrame
    left_out: Mapping[str, int]

    @property
    def failures(self) -> pd.DataFrame:
        """The cases that failed, the columns of `cases`."""
        return self.cases[self.cases["failed"]].reset_index(drop=True)

    @property
    def by_name(self) -> pd.DataFrame:
        """Pairs of names and the labels that flip with them: cases, failures, rate; most first.

        A case with two pairs of names counts for both.
        """
        same = self.cases[self.cases["swapped"] & (self.cases["expect"] == "same")]
        pair = ["left_name", "right_name"]
        each = same.assign(**{name: same[name].str.split(" + ", regex=False) for name in pair})
        grouped = each.explode(pair).groupby(["names", *pair], sort=False)["failed"]
        table = grouped.agg(cases="size", failures="sum", failure_rate="mean").reset_index()
        return table.astype({"failures": "int64"}).sort_values(
            ["failures", "failure_rate"], ascending=False, kind="stable", ignore_index=True
        )

    def to_dict(self) -> dict[str, Any]:
        """Return summary and sides as a dict for ``json.dumps``; missing numbers are None."""
        frames = {
            name: json.loads(table.to_json(orient="records", double_precision=6))
            for name, table in (("summary", self.summary), ("sides", self.sides))
        }
        return {
            "model": self.model,
            "digest": self.digest,
            "seed": self.seed,
            **frames,
            "left_out": dict(self.left_out),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return the `summary`: a row a test and each of its parts, rates with their intervals."""
        return self.summary.copy()

    def to_markdown(self) -> str:
        """Return a short table, for a model card: tests as a whole, and parts by their names."""
        part = self.summary["part"]
        wanted = part.isin([ALL, LISTED, HELD_OUT, *self.sides["names"]])
        return markdown_table(test_rows(self.summary[wanted], "– "))

    def __str__(self) -> str:
        return self._sheet("  ").text()

    def _repr_html_(self) -> str:
        return self._sheet("\N{EM SPACE}").html()

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw each test's rate of failures with its 95 % interval.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            In a new figure if not given.

        Returns
        -------
        Axes

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        tests = self.summary[self.summary["part"] == ALL]
        ax = plots.axes(ax, (6.4, 1.6 + 0.3 * len(tests)))
        interval = tests["failure_rate_low"], tests["failure_rate_high"]
        plots.intervals(tests["test"].tolist(), tests["failure_rate"], interval, ax)
        ax.set(xlabel="share of cases that fail, 95% interval", title=self._name())
        ax.set_xlim(left=0)
        return ax

    def _sheet(self, indent: str) -> Sheet:
        tables = [Table(test_rows(self.summary, indent), "What fails, by test")]
        if len(self.sides):
            tables.append(Table(side_rows(self.sides), _SIDES))
        return Sheet(self._lines(), tables)

    def _lines(self) -> list[str]:
        lines = [
            f"Audit of {self._name()}: {len(self.cases):,} cases from "
            f"{self.cases['template'].nunique():,} templates",
            "A case fails when the label changes that should stay, or does not go where it should.",
            f"95% intervals draw whole templates (seed {self.seed}); Δp is the change of "
            "probability.",
        ]
        if self.left_out:
            tests = ", ".join(f"{short(test)} {n:,}" for test, n in self.left_out.items())
            lines.append(f"left out, for the model has no such label: {tests}")
        return lines

    def _name(self) -> str:
        return short(self.model) + (f"@{self.digest[:12]}" if self.digest else "")
