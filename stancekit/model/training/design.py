"""From labelled posts to the matrix a linear classifier is fitted on, and back to tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stancekit.features.block import Block, Floats
from stancekit.features.transformers import CharNgrams, SentimentCues, WordNgrams, WordVectors

#: N-grams of fewer posts than this are left out: they would be learnt by heart.
MIN_POSTS: Final = 2
_CONSTANT: Final = 1e-6


def default_blocks() -> dict[str, Block]:
    """Return the blocks of features a model is trained on."""
    return {
        "words": WordNgrams(),
        "characters": CharNgrams(),
        "cues": SentimentCues(),
        "vectors": WordVectors(),
    }


@dataclass(frozen=True)
class Columns:
    """Columns of one block in the design matrix.

    Attributes
    ----------
    kept : ndarray of int64, shape (c,)
        Columns of the block that are in the matrix.
    scale : ndarray of float64, shape (c,)
        What each was multiplied by.
    """

    kept: npt.NDArray[np.int64]
    scale: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Design:
    """The design matrix of some posts.

    Attributes
    ----------
    matrix : CSR array of float32, shape (n, sum of the columns kept)
    blocks : dict of str to Block
    columns : dict of str to Columns
        In the order in which they stand in the matrix.
    """

    matrix: sp.csr_array
    blocks: dict[str, Block]
    columns: dict[str, Columns]

    def tables(self, coefficients: npt.NDArray[np.float64]) -> dict[str, Floats]:
        """Turn coefficients on the matrix, shape (k, columns), into a table for each block.

        Scores are rounded to what a saved model holds, half precision, so that a model labels
        alike before and after it was saved.
        """
        tables, begin = {}, 0
        for name, columns in self.columns.items():
            size = len(columns.kept)
            part = coefficients[:, begin : begin + size].T * columns.scale[:, None]
            begin += size
            width = int(columns.kept.max(initial=-1)) + 1
            block = self.blocks[name]
            full = np.zeros((max(width, _width(block)), part.shape[1]))
            full[columns.kept] = part
            tables[name] = block.fold(full).astype(np.float16).astype(np.float32)
        return tables


def _width(block: Block) -> int:
    return int(block.encode_all([]).shape[1])


def design(texts: Sequence[str], blocks: dict[str, Block]) -> Design:
    """Compute the design matrix.

    N-grams are weighted by inverse document frequency, the cues by their deviation; then each
    block is scaled so that its rows have length 1 in root mean square.
    """
    parts, columns = [], {}
    for name, block in blocks.items():
        values = block.encode_all(texts)
        kept, scale = _chosen(values, block.standardised)
        part = sp.csr_array(values[:, kept] if len(kept) < values.shape[1] else values)
        part.data = part.data * scale[part.indices]
        norm = np.sqrt(part.multiply(part).sum() / max(len(texts), 1)) or 1.0
        scale = scale / norm
        parts.append((part / norm).astype(np.float32))
        columns[name] = Columns(kept, scale)
    return Design(sp.hstack(parts, "csr"), blocks, columns)


def _chosen(
    values: Any, standardised: bool
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return which columns are kept, and what each is multiplied by."""
    if sp.issparse(values):
        counts: Any = values
        posts = np.bincount(counts.indices, minlength=counts.shape[1])
        kept = np.flatnonzero(posts >= MIN_POSTS)
        return kept, np.log((1 + counts.shape[0]) / (1 + posts[kept])) + 1
    deviation = np.asarray(values).std(axis=0, dtype=np.float64)
    kept = np.flatnonzero(deviation > _CONSTANT)
    return kept, 1 / deviation[kept] if standardised else np.ones(len(kept))
