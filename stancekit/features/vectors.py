"""The mean word vector of a post, and the table a linear model on it folds into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stancekit.features.block import Block, Evidence, Floats, indptr_of
from stancekit.features.vector_file import Vectors, default_vectors
from stancekit.text.batch import Batch
from stancekit.text.codepoints import Index
from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.hashing import Hashes


@dataclass(frozen=True)
class KnownTokens:
    """Tokens of a batch that are in a vocabulary: which, and the row of each."""

    token: Index
    row: Index
    indptr: npt.NDArray[np.int32]


class KnownWordBlock(Block):
    """One row for each known word; see `stancekit.features.KnownWords`."""

    def __init__(self, hashes: Hashes) -> None:
        self.hashes = hashes

    @property
    def table(self) -> HashTable:
        """The hashes as a table to look up in."""
        made = self.__dict__.get("_table")
        if made is None or made.keys is not self.hashes:
            made = self._table = hash_table(self.hashes)
        return made

    @property
    def rows(self) -> int:
        """Number of known words."""
        return len(self.hashes)

    def known(self, batch: Batch) -> KnownTokens:
        """Look up every token of a batch."""
        token, row = self.table.find(batch.norm.token_hash)
        count = np.diff(np.searchsorted(token, batch.seg.token_start))
        return KnownTokens(token, row, indptr_of(count))

    def means(self, batch: Batch) -> sp.csr_array:
        """Return the share of each known word in each post, CSR, shape (p, v)."""
        known = self.known(batch)
        count = np.diff(known.indptr)
        share = np.repeat((1 / np.maximum(count, 1)).astype(np.float32), count)
        shape = (len(batch), self.rows)
        return sp.csr_array((share, known.row.astype(np.int32), known.indptr), shape=shape)

    def score(self, batch: Batch, table: Floats) -> Floats:
        """Average the rows of the known words of each post."""
        return np.asarray(self.means(batch) @ table)

    def encode(self, batch: Batch) -> Any:
        """Return the shares themselves."""
        return self.means(batch)

    def evidence(self, batch: Batch) -> Evidence:
        """Return every known word with its place."""
        known, seg = self.known(batch), batch.seg
        count = np.diff(known.indptr)
        post = np.repeat(np.arange(len(batch)), count)
        origin = seg.post_start[post]
        start, end = seg.start[known.token] - origin, seg.end[known.token] - origin
        return Evidence(post, start, end, known.row, 1 / np.maximum(count, 1)[post])


class WordVectorBlock(KnownWordBlock):
    """Mean word vectors; see `stancekit.features.WordVectors`."""

    def __init__(self, vectors: Vectors | None = None) -> None:
        self.vectors = vectors

    @property
    def hashes(self) -> Hashes:  # type: ignore[override]
        """Hashes of the known words, ascending."""
        return self._vectors.hashes

    @property
    def _vectors(self) -> Vectors:
        return default_vectors() if self.vectors is None else self.vectors

    def encode(self, batch: Batch) -> Any:
        """Return mean vectors, shape (p, d)."""
        return np.asarray(self.means(batch) @ self._vectors.matrix)

    def fold(self, coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Turn coefficients, shape (d, k), into one row of scores for each word, shape (v, k)."""
        return np.asarray(self._vectors.matrix @ coefficients, np.float64)

    def get_feature_names_out(
        self, input_features: Sequence[str] | None = None
    ) -> npt.NDArray[Any]:
        """Return the names of the dimensions."""
        size = self._vectors.matrix.shape[1]
        return np.array([f"vector_{i}" for i in range(size)], dtype=object)
