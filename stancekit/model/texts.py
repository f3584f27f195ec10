"""Posts as texts to label; and why some cannot be labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.labels import EMPTY, MISSING, NOT_TEXT
from stancekit.text.given import is_missing


@dataclass(frozen=True)
class Texts:
    """Posts to label.

    Attributes
    ----------
    texts : list of str
        The posts that can be labelled.
    place : ndarray of int64, shape (len(texts),)
        Position of each among all posts.
    reason : ndarray of object, one entry a post
        Why a post cannot be labelled; None where it can.
    """

    texts: list[str]
    place: npt.NDArray[np.int64]
    reason: npt.NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.reason)


def as_texts(values: Sequence[object]) -> Texts:
    """Say which values are texts that can be labelled, and of the others why they are none.

    Raises
    ------
    InputError
        If `values` is one str, or no sequence.
    """
    if isinstance(values, (str, bytes)) or not isinstance(values, Sequence):
        raise InputError(
            f"posts are {type(values).__name__}: give a list or tuple of them, also of one"
        )
    reason = np.full(len(values), None, object)
    if all(type(value) is str and not is_empty(value) for value in values):
        return Texts(cast(list[str], list(values)), np.arange(len(values)), reason)
    texts = []
    for i, value in enumerate(values):
        if not isinstance(value, str):
            reason[i] = MISSING if is_missing(value) else NOT_TEXT
        elif is_empty(value):
            reason[i] = EMPTY
        else:  # the str itself, whatever its class shows in its place
            texts.append(value if type(value) is str else str.__str__(value))
    return Texts(texts, np.flatnonzero([why is None for why in reason]), reason)


def is_empty(text: str) -> bool:
    """Whether there is nothing but white space."""
    return not text or text.isspace()
