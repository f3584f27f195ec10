"""What is odd about labelled posts, in sentences for whoever trains on them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import LabelWarning
from stancekit.labels import ClassName

#: With fewer posts of a label, what a report says of it is mostly chance.
FEW: Final = 50
#: So many examples are named; of more, their number.
_SHOWN: Final = 5
#: What a gap is called once a column of labels was made text.
_GAPS: Final = ("nan", "<NA>", "NaT")


def tell(
    notices: Iterable[str], stacklevel: int = 3, kind: type[UserWarning] = LabelWarning
) -> None:
    """Warn of each, as if the caller's caller did."""
    for notice in notices:
        warnings.warn(notice, kind, stacklevel=stacklevel)


def of_spellings(posts: Mapping[ClassName, int], kept: Mapping[ClassName, ClassName]) -> str | None:
    """Name the labels that were taken for one, and the spelling that was kept."""
    others: dict[ClassName, list[ClassName]] = {}
    for name, spelling in kept.items():
        if name != spelling:
            others.setdefault(spelling, []).append(name)
    if not others:
        return None
    said = (
        f"{spelling!r} ({posts[spelling]:,} posts) and "
        + ", ".join(f"{name!r} ({posts[name]:,})" for name in names)
        for spelling, names in others.items()
    )
    return (
        f"labels that differ only in case, spaces, quotation marks or Unicode form are one label: "
        f"{_listed(said, len(others), '; ')}. The first spelling was kept; merge_labels=False "
        "(--no-merge-labels) keeps them apart"
    )


def of_slips(posts: Mapping[ClassName, int], alike: Sequence[tuple[str, str]]) -> str | None:
    """Name labels of few posts that are spelt almost like one of many."""
    if not alike:
        return None
    said = (
        f"{rare!r} ({posts[rare]:,} posts) and {frequent!r} ({posts[frequent]:,})"
        for rare, frequent in alike
    )
    return (
        f"labels one letter apart, perhaps typing errors: {_listed(said, len(alike), '; ')}. They "
        "are different labels here: mend the table if they are meant to be one"
    )


def of_unlabelled(missing: int, rows: int) -> str | None:
    """Say how many rows have no label."""
    if not missing:
        return None
    return (
        f"{missing:,} of {rows:,} rows have no label and are left out. Is there a label called "
        '"None", "NA" or "null"? pandas.read_csv takes those for gaps unless it is told '
        "keep_default_na=False"
    )


def of_gaps(classes: Iterable[ClassName]) -> str | None:
    """Say that a label looks like a gap that was made text."""
    found = [name for name in classes if name in _GAPS]
    if not found:
        return None
    return (
        f"there is a label {found[0]!r}: a gap turned into text, it seems (by astype(str), say). "
        "Drop those rows, or give that label another name"
    )


def of_few(posts: Mapping[ClassName, int]) -> str | None:
    """Name the labels with too few posts to be scored."""
    few = [f"{name!r} ({n})" for name, n in posts.items() if n < FEW]
    if not few:
        return None
    return (
        f"fewer than {FEW} posts of {_listed(few, len(few), ', ')}: scores and thresholds of such "
        "a label are mostly chance. Annotate more"
    )


def of_disagreement(
    texts: Sequence[str],
    y: npt.NDArray[np.int64],
    classes: Sequence[ClassName],
    rows: npt.NDArray[np.int64],
) -> str | None:
    """Say which texts stand under more than one label.

    Parameters
    ----------
    texts : sequence of `n` str
    y : ndarray of int64, shape (n,)
        Place of each one's label in `classes`.
    classes : sequence of str or int
    rows : ndarray of int64, shape (n,)
        Row of each in the caller's table.
    """
    code = pd.factorize(pd.Index([" ".join(text.split()).casefold() for text in texts]))[0]
    pairs = pd.DataFrame({"text": code, "y": y, "row": rows}).drop_duplicates(["text", "y"])
    twice = pairs[pairs.duplicated("text", keep=False)]
    if twice.empty:
        return None
    count = twice["text"].nunique()
    said = (
        "rows " + " and ".join(f"{row} ({classes[code]!r})" for row, code in found)
        for found in (
            list(zip(own["row"].tolist(), own["y"].tolist(), strict=True))
            for _, own in twice.groupby("text", sort=False)
        )
    )
    one = "text stands" if count == 1 else "texts stand"
    return (
        f"{count:,} {one} under more than one label (rows counted from 0): "
        f"{_listed(said, count, '; ')}"
    )


def _listed(said: Iterable[str], count: int, between: str) -> str:
    more = f"{between}and {count - _SHOWN:,} more" if count > _SHOWN else ""
    return between.join(islice(said, _SHOWN)) + more
