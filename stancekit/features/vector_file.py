"""Word vectors as a file: a matrix and the words its rows belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load as from_safetensors

from stancekit.text.hashing import Hashes
from stancekit.text.normalise import hash_strings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


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


def read_vectors(folder: Traversable) -> Vectors:
    """Read ``words.txt`` (a word a line) and ``matrix.safetensors`` (int8 rows and their scale)."""
    words = (folder / "words.txt").read_text(encoding="utf-8").splitlines()
    arrays = from_safetensors((folder / "matrix.safetensors").read_bytes())
    return make_vectors(words, arrays["matrix"].astype(np.float32) * arrays["scale"][:, None])


@lru_cache(maxsize=1)
def default_vectors() -> Vectors:
    """Return the vectors that come with the package: see ``models/vectors``."""
    return read_vectors(files("stancekit.features") / "data")
