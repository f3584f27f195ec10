"""Labelled posts, checked: what training and evaluation start from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import EMPTY, MISSING, NOT_TEXT, ClassName
from stancekit.model.texts import as_texts
from stancekit.model.training import notices
from stancekit.model.training.label_column import classes_of, label_names, spelt_as
from stancekit.model.training.spellings import almost_alike, one_spelling
from stancekit.text.duplicates import duplicate_groups
from stancekit.text.given import column, values_of
from stancekit.text.minhash import components

_NO_LABEL = "no label"
_TEXT_REASONS = {MISSING: "no text", EMPTY: "empty text", NOT_TEXT: "text is not text"}


@dataclass(frozen=True)
class Annotated:
    """Labelled posts.

    Attributes
    ----------
    texts : list of str
        `n` posts.
    y : ndarray of int64, shape (n,)
        Place of each post's label in `classes`.
    classes : tuple of str or int
    groups : ndarray of int64, shape (n,)
        Posts that must stay on one side of a split have one number.
    weight : ndarray of float64, shape (n,)
    rows : ndarray of int64, shape (n,)
        Row of each post in the caller's table; those of the extra ones go on behind it.
    scored : ndarray of bool, shape (n,)
        Whether a post is one to be scored on, and not of the extra ones; these come last.
    dropped : dict of str to int
        What was left out and why.
    merged : dict of str to str
        Labels that were taken for one typed otherwise, and that one.
    notices : tuple of str
        What is odd about the labels; see `stancekit.model.training.notices`.
    """

    texts: list[str]
    y: npt.NDArray[np.int64]
    classes: tuple[ClassName, ...]
    groups: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]
    rows: npt.NDArray[np.int64]
    scored: npt.NDArray[np.bool_]
    dropped: dict[str, int]
    merged: dict[ClassName, ClassName]
    notices: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over texts and labels."""
        sha = hashlib.sha256()
        for text, code in zip(self.texts, self.y.tolist(), strict=True):
            sha.update(f"{code}\t{len(text)}\t".encode())
            sha.update(text.encode("utf-8", "surrogatepass"))
        return sha.hexdigest()


def annotated(
    posts: pd.DataFrame,
    *,
    text: str,
    label: str,
    group: str | None = None,
    weight: str | None = None,
    extra: pd.DataFrame | None = None,
    merge_labels: bool = True,
    model_classes: tuple[ClassName, ...] | None = None,
    seed: int = 0,
) -> Annotated:
    """Check labelled posts and group those that must not be split; see `stancekit.train`.

    Where a model's classes are given, no other label may occur, and any may be rare or missing.
    """
    for name, frame in (("posts", posts), ("extra", extra)):
        if not isinstance(frame, pd.DataFrame) and (frame is not None or name == "posts"):
            raise InputError(
                f"{name} is {type(frame).__name__}: give a DataFrame of labelled posts"
            )
    own = len(posts)
    if extra is not None:
        posts = _stacked(posts, extra, [n for n in (text, label, group, weight) if n is not None])
    given = as_texts(values_of(posts, text)[0])
    labels = column(posts, label, "label")
    named = label_names(labels)
    reasons: list[str | None] = [
        _TEXT_REASONS[why] if why else _NO_LABEL if name is None else None
        for why, name in zip(given.reason, named, strict=True)
    ]
    if weight is not None:
        _mark_weightless(reasons, column(posts, weight, "weight"))
    keep = np.flatnonzero([why is None for why in reasons])
    names = [
        name for name, why in zip(named, reasons, strict=True) if why is None and name is not None
    ]
    typed = Counter(names)
    kept = one_spelling(typed) if merge_labels else {name: name for name in typed}
    if model_classes is None:
        classes = classes_of(labels, kept)
    else:
        classes, kept = model_classes, spelt_as(model_classes, kept)
    number = {name: code for code, name in enumerate(classes)}
    y = np.array([number[kept[name]] for name in names], np.int64)
    texts = [given.texts[place] for place in np.searchsorted(given.place, keep)]
    groups = duplicate_groups(texts, seed=seed)
    if group is not None:
        groups = _joined(groups, column(posts, group, "group").iloc[keep])
    scored = keep < own
    posts_of = dict(zip(classes, np.bincount(y, minlength=len(classes)).tolist(), strict=True))
    alike = almost_alike(posts_of)
    if model_classes is None:
        _check(y, classes, groups, scored, dict(alike))
    weights = np.ones(len(keep))
    if weight is not None:  # their mean is 1: how strongly to regularise does not hang on the unit
        weights = _numbers(column(posts, weight, "weight"))[keep]
        weights /= weights.mean()
    dropped = dict(Counter(why for why in reasons if why is not None))
    merged = {name: spelling for name, spelling in kept.items() if name != spelling}
    first = int(scored.sum())  # the extra posts come last, and are judged by no one
    told = [
        notices.of_unlabelled(reasons[:own].count(_NO_LABEL), own),
        notices.of_disagreement(texts[:first], y[:first], classes, keep[:first]),
    ]
    if model_classes is None:
        counts = np.bincount(y[:first], minlength=len(classes)).tolist()
        told += [
            notices.of_spellings(typed, kept),
            notices.of_slips(posts_of, alike),
            notices.of_gaps(classes),
            notices.of_few(dict(zip(classes, counts, strict=True))),
        ]
    said = tuple(notice for notice in told if notice)
    return Annotated(texts, y, classes, groups, weights, keep, scored, dropped, merged, said)


def _numbers(weights: pd.Series) -> npt.NDArray[np.float64]:
    return pd.to_numeric(weights, errors="coerce").to_numpy(np.float64, na_value=np.nan)


def _mark_weightless(reasons: list[str | None], weights: pd.Series) -> None:
    """Drop posts of weight 0; refuse what is no weight, unless its post is dropped anyhow."""
    for row, value in enumerate(_numbers(weights).tolist()):
        if reasons[row] is None:
            if not 0 <= value < float("inf"):
                raise InputError(
                    f"column {weights.name!r}, row {row}: {weights.iloc[row]!r} is no weight: "
                    "give a number, 0 or more"
                )
            if value == 0:
                reasons[row] = "weight 0"


def _joined(groups: npt.NDArray[np.int64], own: pd.Series) -> npt.NDArray[np.int64]:
    """Join posts that are near-duplicates or share the caller's group."""
    codes, _ = pd.factorize(own)
    known = np.flatnonzero(codes >= 0)
    size = len(groups)
    count = int(groups.max()) + 1
    offset = count + codes[known]
    joined = components(count + int(codes.max(initial=-1)) + 1, groups[known], offset)
    return np.asarray(pd.factorize(joined[groups])[0][:size], np.int64)


def _stacked(posts: pd.DataFrame, extra: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Put the extra posts below; a Categorical's order stays where both have the same labels."""
    for name in columns:  # said of each frame, since below one another a gap would pass for None
        for frame in (posts, extra):
            column(frame, name, name)
    return pd.concat([posts[columns], extra[columns]], ignore_index=True)


def _check(
    y: npt.NDArray[np.int64],
    classes: tuple[ClassName, ...],
    groups: npt.NDArray[np.int64],
    scored: npt.NDArray[np.bool_],
    alike: Mapping[ClassName, ClassName],
) -> None:
    for code, name in enumerate(classes):
        own = (y == code) & scored
        if not own.any():
            raise InputError(
                f"label {name!r} is in the extra posts only, where it is never scored: leave those "
                "posts out, or annotate some among the others"
            )
        if len(np.unique(groups[own])) < 2:
            raise InputError(
                f"label {name!r} has {int(own.sum())} post(s), all copies of one or in one "
                "group: two that differ are needed. Annotate more, or leave the label out"
                + (f"; or is {alike[name]!r} meant?" if name in alike else "")
            )
