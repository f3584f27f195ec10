"""Examples of each label: at random within strata of confidence, each text once, none at length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import ArgumentError
from stancekit.labels import EVIDENCE
from stancekit.posts.table import column_of
from stancekit.reporting.walking import Hashes, Posts, Seen, hashes, walk
from stancekit.text.hashing import mix

if TYPE_CHECKING:
    import numpy.typing as npt

#: Examples of a label at most, and characters of each.
MOST: Final = 50
LONGEST: Final = 300
#: Where confidence is cut into strata; what says nothing of it is one of its own.
CUTS: Final = (0.5, 0.7, 0.9)


@dataclass(frozen=True)
class Example:
    """A post that stands for others.

    Attributes
    ----------
    label : str
    confidence : float
        NaN where the table says nothing of it.
    text : str
        Cut at 300 characters, where a ``…`` stands.
    evidence : tuple of str
        Words that speak for the label, where the table names them.
    """

    label: str
    confidence: float
    text: str
    evidence: tuple[str, ...] = ()


def examples(posts: Posts, *, n: int = 20, seed: int = 0) -> pd.DataFrame:
    """Draw examples of each label at random within strata of confidence, none worst or best.

    Parameters
    ----------
    posts : DataFrame, str or Path
        A labelled table, or the path of one that a run wrote.
    n : int
        How many of each label, 50 at most.
    seed : int

    Returns
    -------
    DataFrame
        ``label``, ``confidence``, ``text`` (cut at 300 characters), ``evidence`` (words that speak
        for the label, if the table names them); by label, the least sure first. Reposts are left
        out, and a text stands there once, however often it was posted.
    """
    sampling = Sampling(n, seed)
    walk(posts, [sampling])
    return pd.DataFrame(sampling.found(), columns=["label", "confidence", "text", "evidence"])


class Sampling:
    """Keeps, for each label and stratum, the posts whose texts hash lowest."""

    def __init__(self, n: int = 20, seed: int = 0) -> None:
        if type(n) is not int or not 0 <= n <= MOST:
            raise ArgumentError(f"examples is {n!r}: give a number of posts, 0 to {MOST} a label")
        self._n, self._seed = n, np.uint64(mix(np.array([seed], np.uint64))[0])
        self._kept: dict[tuple[int, int], dict[int, tuple[float, str, str]]] = {}
        self._classes: tuple[str, ...] = ()

    def add(self, seen: Seen) -> None:
        """Take in some posts."""
        self._classes = seen.classes
        if not self._n:
            return
        plain = pc.utf8_lower(pc.utf8_trim_whitespace(seen.text.fill_null("")))
        order = mix(hashes(plain) ^ self._seed)
        usable = (seen.label >= 0) & ~seen.repost
        usable &= np.asarray(pc.not_equal(plain, "").to_numpy(zero_copy_only=False), bool)
        stratum = strata(seen.confidence)
        evidence = column_of(seen.batch, EVIDENCE).cast(pa.string())
        for label in np.unique(seen.label[usable]).tolist():
            for own in np.unique(stratum[usable & (seen.label == label)]).tolist():
                at = np.flatnonzero(usable & (seen.label == label) & (stratum == own))
                self._keep(seen, evidence, (label, own), order, at)

    def _keep(
        self,
        seen: Seen,
        evidence: pa.Array,
        key: tuple[int, int],
        order: Hashes,
        at: npt.NDArray[np.int64],
    ) -> None:
        kept = self._kept.setdefault(key, {})
        first = np.unique(order[at], return_index=True)[1][: self._n]
        for place in at[first].tolist():
            rank = int(order[place])
            if rank in kept or (len(kept) == self._n and rank > max(kept)):
                continue
            text = seen.text[place].as_py()
            kept[rank] = (
                float(seen.confidence[place]),
                shortened(text),
                evidence[place].as_py() or "",
            )
            if len(kept) > self._n:
                del kept[max(kept)]

    def found(self) -> list[Example]:
        """Give the examples: as many of each stratum as there are, by turns."""
        examples = []
        for label, name in enumerate(self._classes):
            piles = [
                [kept[rank] for rank in sorted(kept)]
                for (own, _), kept in sorted(self._kept.items())
                if own == label
            ]
            turns = [pile[turn] for turn in range(self._n) for pile in piles if turn < len(pile)]
            chosen = sorted(turns[: self._n], key=lambda it: (np.nan_to_num(it[0], nan=-1), it[1]))
            examples += [Example(name, sure, text, spoken(why)) for sure, text, why in chosen]
        return examples


def shortened(text: str) -> str:
    """Cut a text at 300 characters.

    >>> len(shortened("so " * 200))
    300
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def strata(confidence: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the stratum of each post; -1 where nothing is said of its confidence.

    >>> strata(np.array([0.4, 0.7, 0.95, np.nan])).tolist()
    [0, 2, 3, -1]
    """
    return np.where(np.isnan(confidence), -1, np.searchsorted(CUTS, confidence, "right"))


def spoken(evidence: str) -> tuple[str, ...]:
    """Return the words that speak for a label, of a cell of the column ``evidence``.

    >>> spoken("+what a clown +liar −thanks")
    ('what a clown', 'liar')
    >>> spoken("")
    ()
    """
    parts = f" {evidence}".replace(" −", "\0−").replace(" +", "\0+").split("\0")
    return tuple(part[1:] for part in parts if part.startswith("+") and len(part) > 1)
