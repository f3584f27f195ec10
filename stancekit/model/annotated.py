"""Labelled posts, checked: what training and evaluation start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import LABELS
from stancekit.model.duplicates import duplicate_groups
from stancekit.model.minhash import components
from stancekit.model.posts import as_texts, column

#: Columns of a label table that no label may be called like.
RESERVED = ("label", "confidence", "reason", "model")


@dataclass(frozen=True)
class Annotated:
    """Labelled posts.

    Attributes
    ----------
    texts : list of str
        `n` posts.
    y : ndarray of int64, shape (n,)
        Place of each post's label in `classes`.
    classes : tuple of str
    groups : ndarray of int64, shape (n,)
        Posts that must stay on one side of a split have one number.
    weight : ndarray of float64, shape (n,)
    dropped : dict of str to int
        What was left out and why.
    """

    texts: list[str]
    y: npt.NDArray[np.int64]
    classes: tuple[str, ...]
    groups: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]
    dropped: dict[str, int]


def annotated(
    posts: pd.DataFrame,
    *,
    text: str,
    label: str,
    group: str | None = None,
    weight: str | None = None,
    seed: int = 0,
) -> Annotated:
    """Check labelled posts and group those that must not be split; see `stancekit.train`."""
    if not isinstance(posts, pd.DataFrame):
        raise InputError(f"posts is {type(posts).__name__}: give a DataFrame of labelled posts")
    given = as_texts(posts, text)
    labels = column(posts, label)
    named = labels.notna().to_numpy() & (labels.astype(str).str.strip() != "").to_numpy()
    reasons: list[str | None] = [
        f"text {why}" if why else None if has else "no label"
        for why, has in zip(given.reason, named, strict=True)
    ]
    weights = _weights(posts, weight)
    reasons = [why or ("weight 0" if w == 0 else None) for why, w in zip(reasons, weights, strict=True)]
    keep = np.flatnonzero([why is None for why in reasons])
    texts = [str(value) for value in column(posts, text).iloc[keep]]
    names = labels.iloc[keep].astype(str).str.strip()
    classes = _classes(labels, names)
    y = names.map({name: i for i, name in enumerate(classes)}).to_numpy(np.int64)
    groups = duplicate_groups(texts, seed=seed)
    if group is not None:
        groups = _joined(groups, column(posts, group).iloc[keep])
    _check(y, classes, groups)
    dropped = dict(Counter(why for why in reasons if why is not None))
    return Annotated(texts, y, classes, groups, weights[keep], dropped)


def _weights(posts: pd.DataFrame, weight: str | None) -> npt.NDArray[np.float64]:
    if weight is None:
        return np.ones(len(posts))
    values = pd.to_numeric(column(posts, weight), errors="coerce").to_numpy(np.float64)
    bad = ~np.isfinite(values) | (values < 0)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        found = column(posts, weight).iloc[row]
        raise InputError(f"column {weight!r}, row {row}: {found!r} is no weight; give 0 or more")
    return values


def _classes(labels: pd.Series, names: pd.Series) -> tuple[str, ...]:
    seen = set(names)
    if isinstance(labels.dtype, pd.CategoricalDtype):
        order: Sequence[str] = [str(name).strip() for name in labels.cat.categories]
    elif seen <= set(LABELS):
        order = LABELS
    else:
        order = sorted(seen)
    classes = tuple(name for name in order if name in seen)
    if taken := sorted(seen & set(RESERVED)):
        raise InputError(f"a label is called {taken[0]!r}, as a column of every label table is")
    if len(classes) < 2:
        raise InputError(f"the posts have {len(classes)} label(s) {classes}: two or more are needed")
    return classes


def _joined(groups: npt.NDArray[np.int64], own: pd.Series) -> npt.NDArray[np.int64]:
    """Join posts that are near-duplicates or share the caller's group."""
    codes, _ = pd.factorize(own)
    known = np.flatnonzero(codes >= 0)
    size = len(groups)
    count = int(groups.max()) + 1
    offset = count + codes[known]
    joined = components(count + int(codes.max(initial=-1)) + 1, groups[known], offset)
    return np.asarray(pd.factorize(joined[groups])[0][:size], np.int64)


def _check(y: npt.NDArray[np.int64], classes: tuple[str, ...], groups: npt.NDArray[np.int64]) -> None:
    for code, name in enumerate(classes):
        if len(np.unique(groups[y == code])) < 2:
            raise InputError(
                f"label {name!r} has {int((y == code).sum())} post(s), all copies of one or in one "
                "group: two that differ are needed. Annotate more, or leave the label out"
            )
