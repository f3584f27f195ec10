"""What agreement is: one value to print, to show, to draw, to take numbers from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from stancekit.labels import ClassName
from stancekit.show import plots
from stancekit.show.cells import one_line
from stancekit.show.sheet import Sheet
from stancekit.show.shown import OnSheet
from stancekit.study.agreeing import rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class Agreement(OnSheet):
    """How far annotators agree; made by `stancekit.agreement`.

    Attributes
    ----------
    level : str
        ``nominal`` or ``ordinal``.
    alpha : float
        Krippendorff's alpha: 1 where all agree, 0 where they agree as by chance; NaN if it is
        not defined, and `notes` say why.
    interval : tuple of float
        Its 95 % interval, posts drawn again.
    labels : tuple
        The labels, in order.
    by_label : DataFrame
        A row a label: ``annotations``; ``agreement``, how often another annotator of the post
        gave the label, too, where one did (specific agreement), with its interval.
    annotators : DataFrame
        A row an annotator that has a name: ``annotations``, ``shared`` (posts that others
        labelled, too), ``agreement`` (share of the others' labels of those that are the same),
        and the share of each label, ``share_…``.
    pairs : DataFrame
        Cohen's kappa of every two annotators with 30 common posts or more.
    confusion : DataFrame
        Pairs of labels on one post, label by label: each post counts as its annotators.
    disagreements : DataFrame
        Posts on which annotators differ, those first on which they differ most, at most 1,000:
        ``item_id``, ``text``, ``annotators``, ``disagreement`` (share of pairs that differ), and
        the ``labels`` given.
    posts, shared, annotations : int
        Posts; those with two annotators or more; annotations.
    notes : tuple of str
        What could not be computed and why, what was left out, how the table was read.
    """

    level: str
    alpha: float
    interval: tuple[float, float]
    labels: tuple[ClassName, ...]
    by_label: pd.DataFrame
    annotators: pd.DataFrame
    pairs: pd.DataFrame
    confusion: pd.DataFrame
    disagreements: pd.DataFrame
    posts: int
    shared: int
    annotations: int
    notes: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return alpha and the agreement on each label: measure, label, value, low, high."""
        low, high = self.interval
        first = pd.DataFrame(
            {"measure": ["alpha"], "label": [""], "value": [self.alpha], "low": low, "high": high}
        )
        each = self.by_label.rename(columns={"agreement": "value"})
        each = each.assign(measure="agreement", label=each["label"].astype(str))
        return pd.concat([first, each[list(first)]], ignore_index=True)

    def _sheet(self) -> Sheet:
        title = (
            f"Agreement on {self.shared:,} of {self.posts:,} posts, {self.annotations:,} "
            f"annotations: alpha {rows.number(self.alpha)}{rows.between(*self.interval)} "
            f"({self.level})"
        )
        tables = rows.tables(self.by_label, self.annotators, self.pairs, self.disagreements)
        return Sheet([title, *map(one_line, self.notes)], tables)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw alpha and the agreement on each label, with their 95 % intervals."""
        ax = plots.axes(ax, (6.4, 1.2 + 0.45 * (1 + len(self.labels))))
        table = self.to_frame()
        names = ["alpha", *map(str, self.by_label["label"])]
        plots.intervals(names, table["value"], (table["low"], table["high"]), ax)
        ax.set(xlabel="agreement", title="Agreement of annotators, 95 % intervals")
        return ax
