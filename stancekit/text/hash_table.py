"""Look up many 64-bit hashes at once in a small set of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stancekit.text.codepoints import Index, Mask
from stancekit.text.normalise import Hashes

# A table of 2^18 flags stays in the processor's cache; 10,000 keys leave 96 % of it empty.
_BITS = 18
_SHIFT = np.uint64(64 - _BITS)


@dataclass(frozen=True)
class HashTable:
    """A set of hashes, sorted, with the row at which each leading bit pattern begins.

    Attributes
    ----------
    keys : ndarray of uint64, shape (k,)
        The hashes, ascending, no two alike.
    occupied : ndarray of bool, shape (2 ** 18,)
        Whether any key begins with these bits.
    begin : ndarray of int32, shape (2 ** 18,)
        Row of the first key that does.
    width : int
        Most keys that share their leading bits.
    """

    keys: Hashes
    occupied: Mask
    begin: npt.NDArray[np.int32]
    width: int

    def find(self, hashes: Hashes) -> tuple[Index, Index]:
        """Return which of `hashes` are keys, ascending, and the row of each.

        Examples
        --------
        >>> table = hash_table(np.array([5, 7], np.uint64))
        >>> [found.tolist() for found in table.find(np.array([6, 7, 5], np.uint64))]
        [[1, 2], [1, 0]]
        """
        slot = (hashes >> _SHIFT).view(np.int64)
        at = np.flatnonzero(self.occupied[slot])
        wanted, row = hashes[at], self.begin[slot[at]].astype(np.int64)
        last = len(self.keys) - 1
        for _ in range(1, self.width):
            row += (self.keys[row] < wanted) & (row < last)
        same = self.keys[row] == wanted if at.size else at > 0
        return at[same], row[same]


def hash_table(keys: Hashes) -> HashTable:
    """Make a table of ascending keys."""
    slot = (keys >> _SHIFT).view(np.int64)
    count = np.bincount(slot, minlength=1 << _BITS)
    begin = (np.cumsum(count) - count).astype(np.int32)
    return HashTable(keys, count > 0, begin, int(count.max()))
