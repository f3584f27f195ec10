"""What tells a label without the post having to be read: scores of such posts are too good.

A model reads the text alone. But where a column, the order of ids or the hour tells the label,
posts were collected label by label, and a model may learn the collection: its words, its week,
its hashtag. On posts collected otherwise it is then worth less than its report says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.labels import ClassName

#: From this share of labels told rightly on, a column tells the label.
TELLS: Final = 0.98
#: With fewer posts anything tells the label.
FEWEST: Final = 40
#: A label's name in so many posts of its own, and at least this share of them, is no chance.
NAMED: Final = 5
NAMED_SHARE: Final = 0.05

Ints = npt.NDArray[np.int64]


def leaks(
    posts: pd.DataFrame, texts: Sequence[str], y: Ints, classes: Sequence[ClassName]
) -> Iterator[str]:
    """Say what tells the label.

    Parameters
    ----------
    posts : DataFrame, `n` rows
        Columns beside the text and the label.
    texts : sequence of `n` str
    y : ndarray of int64, shape (n,)
        Place of each one's label in `classes`.

    Yields
    ------
    str
        A sentence each.

    Examples
    --------
    >>> posts = pd.DataFrame({"source": ["a.csv", "b.csv"] * 30, "likes": range(60)})
    >>> [said] = leaks(posts, ["so"] * 60, np.array([0, 1] * 30), ["yes", "no"])
    >>> said.split(":")[0]
    "column 'source' alone tells the label of 100.0% of the posts"
    """
    most = np.bincount(y).max() / len(y) if len(y) else 1.0
    if len(y) >= FEWEST and most < TELLS:
        for name in posts.columns:
            yield from _of_column(name, posts[name], y)
    yield from _of_names(texts, y, classes)


def _of_column(name: object, values: pd.Series, y: Ints) -> Iterator[str]:
    try:
        code = pd.factorize(values, use_na_sentinel=False)[0].astype(np.int64)
    except TypeError:  # lists and the like
        return
    told = _told_by_value(code, y)
    if told > TELLS:
        yield (
            f"column {str(name)!r} alone tells the label of {told:.1%} of the posts: it is a copy "
            "of the label, or they were collected label by label, and scores may be of what was "
            "collected and not of what is said. Score on posts collected otherwise, or give the "
            "column as the group"
        )
        return
    order = _order(values)
    if order is not None and (told := _told_by_neighbours(order, y)) > TELLS:
        yield (
            f"the order of column {str(name)!r} tells the label of {told:.1%} of the posts: labels "
            "have their own stretches of it, as of posts collected at different times, and scores "
            "may be of the time and not of what is said. Score on posts of one time"
        )


def _told_by_value(code: Ints, y: Ints) -> float:
    """Share of posts whose label is the most frequent of the others with the same value."""
    classes = int(y.max()) + 1
    cell, inverse, count = np.unique(code * classes + y, return_inverse=True, return_counts=True)
    value = cell // classes
    order = np.lexsort((-count, value))  # by value, its most frequent label first
    first = np.append(True, np.diff(value[order]) > 0)
    start = order[first]
    after = np.append(order[1:], -1)[first]  # the next in order, if there is one
    second = np.where((after >= 0) & (value[after] == value[start]), count[after], 0)
    place = np.cumsum(np.append(0, np.diff(value) > 0))
    leads = np.isin(np.arange(len(cell)), start)
    rival = np.where(leads, second[place], count[start][place])
    return float((count - 1 > rival)[inverse].mean())


def _told_by_neighbours(order: npt.NDArray[Any], y: Ints) -> float:
    """Share of posts that keep the label of the one before in an order, but where they must not."""
    label = y[np.argsort(order, kind="stable")]
    changes = int((label[1:] != label[:-1]).sum())
    return 1 - (changes - len(np.unique(y)) + 1) / len(y)


def _order(values: pd.Series) -> npt.NDArray[Any] | None:
    """Numbers in the order of ids, numbers or times; None for a column that has none."""
    if pd.api.types.is_bool_dtype(values) or isinstance(values.dtype, pd.CategoricalDtype):
        return None
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.astype("int64").to_numpy()
    number = pd.to_numeric(values, errors="coerce")
    if number.isna().any():
        return None
    found: npt.NDArray[Any] = number.to_numpy()
    return found if len(np.unique(found)) > len(found) / 2 else None


def _of_names(texts: Sequence[str], y: Ints, classes: Sequence[ClassName]) -> Iterator[str]:
    for code, name in enumerate(classes):
        if not isinstance(name, str) or len(name) < 3:
            continue
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        named = np.fromiter((bool(word.search(text)) for text in texts), bool, len(texts))
        own, posts = int((named & (y == code)).sum()), int((y == code).sum())
        if own >= NAMED and own >= NAMED_SHARE * posts and not (named & (y != code)).any():
            yield (
                f"{own:,} of {posts:,} posts labelled {name!r} name the label, and no other post "
                "does: a model may learn the name alone. Take it out of the texts, if it was how "
                "they were found"
            )


def beside(posts: pd.DataFrame, rows: Ints, used: Iterable[str | None]) -> pd.DataFrame:
    """Return the columns of some rows that are not those `used`."""
    return posts.iloc[rows].drop(columns=[name for name in used if name is not None])
