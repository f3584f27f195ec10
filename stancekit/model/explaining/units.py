"""What a reader sees as one, and how much of each contribution it gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.features.block import Block, Evidence
from stancekit.text.batch import Batch
from stancekit.text.codepoints import Index, Mask
from stancekit.text.segmentation import Kind, Segmentation

Floats64 = npt.NDArray[np.float64]

# "-", HYPHEN and NON-BREAKING HYPHEN; a dash parts words.
_HYPHENS: Final = np.array([ord("-"), 0x2010, 0x2011], np.uint32)
# Shares are multiples of 2^-44, whose sums below 512 are exact in a float64: so they come out the
# same in whatever order, and beside whatever posts, they are summed.
_GRID: Final = float(2**44)


@dataclass(frozen=True)
class Units:
    """The units of a batch of `p` posts, `u` in all.

    A unit is a word with its hyphens and apostrophes, a number, a hashtag with its sign, a
    mention, a link, an emoji sequence, an emoticon, or a run of punctuation.

    Attributes
    ----------
    start, end : ndarray of int64, shape (u,)
        Offsets into the codes of the segmentation.
    first : ndarray of int64, shape (p + 1,)
        Units of post `i` are ``first[i]`` to ``first[i + 1]``.
    post_start : ndarray of int64, shape (p + 1,)
        Where each post starts in the codes.
    seen : ndarray of int64, shape (n + 1,)
        How many of the codes before each place count: those of units that the normalised stream
        keeps, so that a link is no more than a letter and ``soooo`` no more than ``soo``.
    """

    start: Index
    end: Index
    first: Index
    post_start: Index
    seen: Index

    def share_out(
        self, block: Block, found: Evidence, values: Floats64
    ) -> tuple[Floats64, Floats64]:
        """Give each unit its share of the contributions of a block.

        A contribution is spread evenly over the codes of its stretch that count, and summed over
        those of each unit. What stands on none of them, or on the post as a whole, has no place;
        but a post of one unit is that unit.

        Parameters
        ----------
        block : Block
        found : Evidence
            What the block finds in the batch.
        values : ndarray of float64, shape (e,)
            The contributions.

        Returns
        -------
        shared : ndarray of float64, shape (u,)
        rest : ndarray of float64
            The contributions that have no place.
        """
        origin = self.post_start[found.post]
        start, end = found.start + origin, found.end + origin
        covered = self.seen[end] - self.seen[start]
        if block.whole_rows:
            several = np.diff(self.first) != 1
            covered[np.isin(found.row, block.whole_rows) & several[found.post]] = 0
        rate = np.divide(values, covered, out=np.zeros_like(values), where=covered > 0)
        rate = np.rint(rate * _GRID) / _GRID
        size = len(self.seen)
        share = np.cumsum(np.bincount(start, rate, size) - np.bincount(end, rate, size))
        share *= np.diff(self.seen, append=self.seen[-1])
        edges = np.column_stack([self.start, self.end]).ravel()
        return np.add.reduceat(share, edges)[::2], values[covered == 0]


def units_of(batch: Batch) -> Units:
    """Find the units of a batch."""
    seg = batch.seg
    token = np.flatnonzero(seg.kind != Kind.SPACE)
    begins = np.append(_begins(seg, token), True)
    first = np.flatnonzero(begins)
    start, end = seg.start[token[first[:-1]]], seg.end[token[first[1:] - 1]]
    inside = np.zeros(len(seg.codes) + 1, np.int8)
    inside[start] += 1
    inside[end] -= 1
    kept = batch.norm.origin
    seen = np.zeros(len(seg.codes) + 1, np.int64)
    seen[kept + 1] = np.cumsum(inside)[kept]
    np.cumsum(seen, out=seen)
    return Units(start, end, np.searchsorted(start, seg.post_start), seg.post_start, seen)


def _begins(seg: Segmentation, token: Index) -> Mask:
    """Which tokens begin a unit: all but a hyphen between words, and the word after it."""
    begins = np.ones(len(token), np.bool_)
    start, end, kind = seg.start[token], seg.end[token], seg.kind[token]
    word = (kind == Kind.WORD) | (kind == Kind.NUMBER)
    hyphen = (end - start == 1) & np.isin(seg.codes[start], _HYPHENS)
    touches = start[1:] == end[:-1]
    joint = np.flatnonzero(word[:-2] & hyphen[1:-1] & word[2:] & touches[:-1] & touches[1:])
    begins[joint + 1] = begins[joint + 2] = False
    return begins
