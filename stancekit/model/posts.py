"""Whatever a caller holds, as texts; and why a post gets no label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError

Posts = str | Iterable[object] | pd.DataFrame

#: Why a post has no label, in the column ``reason``.
MISSING, EMPTY, NOT_TEXT, UNSURE = "missing", "empty", "not text", "below min_confidence"


@dataclass(frozen=True)
class Texts:
    """Posts to label.

    Attributes
    ----------
    texts : list of str
        The posts that can be labelled.
    place : ndarray of int64, shape (len(texts),)
        Position of each among all posts.
    index : Index
        The caller's index, one entry a post.
    reason : ndarray of object, shape (len(index),)
        Why a post cannot be labelled; None where it can.
    """

    texts: list[str]
    place: npt.NDArray[np.int64]
    index: pd.Index
    reason: npt.NDArray[np.object_]


def as_texts(posts: Posts, text: str | None = None) -> Texts:
    """Take posts in any shape.

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
    values, index = _values(posts, text)
    plain = [type(value) is str for value in values]
    reason = np.full(len(values), None, object)
    place = np.arange(len(values))
    if not all(plain):
        for i in np.flatnonzero(~np.array(plain)).tolist():
            if not isinstance(values[i], str):
                reason[i] = MISSING if _is_missing(values[i]) else NOT_TEXT
    texts = []
    for i, value in enumerate(values):
        if reason[i] is None:
            if value.isspace() or not value:  # type: ignore[attr-defined]
                reason[i] = EMPTY
            else:
                texts.append(str(value))
    if len(texts) < len(values):
        place = np.flatnonzero([r is None for r in reason])
    return Texts(texts, place, index, reason)


def _values(posts: Posts, text: str | None) -> tuple[list[object], pd.Index]:
    if isinstance(posts, pd.DataFrame):
        return column(posts, text).tolist(), posts.index
    if text is not None:
        raise InputError(f"text={text!r} names a column, but posts is {type(posts).__name__}")
    if isinstance(posts, str):
        return [posts], pd.RangeIndex(1)
    if isinstance(posts, pd.Series):
        return posts.tolist(), posts.index
    if isinstance(posts, (bytes, dict)) or not isinstance(posts, Iterable):
        raise InputError(
            f"posts is {type(posts).__name__}: give a str, a list, a Series, or a DataFrame with "
            "text= naming its column"
        )
    if isinstance(posts, np.ndarray) and posts.ndim != 1:
        raise InputError(f"posts has shape {posts.shape}: give one dimension, a post an entry")
    values = list(posts)
    return values, pd.RangeIndex(len(values))


def column(posts: pd.DataFrame, text: str | None) -> pd.Series:
    """Return a column of a table, or say which there are."""
    names = ", ".join(map(repr, posts.columns))
    if text is None:
        raise InputError(f"posts is a DataFrame: name its column of texts, text=…, one of {names}")
    if text not in posts.columns:
        raise InputError(f"there is no column {text!r}: the columns are {names}")
    chosen = posts[text]
    if isinstance(chosen, pd.DataFrame):
        raise InputError(f"there are {chosen.shape[1]} columns {text!r}: rename all but one")
    return chosen


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)) or (
        value is pd.NaT
    )
