"""Which posts use which keys: hashtags, links or phrases, as arrays."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stancekit.events.storms.pairs import Ints, distinct, packed, parted


@dataclass(frozen=True, eq=False)
class Uses:
    """Posts and their keys, a row a post and key, ordered by key and post; no row twice.

    Attributes
    ----------
    post, key : ndarray of int32, shape (u,)
        Place of the post in the corpus, and of the key in `names`.
    names : sequence of str, length k
        Keys as most posts write them; in the order of their folded form.
    """

    post: Ints
    key: Ints
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.post)

    def __getitem__(self, which: npt.NDArray[np.bool_]) -> Uses:
        return Uses(self.post[which], self.key[which], self.names)

    def recoded(self, to: Ints) -> Uses:
        """Give keys other places, several perhaps the same one; what has none (-1) is left out."""
        key = to[self.key]
        own, post = parted(distinct(packed(key[key >= 0], self.post[key >= 0])))
        return Uses(post, own, self.names)


class Keys:
    """Keys that come batch by batch, beside the posts that `corpus.Gathering` takes in.

    Parameters
    ----------
    fold
        Gives the form that all spellings of one key share.
    as_written
        Whether a key is called as most posts write it, or by that form.
    """

    def __init__(self, fold: Callable[[str], str], *, as_written: bool = True) -> None:
        self._fold, self._as_written = fold, as_written
        self._rows: list[Ints] = []
        self._written: list[pa.Array] = []
        self._count = 0

    def add(self, size: int, rows: Ints, written: pa.Array) -> None:
        """Take in the keys of so many posts, of the rows given, a row as often as it has keys."""
        self._rows.append(rows + np.int32(self._count))
        self._written.append(written.cast(pa.large_string()))
        self._count += size

    def uses(self) -> Uses:
        """Give what was found."""
        coded = pa.concat_arrays(self._written).dictionary_encode()
        written: list[str] = coded.dictionary.to_pylist()
        spelling = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32)
        folded = [self._fold(one) for one in written]
        place = {form: place for place, form in enumerate(sorted({*folded} - {""}))}
        key_of = np.array([place.get(form, -1) for form in folded], np.int32)
        how_often = np.bincount(spelling, minlength=len(written))
        names = [""] * len(place)
        for at in sorted(range(len(written)), key=lambda at: (-how_often[at], written[at])):
            if key_of[at] >= 0 and not names[key_of[at]]:
                names[key_of[at]] = written[at] if self._as_written else folded[at]
        return Uses(np.concatenate(self._rows), spelling, tuple(names)).recoded(key_of)


def folded(name: str) -> str:
    """Give what spellings of a name share: case and compatibility forms do not matter.

    >>> folded("NoTram") == folded("ＮＯＴＲＡＭ")
    True
    """
    return unicodedata.normalize("NFKC", name).casefold()
