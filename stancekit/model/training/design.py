"""From labelled posts to the matrix a linear classifier is fitted on, and back to tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stancekit.features.block import Block, Floats
from stancekit.features.transformers import CharNgrams, SentimentCues, WordNgrams, WordVectors
from stancekit.model.training.columns import Columns, choose_columns


def default_blocks() -> dict[str, Block]:
    """Return the blocks of features a model is trained on."""
    return {
        "words": WordNgrams(),
        "characters": CharNgrams(),
        "cues": SentimentCues(),
        "vectors": WordVectors(),
    }


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
        columns[name], part = choose_columns(values, block.standardised)
        parts.append(part)
    return Design(sp.hstack(parts, "csr"), blocks, columns)
