"""What a block of features is: a scikit-learn transformer that a linear model can be folded into.

Every block sees a post as a sum of *occurrences* (of an n-gram, a cue, a known word), each in one
row of the block's table, times a scale of the post. A linear model over the block's columns then
is a table of one score per row and class: `score` looks the rows up, `evidence` says which stretch
of the text each came from.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin

from stancekit.errors import InputError
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


class Block(TransformerMixin, BaseEstimator, ABC):  # type: ignore[misc]
    """Base of all blocks; a transformer of posts that has nothing to fit."""

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

    def check(self) -> None:
        """Refuse settings that cannot be used, with an `InputError`."""

    def row_names(self, rows: Index) -> list[str] | None:
        """Return the names of table rows, or None where the text they stand on is their name."""
        return None

    def fold(self, coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Turn coefficients, shape (columns, k), into a table, shape (rows, k)."""
        return coefficients

    def fit(self, X: Sequence[str], y: object = None) -> "Block":  # noqa: N803
        """Check settings and posts; nothing is learnt."""
        self.check()
        check_posts(X)
        return self

    def transform(self, X: Sequence[str]) -> Any:  # noqa: N803
        """Compute the features.

        Parameters
        ----------
        X : sequence of str
            `n` posts.

        Returns
        -------
        ndarray or CSR array of float32, shape (n, columns)
        """
        self.check()
        texts = check_posts(X)
        parts = [self.encode(batch) for batch in batches(texts)] or [self.encode(read_batch([]))]
        return sp.vstack(parts, "csr") if sp.issparse(parts[0]) else np.concatenate(parts)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        tags.requires_fit = False
        return tags


def check_posts(posts: Sequence[str]) -> list[str]:
    """Return posts as a list of str, or say which one is none.

    Raises
    ------
    InputError
        If a single str is given, or something that is not a str stands among the posts.
    """
    if isinstance(posts, (str, bytes)):
        raise InputError("one str given where a sequence of posts is wanted: put it in a list")
    texts = list(posts)
    for place, text in enumerate(texts):
        if not isinstance(text, str):
            raise InputError(
                f"post {place} is {type(text).__name__}, not str: {text!r}. Drop such posts, or "
                "use stancekit.classify, which leaves them without a label"
            )
    return texts


def indptr_of(counts: Index) -> npt.NDArray[np.int32]:
    """Return row pointers for rows of these lengths."""
    indptr = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=indptr[1:])
    return indptr
