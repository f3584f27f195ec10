"""Words as readers want to see them: in small letters, with their figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stancekit.reporting.walking import Hashes, hashes
from stancekit.text.batch import Batch

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Written:
    """Gives tokens as they are normalised: in small letters, emoji of one tone; but with figures.

    For labels one number is as good as another; readers want to know the year.
    """

    batch: Batch
    at: Ints

    @cached_property
    def _figures(self) -> npt.NDArray[np.bool_]:
        seg, at = self.batch.seg, self.at
        before = np.concatenate([[0], np.cumsum((seg.codes >= ord("0")) & (seg.codes <= ord("9")))])
        return before[seg.end[at]] > before[seg.start[at]]

    def hashes(self) -> Hashes:
        """Give what tells words apart."""
        found = self.batch.norm.token_hash[self.at]
        if self._figures.any():
            found = found.copy()
            which = np.flatnonzero(self._figures)
            found[which] = hashes(pa.array(self(which), pa.string()))
        return found

    def __call__(self, which: Ints) -> list[str]:
        """Give the words at some places."""
        norm, seg, at = self.batch.norm, self.batch.seg, self.at[which]
        figures = self._figures[which]
        starts = np.where(figures, seg.start[at], norm.token_start[at])
        ends = np.where(figures, seg.end[at], norm.token_end[at])
        typed = zip(figures.tolist(), starts.tolist(), ends.tolist(), strict=True)
        return [
            "".join(map(chr, (seg if raw else norm).codes[a:b].tolist())).casefold()
            for raw, a, b in typed
        ]
