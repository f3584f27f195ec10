"""Word vectors as a file: a matrix and the words its rows belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stancekit.text.normalise import Hashes, hash_strings


@dataclass(frozen=True, eq=False)
class Vectors:
    """Words and their vectors.

    Attributes
    ----------
    hashes : ndarray of uint64, shape (v,)
        Hash of each word, ascending.
    matrix : ndarray of float32, shape (v, d)
        Vector of each.
    """

    hashes: Hashes
    matrix: npt.NDArray[np.float32]


def make_vectors(words: Sequence[str], matrix: npt.NDArray[np.float32]) -> Vectors:
    """Put words and their vectors in order; of words that are normalised alike the first stays."""
    hashes, first = np.unique(hash_strings(words), return_index=True)
    return Vectors(hashes, np.ascontiguousarray(matrix[first], np.float32))


@lru_cache(maxsize=1)
def default_vectors() -> Vectors:
    """Return the vectors that come with the package."""
    raise NotImplementedError
