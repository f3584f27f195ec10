"""Whatever a caller holds as posts: their values in order, and findings in the caller's shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from stancekit.errors import InputError
from stancekit.text.batch import slices

if TYPE_CHECKING:
    import pandas as pd

Posts: TypeAlias = "str | Iterable[object] | pd.DataFrame"

#: The column that holds the texts where none is named.
TEXT = "text"

# Iterable, but no posts in an order.
_NOT_POSTS = (bytes, bytearray, memoryview, Mapping, set, frozenset)


def values_of(posts: Any, text: str | None = None) -> tuple[list[object], pd.Index]:
    """Take posts in any shape, and give them in order, with the caller's index.

    Parameters
    ----------
    posts : str, DataFrame, Series, or iterable
        One post; a table of posts; or posts in order.
    text : str, optional
        The column of the text, where `posts` is a DataFrame; None is the column ``text``, or the
        only one there is.

    Raises
    ------
    InputError
        If the column is missing or not named, or `posts` is nothing of the kind.
    """
    import pandas as pd  # posts without it cost nothing

    if isinstance(posts, pd.DataFrame):
        chosen = column(posts, _named(posts) if text is None else text)
        return chosen.tolist(), posts.index.copy()  # or naming one names the other
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
    import pandas as pd

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


def the_column(posts: pd.DataFrame) -> pd.Series:
    """Return the column of the texts where there is no doubt which it is.

    Raises
    ------
    InputError
        If there is: no column ``text``, and not one only.
    """
    name = _named(posts)
    if name is None:
        names = ", ".join(map(repr, posts.columns))
        raise InputError(f"the posts are a DataFrame: give one of its columns, {names}")
    return column(posts, name)


def is_missing(value: object) -> bool:
    """Whether a value is None, NaN, NA or NaT."""
    import pandas as pd

    scalar: Any = value
    return bool(pd.api.types.is_scalar(scalar) and pd.isna(scalar))


def texts_of(values: Iterable[object]) -> list[str]:
    """Return posts as str, a missing one as an empty one.

    Raises
    ------
    InputError
        If one is neither; it is named by its place.
    """
    texts = []
    for place, value in enumerate(values):
        if isinstance(value, str):
            texts.append(value if type(value) is str else str.__str__(value))
        elif is_missing(value):
            texts.append("")
        else:
            raise InputError(
                f"post {place} is {type(value).__name__}, not text: {value!r:.60}. Give str, or "
                "None where there is none"
            )
    return texts


def found_in(posts: Any, find: Callable[[list[str]], list[Any]]) -> Any:
    """Look for something in posts of any shape, a batch at a time.

    Parameters
    ----------
    posts : str, Series, DataFrame, iterable, or a missing value
    find : callable
        From texts to a finding for each.

    Returns
    -------
    object
        For one post its finding; for a Series or a DataFrame a Series with its index and the
        column's name; for other iterables a list.

    Raises
    ------
    InputError
        If `posts` is nothing of the kind.
    """
    if isinstance(posts, str):
        return find(texts_of([posts]))[0]
    import pandas as pd

    if is_missing(posts):  # as a column's `map` and `apply` give them
        return find([""])[0]
    if isinstance(posts, pd.DataFrame):
        posts = the_column(posts)
    values, index = values_of(posts)
    texts = texts_of(values)
    found = list(chain.from_iterable(find(texts[part]) for part in slices(texts)))
    if isinstance(posts, pd.Series):
        return pd.Series(found, index, object, posts.name)
    return found


def _named(posts: pd.DataFrame) -> Any:
    """Return the name of the column ``text``, or of the only one; None where there is neither."""
    if TEXT in posts.columns:
        return TEXT
    return posts.columns[0] if posts.shape[1] == 1 else None
