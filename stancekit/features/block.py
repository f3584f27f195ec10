"""What a block of features is: what a linear model over posts can be folded into.

Every block sees a post as a sum of *occurrences* (of an n-gram, a cue, a known word), each in one
row of the block's table, times a scale of the post. A linear model over the block's columns then
is a table of one score per row and class: `score` looks the rows up, `evidence` says which stretch
of the text each came from. The scikit-learn transformers of the same features are in
`stancekit.features.transformers`, so that labelling does without scikit-learn
(docs/decisions/0014-blocks-without-scikit-learn.md).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stancekit.text.batch import Batch, batches, read_batch
from stancekit.text.codepoints import Index

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Occurrences:
    """Occurrences of a block's table rows in a batch, post by post.

    Attributes
    ----------
    row : ndarray of int32, shape (g,)
        Row of the block's table.
    indptr : ndarray of int32, shape (p + 1,)
        Occurrences of post `i` are ``indptr[i]`` to ``indptr[i + 1]``.
    at : ndarray of int64, shape (g,)
        Where each begins; the block knows in what.
    order : int
        How many units each takes up.
    """

    row: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int32]
    at: Index
    order: int = 1

    def matrix(self, rows: int) -> sp.csr_array:
        """Return them as a sparse matrix of ones, equal rows not summed."""
        ones = np.ones(len(self.row), np.float32)
        return sp.csr_array((ones, self.row, self.indptr), shape=(len(self.indptr) - 1, rows))


@dataclass(frozen=True)
class Evidence:
    """Stretches of text and the table rows they stand for, `e` in all.

    Attributes
    ----------
    post, start, end : ndarray of int64, shape (e,)
        Number of the post, offsets into its text.
    row : ndarray of int64, shape (e,)
        Row of the block's table.
    value : ndarray of float64, shape (e,)
        What the row's score is multiplied by.
    """

    post: Index
    start: Index
    end: Index
    row: Index
    value: npt.NDArray[np.float64]


class Block(ABC):
    """Base of all blocks."""

    #: Whether a classifier wants each column divided by its deviation.
    standardised = False
    #: Rows of the table that speak of a post as a whole, such as its length.
    whole_rows: tuple[int, ...] = ()

    @property
    @abstractmethod
    def rows(self) -> int:
        """Number of rows of the block's table."""

    @abstractmethod
    def score(self, batch: Batch, table: Floats) -> Floats:
        """Sum the table's rows for each post.

        Parameters
        ----------
        batch : Batch
            `p` posts.
        table : ndarray of float32, shape (rows, k)
            A row of `k` scores for each row of the block's table.

        Returns
        -------
        ndarray of float32, shape (p, k)
        """

    @abstractmethod
    def evidence(self, batch: Batch) -> Evidence:
        """Return every occurrence with its place; ``value * table[row]`` sums to `score`."""

    @abstractmethod
    def encode(self, batch: Batch) -> Any:
        """Return the features of a batch, dense or CSR, shape (p, columns)."""

    def check(self) -> None:  # noqa: B027 (most have nothing to refuse)
        """Refuse settings that cannot be used, with an `InputError`."""

    def row_names(self, rows: Index) -> list[str] | None:
        """Return the names of table rows, or None where the text they stand on is their name."""
        return None

    def fold(self, coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Turn coefficients, shape (columns, k), into a table, shape (rows, k)."""
        return coefficients

    def encode_all(self, texts: Sequence[str]) -> Any:
        """Return the features of posts, dense or CSR, shape (len(texts), columns)."""
        parts = [self.encode(batch) for batch in batches(texts)] or [self.encode(read_batch([]))]
        return sp.vstack(parts, "csr") if sp.issparse(parts[0]) else np.concatenate(parts)


def indptr_of(counts: Index) -> npt.NDArray[np.int32]:
    """Return row pointers for rows of these lengths."""
    indptr = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=indptr[1:])
    return indptr
