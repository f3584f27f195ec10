"""Keys of each kind, ready to be looked at: of posts with a time, spellings merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from stancekit.events.corpus import Corpus
from stancekit.events.reading import batches_of
from stancekit.events.storms.pairs import Ints
from stancekit.events.storms.phrases import Hashes, parts_of_one, written
from stancekit.events.storms.storm import Counted
from stancekit.events.storms.uses import Uses
from stancekit.events.storms.variants import merged
from stancekit.labels import LABEL

if TYPE_CHECKING:
    import pandas as pd

#: Posts of a phrase that are read again, to see how most write it.
_READ: Final = 1_000
_TEXTS: Final = ("text", LABEL)

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Keyed:
    """Which posts use which keys.

    Attributes
    ----------
    uses : Uses
        Of posts with a time, after spellings were merged.
    counts : ndarray of int64, shape (k,)
        Posts of each key, before.
    variants : mapping of int to sequence of int
        Keys that were merged into another.
    hashes : ndarray of uint64, shape (k,), optional
        Of phrases, which have no names yet.
    has : ndarray of int32, shape (k,), optional
        A post that has the phrase.
    """

    uses: Uses
    counts: npt.NDArray[np.int64]
    variants: Mapping[int, Sequence[int]]
    hashes: Hashes | None = None
    has: Ints | None = None

    def spelt(self, key: int, names: Mapping[int, str]) -> tuple[Counted, ...]:
        """Give the other spellings of a key."""
        return tuple(
            Counted(names[other], int(self.counts[other])) for other in self.variants.get(key, ())
        )

    def names(self, posts: pd.DataFrame | str | Path, every: Mapping[int, Ints]) -> dict[int, str]:
        """Give the names of keys and of their variants.

        Parameters
        ----------
        posts
            What was read, to look phrases up in.
        every : mapping of int to ndarray of int32
            By key the places of its posts, in order of time.
        """
        wanted = {key: (key, *self.variants.get(key, ())) for key in every}
        if self.hashes is None or self.has is None:
            return {one: self.uses.names[one] for keys in wanted.values() for one in keys}
        where: dict[int, set[int]] = {}
        for key, keys in wanted.items():
            hashes = {int(self.hashes[one]) for one in keys}
            for post in every[key][:_READ].tolist():
                where.setdefault(post, set()).update(hashes)
        ways = written(batches_of(posts, _TEXTS), where)
        each = [one for keys in wanted.values() for one in keys]
        lacking = {
            int(self.has[one]): {int(self.hashes[one])}
            for one in each
            if int(self.hashes[one]) not in ways
        }
        ways |= written(batches_of(posts, _TEXTS), lacking)
        return {one: ways[int(self.hashes[one])] for one in each}


def keyed_hashtags(uses: Uses, timed: Mask, corpus: Corpus) -> Keyed:
    """Merge spellings of hashtags."""
    uses = uses[timed[uses.post]]
    to, variants = merged(uses, corpus.author)
    return Keyed(uses.recoded(to), _counts(uses), variants)


def keyed_links(uses: Uses, timed: Mask) -> Keyed:
    """Take links as they are: their forms are canonical."""
    uses = uses[timed[uses.post]]
    return Keyed(uses, _counts(uses), {})


def keyed_phrases(uses: Uses, hashes: Hashes, has: Ints, timed: Mask, floor: int) -> Keyed:
    """Merge phrases that stand in nearly the same posts."""
    uses = uses[timed[uses.post]]
    to, variants = parts_of_one(uses, floor)
    return Keyed(uses.recoded(to), _counts(uses), variants, hashes, has)


def _counts(uses: Uses) -> npt.NDArray[np.int64]:
    return np.bincount(uses.key, minlength=len(uses.names))
