"""Accounts by their place in a list, whatever they are called by: name, spelling or id."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stancekit.posts.removed import removal

NOBODY: Final = -1
"""Place of an account that is missing or deleted."""


class Accounts:
    """Names and ids as they come, each with its place; case and an ``@`` do not matter.

    Examples
    --------
    >>> accounts = Accounts()
    >>> accounts.places(pa.array(["Ada", "@ada", None, "bo"])).tolist()
    [0, 0, -1, 1]
    """

    def __init__(self) -> None:
        self._place: dict[str, int] = {}
        self._written: list[str] = []
        self._named: dict[int, int] = {}  # place of an id → place of its name

    def places(self, names: pa.Array) -> npt.NDArray[np.int32]:
        """Give the place of each name, `NOBODY` where it is missing or empty."""
        coded = names.dictionary_encode()
        known = [self._place_of(name) for name in coded.dictionary.to_pylist()]
        places = np.array([*known, NOBODY], np.int32)
        found: npt.NDArray[np.int32] = places[
            coded.indices.fill_null(len(known)).to_numpy(zero_copy_only=False)
        ]
        return found

    def authors(self, names: pa.Array, ids: pa.Array) -> npt.NDArray[np.int32]:
        """Give the places of writers; who has no name goes by the id, and is known by both."""
        named, by_id = self.places(names), self.places(ids)
        both = (named >= 0) & (by_id >= 0)
        pairs = np.unique(np.stack([by_id[both], named[both]]), axis=1)
        self._named.update(zip(*pairs.tolist(), strict=True))
        return np.where(named >= 0, named, by_id)

    def same(self) -> npt.NDArray[np.int32]:
        """Give, for each place, that of the name whose id it is; for most their own."""
        same = np.arange(len(self._written), dtype=np.int32)
        for of_id, of_name in self._named.items():
            same[of_id] = of_name
        return same

    def names(self) -> tuple[str, ...]:
        """Return names as they were first written, by place."""
        return tuple(self._written)

    def _place_of(self, name: str) -> int:
        plain = name.strip().lstrip("@")
        if not plain or (plain.startswith("[") and removal(plain)):
            return NOBODY  # "[deleted]" is many people, not one
        place = self._place.setdefault(plain.casefold(), len(self._written))
        if place == len(self._written):
            self._written.append(plain)
        return place
