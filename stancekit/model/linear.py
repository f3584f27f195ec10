"""A linear model flat enough to run: blocks of features, one table of scores for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from stancekit.features.block import Block, Floats
from stancekit.labels import ClassName
from stancekit.model.spread import Work
from stancekit.scores.calibration import softmax
from stancekit.text.batch import MAX_POSTS, Batch, read_batch
from stancekit.text.reading.read import Reading, read_posts


@dataclass(frozen=True)
class LinearModel:
    """Blocks of features with a table of scores each, `k` classes in all.

    Attributes
    ----------
    classes : tuple of str or int
        Names of the classes, in column order.
    blocks : dict of str to Block
        The features.
    tables : dict of str to ndarray of float32, shape (rows of the block, k)
        Score of each of the block's rows for each class.
    intercept : ndarray of float32, shape (k,)
    temperature : float
        What the logits are divided by before the softmax (Guo et al. 2017).
    reading : bool
        Whether quotations are masked and disguised spelling is mended first, as
        `stancekit.text.reading` does.
    """

    classes: tuple[ClassName, ...]
    blocks: dict[str, Block]
    tables: dict[str, Floats]
    intercept: Floats
    temperature: float
    reading: bool = False

    work: ClassVar[Work] = Work(MAX_POSTS, "loky", many=20_000, costly=False)

    def batch_logits(self, batch: Batch) -> Floats:
        """Logits of one batch, before the temperature, shape (p, k)."""
        total = np.broadcast_to(self.intercept, (len(batch), len(self.classes))).copy()
        for name, block in self.blocks.items():
            total += block.score(batch, self.tables[name])
        return total

    def proba(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Probabilities of one batch of posts, shape (p, k).

        A post's row is the same to the bit whatever stands beside it.
        """
        return softmax(self.logits(texts), self.temperature).astype(np.float32)

    def logits(self, texts: Sequence[str]) -> Floats:
        """Logits of one batch of posts, before the temperature, shape (p, k)."""
        batch = read_batch(texts)
        found = self.batch_logits(batch)
        if self.reading and (edits := (read := read_posts(texts, batch)).edits):
            otherwise = list(edits)  # few: only they are segmented once more
            found[otherwise] = self.batch_logits(read_batch([read.texts[i] for i in otherwise]))
        return found

    def read(self, texts: Sequence[str]) -> Reading:
        """Return a batch of posts as the model reads them."""
        return read_posts(texts, read_batch(texts)) if self.reading else Reading(texts, texts, {})
