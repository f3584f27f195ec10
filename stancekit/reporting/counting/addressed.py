"""Whom posts are at: answered, quoted or addressed by the writer's own hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from stancekit.events.corpus import Corpus, corpus_of
from stancekit.events.reading import batches_of
from stancekit.labels import LABELS
from stancekit.reporting import pictures
from stancekit.reporting.walking import Posts
from stancekit.show.cells import one_line
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class Addressed(OnSheet):
    """The accounts that most others were at; made by `stancekit.reporting.most_addressed`.

    Attributes
    ----------
    table : DataFrame
        ``account``, ``posts`` at it, ``accounts`` that wrote these, and for each of the four
        labels how many posts have it.
    chain_known : float
        Share of posts with mentions of which the source tells the writer's own from inherited.
    """

    table: pd.DataFrame
    chain_known: float

    def to_frame(self) -> pd.DataFrame:
        """Return the `table`."""
        return self.table.copy()

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the posts at each account by label."""
        return pictures.most_used(self.table.drop(columns="accounts"), "posts at an account", ax)

    @property
    def notes(self) -> tuple[str, ...]:
        """What counts."""
        said = (
            "answers, quotations and mentions by the writer's own hand; a mention that a reply "
            "inherits from its thread counts for nothing"
        )
        if self.chain_known < 1:
            return (
                said,
                f"of {1 - self.chain_known:.0%} of the posts with mentions the source does not "
                "tell which are inherited: there only the account that a text begins with counts",
            )
        return (said,)

    def _sheet(self) -> Sheet:
        rows = [["account", *self.table.columns[1:]]]
        rows += [
            [one_line(str(name), 40), *(f"{one:,}" for one in counts)]
            for name, *counts in self.table.itertuples(index=False)
        ]
        return Sheet(["Most addressed accounts", *self.notes], [Table(rows)])


def most_addressed(posts: Posts, *, n: int = 20) -> Addressed:
    """Count the posts at each account, and who wrote them.

    Parameters
    ----------
    posts : DataFrame, str or Path
        A table labelled with the four labels, or the path of one that a run wrote.
    n : int
        How many accounts.

    Examples
    --------
    >>> import pandas as pd
    >>> from stancekit.reporting import most_addressed
    >>> posts = pd.DataFrame({"author": ["ada", "bo", "bo"], "label": ["critical"] * 3,
    ...                       "reply_to_author": ["cy", "cy", "cy"]})
    >>> most_addressed(posts).to_frame()[["account", "posts", "accounts"]].values.tolist()
    [['cy', 3, 2]]
    """
    return addressed_in(corpus_of(batches_of(posts)), n)


def addressed_in(corpus: Corpus, n: int = 20) -> Addressed:
    """Count it of a corpus."""
    direct = corpus.contacts.direct
    posts = np.bincount(direct.target, minlength=len(corpus.accounts))
    chosen = np.argsort(-posts, kind="stable")[:n]
    chosen = chosen[posts[chosen] > 0]
    rows = []
    for target in chosen.tolist():
        at = direct.post[direct.target == target]
        label = np.bincount(corpus.label[at] + 1, minlength=len(LABELS) + 1)[1:]
        writers = corpus.author[at]
        unknown = int((writers < 0).sum())
        accounts = len(np.unique(writers[writers >= 0])) + unknown
        rows.append([corpus.accounts[target], len(at), accounts, *label.tolist()])
    table = pd.DataFrame(rows, columns=["account", "posts", "accounts", *LABELS])
    return Addressed(table, corpus.chain_known)
