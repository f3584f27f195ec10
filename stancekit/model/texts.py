"""Whatever a caller holds, as texts; and why some cannot be labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import EMPTY, MISSING, NOT_TEXT

Posts = str | Iterable[object] | pd.DataFrame

# Iterable, but no posts in an order.
_NOT_POSTS = (bytes, bytearray, memoryview, Mapping, set, frozenset)


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


def values_of(posts: Any, text: str | None = None) -> tuple[list[object], pd.Index]:
    """Take posts in any shape, and give them in order, with the caller's index.

    Parameters
    ----------
    posts : str, DataFrame, Series, or iterable
        One post; a table of posts; or posts in order.
    text : str, optional
        The column of the text, where `posts` is a DataFrame.

    Raises
    ------
    InputError
        If the column is missing or not named, or `posts` is nothing of the kind.
    """
    if isinstance(posts, pd.DataFrame):
        return column(posts, text).tolist(), posts.index.copy()  # or naming one names the other
    if text is not None:
        raise InputError(f"text={text!r} names a column, but posts is {type(posts).__name__}")
    if isinstance(posts, str):
        return [posts], pd.RangeIndex(1)
    if isinstance(posts, pd.Series):
        return posts.tolist(), posts.index.copy()
    if isinstance(posts, _NOT_POSTS) or not isinstance(posts, Iterable):
        raise InputError(
            f"posts is {type(posts).__name__}: give a str, a list, a Series, or a DataFrame with "
            "text= naming its column"
        )
    if isinstance(posts, np.ndarray) and posts.ndim != 1:
        raise InputError(f"posts has shape {posts.shape}: give one dimension, a post an entry")
    values = posts.to_pylist() if hasattr(posts, "to_pylist") else list(posts)  # PyArrow's arrays
    return values, pd.RangeIndex(len(values))


def column(posts: pd.DataFrame, name: str | None, role: str = "text") -> pd.Series:
    """Return a column of a table, or say which there are; `role` is the argument that names it."""
    names = ", ".join(map(repr, posts.columns))
    if name is None:
        raise InputError(f"posts is a DataFrame: name its column with {role}=, one of {names}")
    if name not in posts.columns:
        raise InputError(f"there is no column {name!r}: give {role}=, one of {names}")
    chosen: Any = posts[name]
    if isinstance(chosen, pd.DataFrame):
        raise InputError(f"there are {chosen.shape[1]} columns {name!r}: rename all but one")
    found: pd.Series = chosen
    return found


def is_empty(text: str) -> bool:
    """Whether there is nothing but white space."""
    return not text or text.isspace()


def is_missing(value: object) -> bool:
    """Whether a value is None, NaN, NA or NaT."""
    scalar: Any = value
    return bool(pd.api.types.is_scalar(scalar) and pd.isna(scalar))
