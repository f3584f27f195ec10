"""Look up many 64-bit hashes at once in a small set of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stancekit.text.codepoints import Index, Mask, distinct
from stancekit.text.hashing import Hashes

#: Flags of that many leading bits stay in the processor's cache; 10,000 keys leave 96 % empty.
BITS = 18


@dataclass(frozen=True)
class HashTable:
    """A set of hashes, sorted, with the row at which each leading bit pattern begins.

    A look-up is a few comparisons; np.searchsorted would jump through all keys for each.

    Attributes
    ----------
    bits : int
        Number of leading bits.
    keys : ndarray of uint64, shape (k,)
        The hashes, ascending, no two alike.
    occupied : ndarray of bool, shape (2 ** bits,)
        Whether any key begins with these bits.
    begin : ndarray of int32, shape (2 ** bits,)
        Row of the first key that does.
    width : int
        Most keys that share their leading bits.
    """

    bits: int
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
        slot = _slots(hashes, self.bits)
        at = np.flatnonzero(self.occupied[slot])
        wanted, row = hashes[at], self.begin[slot[at]].astype(np.int64)
        last = len(self.keys) - 1
        for _ in range(1, self.width):
            row += (self.keys[row] < wanted) & (row < last)
        same = self.keys[row] == wanted if at.size else at > 0
        return at[same], row[same]


def hash_table(keys: Hashes, bits: int = BITS) -> HashTable:
    """Make a table of ascending keys, by so many of their leading bits."""
    count = np.bincount(_slots(keys, bits), minlength=1 << bits)
    begin = (np.cumsum(count) - count).astype(np.int32)
    return HashTable(bits, keys, count > 0, begin, int(count.max()))


def among_hashes(wanted: Hashes, known: Hashes) -> Mask:
    """Which of many hashes are among some others: ``np.isin`` without sorting the many.

    Examples
    --------
    >>> among_hashes(np.array([6, 7, 5, 7], np.uint64), np.array([7, 5, 7], np.uint64)).tolist()
    [False, True, True, True]
    """
    found = np.zeros(len(wanted), np.bool_)
    if known.size:
        keys = distinct(np.sort(known))
        found[hash_table(keys, _bits_for(len(keys))).find(wanted)[0]] = True
    return found


def _bits_for(keys: int) -> int:
    """Leading bits that leave most of a table empty."""
    return min(BITS, keys.bit_length() + 3)


def _slots(hashes: Hashes, bits: int) -> Index:
    return (hashes >> np.uint64(64 - bits)).view(np.int64)
