"""Words, hashtags and emoji of posts, by label: what tells the labels apart, what is used most.

References
----------
Monroe, Colaresi & Quinn (2008), Fightin' words: lexical feature selection and evaluation for
identifying the content of political conflict. Political Analysis 16.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError
from stancekit.reporting import pictures
from stancekit.reporting.counting.pairs import Ints, Pairs
from stancekit.reporting.counting.written import Written
from stancekit.reporting.walking import Posts, Seen, walk
from stancekit.show.cells import one_line, short
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet
from stancekit.text.segmentation import Kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = npt.NDArray[np.float64]
Of = Literal["words", "hashtags", "emoji"]

KINDS: Final[dict[Of, Kind]] = {
    "words": Kind.WORD,
    "hashtags": Kind.HASHTAG,
    "emoji": Kind.EMOJI,
}
#: A word that fewer accounts used is theirs, and no label's.
LEAST: Final = 5
#: Weight of the prior, in words.
_PRIOR: Final = 500.0
#: |z| that is shown from.
_SURE: Final = 1.96
_LONGEST: Final = 60


@dataclass(frozen=True, eq=False)
class Distinguishing(OnSheet):
    """What is used in posts of one label more than in the others; by `stancekit.distinguishing`.

    Attributes
    ----------
    of : str
        ``words``, ``hashtags`` or ``emoji``.
    table : DataFrame
        ``label``, ``word``, ``accounts`` (that used it in posts of the label), ``others`` (in
        posts of another), ``log_odds`` and ``z``; the most distinguishing first, label by label.
    sampled : float
        Share of the accounts that were counted: below 1 where there were too many words.
    """

    of: Of
    table: pd.DataFrame
    sampled: float = 1.0

    def to_frame(self) -> pd.DataFrame:
        """Return the `table`."""
        return self.table.copy()

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the ten most distinguishing of each label, by z."""
        return pictures.distinguishing(self.table, self.of, ax)

    @property
    def notes(self) -> tuple[str, ...]:
        """How it was counted."""
        said = [
            f"log-odds against all other labels with an informative Dirichlet prior; {self.of} of "
            f"{LEAST} accounts or more with z of {_SURE} or more; each account counts once a "
            "label, reposts and mentioned names are left out"
        ]
        if self.sampled < 1:
            said.append(f"counted of a random {self.sampled:.3%} of the accounts: there are many")
        return tuple(said)

    def _sheet(self) -> Sheet:
        rows = [["label", self.of, "accounts", "others", "log-odds", "z"]]
        rows += [
            [
                short(row.label),
                one_line(str(row.word), _LONGEST),
                f"{row.accounts:,}",
                f"{row.others:,}",
                f"{row.log_odds:.2f}",
                f"{row.z:.1f}",
            ]
            for row in self.table.itertuples()
        ]
        return Sheet([f"Distinguishing {self.of}", *self.notes], [Table(rows)])


def distinguishing(posts: Posts, of: Of = "words", *, n: int = 20) -> Distinguishing:
    """Find the words, hashtags or emoji that tell posts of one label from those of the others.

    Parameters
    ----------
    posts : DataFrame, str or Path
        A labelled table, or the path of one that a run wrote.
    of : {"words", "hashtags", "emoji"}
    n : int
        How many for each label, at most.

    Returns
    -------
    Distinguishing
        Prints as a table; ``to_frame()`` gives it.

    Notes
    -----
    For a word w and a label i against all others j: δ = log[(y_iw + a_w) / (n_i + a_0 − y_iw −
    a_w)] − log[(y_jw + a_w) / (n_j + a_0 − y_jw − a_w)], var(δ) ≈ 1 / (y_iw + a_w) + 1 / (y_jw +
    a_w), z = δ / √var, where a_w is 500 times the word's share of all words, and y counts
    accounts, each once a word and label (Monroe, Colaresi & Quinn 2008).

    Examples
    --------
    >>> import pandas as pd, stancekit
    >>> texts = ["thank you"] * 60 + ["what a clown you are"] * 60
    >>> posts = pd.DataFrame({"text": texts, "label": ["supportive"] * 60 + ["dog-piling"] * 60,
    ...                       "author": [f"a{n}" for n in range(120)]})
    >>> found = stancekit.distinguishing(posts).to_frame()
    >>> found.groupby("label", sort=False)["word"].first().to_dict()
    {'supportive': 'thank', 'dog-piling': 'a'}
    """
    if of not in KINDS:
        raise ArgumentError(f"of is {of!r}: give {', '.join(map(repr, KINDS))}")
    if type(n) is not int or n < 1:
        raise ArgumentError(f"n is {n!r}: give a number, 1 or more")
    counting = Wording((of,))
    walk(posts, [counting])
    return counting.distinguishing(of, n)


@dataclass(frozen=True, eq=False)
class MostUsed(OnSheet):
    """What most accounts used; made by `stancekit.reporting.most_used`.

    Attributes
    ----------
    of : str
    table : DataFrame
        ``word``, ``accounts`` that used it, and for each label how many did in posts of it.
    sampled : float
        Share of the accounts that were counted.
    """

    of: Of
    table: pd.DataFrame
    sampled: float = 1.0

    def to_frame(self) -> pd.DataFrame:
        """Return the `table`."""
        return self.table.copy()

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the accounts by label, the most used first."""
        return pictures.most_used(self.table, self.of, ax)

    def _sheet(self) -> Sheet:
        rows = [[self.of, *map(short, self.table.columns[1:])]]
        rows += [
            [one_line(str(word), _LONGEST), *(f"{one:,}" for one in counts)]
            for word, *counts in self.table.itertuples(index=False)
        ]
        return Sheet([f"Most used {self.of}, by accounts"], [Table(rows)])


def most_used(posts: Posts, of: Of = "hashtags", *, n: int = 20) -> MostUsed:
    """Count how many accounts used each hashtag, emoji or word, and in posts of which labels.

    Parameters
    ----------
    posts, of, n
        As `distinguishing` takes them.
    """
    if of not in KINDS:
        raise ArgumentError(f"of is {of!r}: give {', '.join(map(repr, KINDS))}")
    counting = Wording((of,))
    walk(posts, [counting])
    return counting.most_used(of, n)


class Wording:
    """Counts words of some kinds; reposts are nobody's own words.

    Attributes
    ----------
    seen : bool
        Whether there was any text.
    """

    def __init__(self, kinds: tuple[Of, ...] = ("words", "hashtags", "emoji")) -> None:
        self._pairs = {of: Pairs() for of in kinds}
        self._classes: tuple[str, ...] = ()
        self.seen = False

    def add(self, seen: Seen) -> None:
        """Take in some posts."""
        self._classes = seen.classes
        if seen.text.null_count == len(seen):
            return
        self.seen = True
        counted = (seen.label >= 0) & ~seen.repost
        account = seen.account[0]
        for part, batch in seen.parts():
            label, writer = seen.label[part], account[part]
            inside = counted[part][batch.seg.post]
            for of, pairs in self._pairs.items():
                at = np.flatnonzero(inside & (batch.seg.kind == KINDS[of]))
                post, written = batch.seg.post[at], Written(batch, at)
                pairs.add(written.hashes(), writer[post], label[post], written)

    def distinguishing(self, of: Of, n: int = 20) -> Distinguishing:
        """Give what tells the labels apart."""
        words, accounts = self._pairs[of].counts(max(len(self._classes), 1))
        table = told_apart(words, accounts, self._classes, n)
        return Distinguishing(of, table, self._pairs[of].sampled)

    def most_used(self, of: Of, n: int = 20) -> MostUsed:
        """Give what most accounts used."""
        words, accounts = self._pairs[of].counts(max(len(self._classes), 1))
        users = self._pairs[of].users()
        order = sorted(np.flatnonzero(users >= LEAST), key=lambda w: (-users[w], words[w]))[:n]
        table = pd.DataFrame({"word": [words[w] for w in order], "accounts": users[order]})
        for place, name in enumerate(self._classes):
            table[name] = accounts[order, place]
        return MostUsed(of, table, self._pairs[of].sampled)


def told_apart(
    words: list[str], accounts: Ints, classes: tuple[str, ...], n: int = 20
) -> pd.DataFrame:
    """Rank the words of each label; see `Distinguishing.table`."""
    rows = []
    every = accounts.sum(axis=1)
    for place, name in enumerate(classes):
        own = accounts[:, place]
        others = every - own
        delta, z = log_odds(own, others)
        kept = np.flatnonzero((own >= LEAST) & (z >= _SURE)).tolist()
        ranked = sorted(kept, key=lambda w: (-z[w], words[w]))[:n]
        rows += [(name, words[w], own[w], others[w], delta[w], z[w]) for w in ranked]
    columns = {
        "label": "object",
        "word": "object",
        "accounts": "int64",
        "others": "int64",
        "log_odds": "float64",
        "z": "float64",
    }
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def log_odds(own: Ints, others: Ints, prior: float = _PRIOR) -> tuple[Floats, Floats]:
    """Return the log-odds of words in one group against another, and their z (Monroe et al. 2008).

    Parameters
    ----------
    own, others : ndarray of int, shape (words,)
        How often each word is used in the group, and in the other.
    prior : float
        Weight of the prior, which gives a word its share of all words.

    Examples
    --------
    >>> delta, z = log_odds(np.array([30, 100]), np.array([5, 100]))
    >>> delta.round(2).tolist(), bool(z[0] > 1.96)
    ([0.27, -0.27], False)
    """
    together = own + others
    whole = max(float(together.sum()), 1.0)
    weight = prior * together / whole + np.finfo(float).tiny
    one, other = own + weight, others + weight
    ahead = np.log(one) - np.log(np.maximum(own.sum() + prior - one, 1e-9))
    behind = np.log(other) - np.log(np.maximum(others.sum() + prior - other, 1e-9))
    delta = ahead - behind
    return delta, delta / np.sqrt(1 / one + 1 / other)
