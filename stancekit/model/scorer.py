"""What a model needs to be: texts in, probabilities out, and something that can be saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Work:
    """How a scorer's posts are cut and spread over workers.

    Attributes
    ----------
    cut : callable
        Texts to slices; no probability depends on where the cuts fall.
    backend : str
        Of joblib: "loky" for processes, "threading" for a scorer that releases the lock.
    many : int
        Below this many posts one worker does it all, and a bar would only flicker.
    distinct : bool
        Whether a post costs so much that copies are looked for and scored once.
    """

    cut: Callable[[Sequence[str]], Iterator[slice]]
    backend: str
    many: int
    distinct: bool


@dataclass(frozen=True)
class Saved:
    """A scorer as it is written.

    Attributes
    ----------
    settings : mapping
        JSON values, among them ``format``.
    files : mapping of str to bytes
        What stands beside the manifest.
    """

    settings: Mapping[str, Any]
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """SHA-256 over all of it: over all that decides a label."""
        sha = hashlib.sha256(json.dumps(self.settings, sort_keys=True).encode())
        for data in self.files.values():
            sha.update(data)
        return sha.hexdigest()


class Scorer(Protocol):
    """A linear model, an encoder, or a cascade of both; `k` classes."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, in column order."""

    @property
    def work(self) -> Work:
        """How posts are cut and spread over workers."""

    def proba(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Probabilities of one or more posts, shape (p, k), on one core.

        A post's row is the same to the bit whatever stands beside it.
        """


def pieces(size: int) -> Callable[[Sequence[str]], Iterator[slice]]:
    """Return a cut into slices of so many posts.

    >>> list(pieces(2)(["a", "b", "c"]))
    [slice(0, 2, None), slice(2, 3, None)]
    """

    def cut(texts: Sequence[str]) -> Iterator[slice]:
        for begin in range(0, len(texts), size):
            yield slice(begin, min(begin + size, len(texts)))

    return cut
