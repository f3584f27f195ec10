"""What a labelled table holds, and what of it could not be used."""

from __future__ import annotations

from collections import Counter as Counts
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from stancekit.labels import MODEL, REASON
from stancekit.posts.table import column_of
from stancekit.reporting.walking import NO_TIME, Posts, Seen, distinct, walk
from stancekit.show.cells import one_line, short
from stancekit.show.palette import looks
from stancekit.show.plots import axes, dark, label
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOT_SAID = "not said"


@dataclass(frozen=True, eq=False)
class Tally(OnSheet):
    """How many posts a labelled table holds, of which kinds; made by `stancekit.reporting.tally`.

    Attributes
    ----------
    labels : mapping of str to int
        Posts with each label, reposts among them.
    own : mapping of str to int
        Posts with each label without reposts, as the summary of `stancekit label` counts.
    posts, labelled, reposts, accounts : int
        Posts; those that have a label; those that pass on another's; how many wrote them, as far
        as that is known.
    unlabelled : mapping of str to int
        Posts without a label by the reason that the table gives.
    without_author, without_time : int
        Posts of which one does not know who wrote them, or when.
    models, sources : mapping of str to int
        Posts by the model that labelled them, and by the format that they were read from.
    start, end : Timestamp or None
        Of the first and last post of known time.
    """

    labels: Mapping[str, int]
    own: Mapping[str, int]
    posts: int
    labelled: int
    reposts: int
    accounts: int
    unlabelled: Mapping[str, int]
    without_author: int
    without_time: int
    models: Mapping[str, int]
    sources: Mapping[str, int]
    start: pd.Timestamp | None
    end: pd.Timestamp | None

    @property
    def shares(self) -> Mapping[str, float]:
        """Counted share of each label among the posts that have one; biased, as models err."""
        return {name: posts / max(self.labelled, 1) for name, posts in self.labels.items()}

    @property
    def own_shares(self) -> Mapping[str, float]:
        """Counted share of each label among the labelled posts that are no reposts."""
        whole = max(sum(self.own.values()), 1)
        return {name: posts / whole for name, posts in self.own.items()}

    def to_frame(self) -> pd.DataFrame:
        """Return a row a count: ``what``, ``of``, ``posts``."""
        rows = [
            ("posts", "all", self.posts),
            ("posts", "labelled", self.labelled),
            ("posts", "reposts", self.reposts),
            ("posts", "without author", self.without_author),
            ("posts", "without time", self.without_time),
        ]
        kinds = (
            ("label", self.labels),
            ("label, no reposts", self.own),
            ("no label", self.unlabelled),
            ("model", self.models),
            ("source", self.sources),
        )
        rows += [(what, of, posts) for what, found in kinds for of, posts in found.items()]
        return pd.DataFrame(rows, columns=["what", "of", "posts"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the counted shares of labels as bars."""
        names = list(self.labels)
        ax = axes(ax, (6.4, 0.5 * len(names) + 1.2))
        colours = [look.on(dark(ax)) for look in looks(names)]
        ax.barh(range(len(names)), list(self.shares.values()), color=colours)
        ax.set_yticks(range(len(names)), [label(name) for name in names])
        ax.set_ylim(len(names) - 0.5, -0.5)
        ax.set(xlabel="counted share of labelled posts (not corrected)", xlim=(0, None))
        return ax

    def _sheet(self) -> Sheet:
        shares, own = self.shares, self.own_shares
        rows = [["label", "posts", "counted share"]]
        rows += [
            [short(name), f"{posts:,}", f"{shares[name]:.1%}"]
            for name, posts in self.labels.items()
        ]
        if self.reposts:
            rows[0] += ["own posts", "their share"]
            for row, name in zip(rows[1:], self.labels, strict=True):
                row += [f"{self.own[name]:,}", f"{own[name]:.1%}"]
        lines = [f"{self.posts:,} posts, {self.labelled:,} labelled, {self.reposts:,} reposts"]
        lines += [f"no label: {one_line(why)}: {n:,}" for why, n in self.unlabelled.items()]
        lines += [f"model: {one_line(name)}: {n:,}" for name, n in self.models.items()]
        return Sheet(lines, [Table(rows)])


def tally(posts: Posts) -> Tally:
    """Count what a labelled table holds.

    Parameters
    ----------
    posts : DataFrame, str or Path
        A labelled table, or the path of one that a run wrote.

    Examples
    --------
    >>> import pandas as pd
    >>> from stancekit.reporting import tally
    >>> posts = pd.DataFrame({"label": ["neutral", None], "kind": ["post", "repost"]})
    >>> found = tally(posts)
    >>> found.posts, found.labelled, found.reposts, found.without_author
    (2, 1, 1, 2)
    """
    counting = Tallying()
    walk(posts, [counting])
    return counting.found()


class Tallying:
    """Counts what there is."""

    def __init__(self) -> None:
        self._labels: Counts[str] = Counts()
        self._own: Counts[str] = Counts()
        self._classes: tuple[str, ...] = ()
        self._reasons: Counts[str] = Counts()
        self._models: Counts[str] = Counts()
        self._sources: Counts[str] = Counts()
        self._posts = self._reposts = self._without_author = self._without_time = 0
        self._accounts = np.empty(0, np.uint64)
        self._ends: list[int] = []

    def add(self, seen: Seen) -> None:
        """Take in some posts."""
        self._classes = seen.classes
        self._posts += len(seen)
        codes = np.bincount(seen.label + 1, minlength=len(seen.classes) + 1).tolist()
        self._labels.update(dict(zip(seen.classes, codes[1:], strict=True)))
        kept = seen.label[~seen.repost] + 1
        own = np.bincount(kept, minlength=len(seen.classes) + 1).tolist()
        self._own.update(dict(zip(seen.classes, own[1:], strict=True)))
        none = seen.batch.filter(pc.equal(seen.label, -1)) if codes[0] else seen.batch.slice(0, 0)
        for counts, batch, name in (
            (self._reasons, none, REASON),
            (self._models, seen.batch, MODEL),
            (self._sources, seen.batch, "source_format"),
        ):
            column = column_of(batch, name).cast("string").fill_null(NOT_SAID)
            for one in pc.value_counts(column).to_pylist():
                counts[one["values"]] += one["counts"]
        account, known = seen.account
        self._accounts = distinct(np.concatenate([self._accounts, account[known]]))
        self._reposts += int(seen.repost.sum())
        self._without_author += int((~known).sum())
        times = seen.seconds[seen.seconds != NO_TIME]
        self._without_time += len(seen) - len(times)
        if len(times):
            self._ends += [int(times.min()), int(times.max())]
            self._ends = [min(self._ends), max(self._ends)]

    def found(self) -> Tally:
        """Give what was counted."""
        ends = [pd.Timestamp(end, unit="s", tz="UTC") for end in self._ends]
        return Tally(
            labels={name: self._labels[name] for name in self._classes},
            own={name: self._own[name] for name in self._classes},
            posts=self._posts,
            labelled=sum(self._labels.values()),
            reposts=self._reposts,
            accounts=len(self._accounts),
            unlabelled=dict(self._reasons.most_common()),
            without_author=self._without_author,
            without_time=self._without_time,
            models=dict(self._models.most_common()),
            sources=dict(self._sources.most_common()),
            start=ends[0] if ends else None,
            end=ends[1] if ends else None,
        )
