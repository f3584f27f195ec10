"""Annotations of the same posts by several people, as votes; and what label a post has by them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from stancekit.errors import ArgumentError, InputError
from stancekit.labels import ClassName
from stancekit.model.training.label_column import label_names
from stancekit.model.training.spellings import one_spelling

#: How ties of the most frequent labels are settled: the post is left out, or stands under each.
Ties = Literal["drop", "keep"]
_TIES: Final = ("drop", "keep")
_TIED: Final = "annotators tie"
_NO_LABEL: Final = "annotations without a label"
_AGAIN: Final = "annotations that the same annotator made again later"


@dataclass(frozen=True)
class Votes:
    """Who gave which label to which post.

    Attributes
    ----------
    table : DataFrame
        A row a vote: ``row`` (place of the annotation in the table given), ``item`` and
        ``annotator`` as codes from 0, ``label``, and ``weight``, the share that this label is of
        all that this annotator gave the post. An annotator without a name is one of their own.
    annotators : Index
        Names of those who have one, by code.
    dropped : dict of str to int
        Annotations that are no votes, and why.
    """

    table: pd.DataFrame
    annotators: pd.Index
    dropped: dict[str, int]


def is_annotated(posts: pd.DataFrame, text: str, label: str) -> bool:
    """Tell whether a table has a row an annotation, as `stancekit.read_annotations` makes it."""
    return {"item_id", "annotator", text, label} <= set(posts.columns)


def votes_of(
    annotations: pd.DataFrame,
    *,
    text: str = "text",
    label: str = "label",
    merge_labels: bool = True,
) -> Votes:
    """Count the annotations of a table as votes.

    Of an annotator's several annotations of one post the last counts, by ``time`` where there is
    one; several labels under one ``source_ref`` are several choices at once, and share one vote.

    Raises
    ------
    InputError
        If a column is missing.
    """
    if not isinstance(annotations, pd.DataFrame):
        raise InputError(
            f"annotations are {type(annotations).__name__}: give the DataFrame of read_annotations"
        )
    for needed in ("annotator", label):
        if needed not in annotations:
            raise InputError(
                f"no column {needed!r}; there are {', '.join(map(str, annotations.columns))}. "
                "Give a row an annotation, as stancekit.read_annotations does"
            )
    codes, different = pd.factorize(annotations[label])
    names = label_names(pd.Series(different))  # of few, however many annotations
    posts = np.bincount(codes[codes >= 0], minlength=len(names)).tolist()
    typed: Counter[ClassName] = Counter()
    for typed_name, count in zip(names, posts, strict=True):
        if typed_name is not None:
            typed[typed_name] += count
    spelt = one_spelling(typed) if merge_labels else {}
    meant = [None if name is None else spelt.get(name, name) for name in names]
    given = pd.Series(np.array([*meant, None], dtype=object)[codes])
    named = given.notna().to_numpy()
    who, annotators = pd.factorize(annotations["annotator"])
    nameless = np.flatnonzero(who < 0)
    who = who.astype(np.int64)
    apart = np.arange(len(nameless))
    if "source_ref" in annotations:  # several choices of somebody
        refs = annotations["source_ref"].astype("string").fillna("").to_numpy(object)[nameless]
        apart = np.where(refs == "", apart + len(refs), pd.factorize(refs)[0])
    who[nameless] = len(annotators) + apart
    table = pd.DataFrame({"item": items_of(annotations, text), "annotator": who, "label": given})
    table.insert(0, "row", np.arange(len(table)))
    votes = table[named]
    last = _last_of_each(votes, annotations)
    once = votes[last].drop_duplicates(["item", "annotator", "label"])
    choices = once.groupby(["item", "annotator"], sort=False)["label"].transform("size")
    dropped = {_NO_LABEL: int((~named).sum()), _AGAIN: int((~last).sum())}
    return Votes(
        once.assign(weight=1 / choices.to_numpy(np.float64)).reset_index(drop=True),
        pd.Index(annotators),
        {why: count for why, count in dropped.items() if count},
    )


def items_of(annotations: pd.DataFrame, text: str = "text") -> pd.Series:
    """Number the post that each annotation is of: by ``item_id``, or where there is none by text.

    Raises
    ------
    InputError
        If the table has neither.
    """
    keys = pd.Series(pd.NA, index=range(len(annotations)), dtype=object)
    if text in annotations:
        words = annotations[text].astype("string").str.split().str.join(" ")
        keys = pd.Series("t" + words.to_numpy(object), dtype=object).where(words.notna().to_numpy())
    if "item_id" in annotations:
        own = annotations["item_id"].astype("string").reset_index(drop=True)
        keys = ("i" + own).astype(object).where(own.notna(), keys)
    elif text not in annotations:
        raise InputError(f"no column 'item_id' and no {text!r}: what the labels are of is not said")
    codes, known = pd.factorize(keys)
    lost = np.flatnonzero(codes < 0)
    codes = codes.astype(np.int64)
    codes[lost] = len(known) + np.arange(len(lost))
    return pd.Series(codes)


def _last_of_each(votes: pd.DataFrame, annotations: pd.DataFrame) -> pd.Series:
    """Mark the annotations that no later one by the same annotator replaces."""
    pair = ["item", "annotator"]
    again = votes.duplicated(pair, keep=False)
    last = pd.Series(True, index=votes.index)
    if not again.any() or "source_ref" not in annotations:
        return last
    some = votes[again]
    rows = some["row"].to_numpy()
    some = some.assign(ref=annotations["source_ref"].astype("string").to_numpy()[rows])
    if "time" in annotations:
        time = annotations["time"].to_numpy()[rows]
        some = some.assign(time=time).sort_values("time", kind="stable", na_position="first")
    final = some.groupby(pair, sort=False)["ref"].transform("last")
    last[some.index] = (some["ref"] == final).fillna(True).to_numpy(bool)
    return last


def labels_by_votes(
    annotations: pd.DataFrame,
    *,
    text: str = "text",
    label: str = "label",
    soft: bool = False,
    ties: Ties = "drop",
    merge_labels: bool = True,
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Give each annotated post the label of most of its annotators.

    Parameters
    ----------
    annotations, text, label, merge_labels
        As in :func:`votes_of`.
    soft : bool
        Whether a post stands under every label that somebody gave it, with its share of the
        votes as weight; else only under that of most.
    ties : {"drop", "keep"}
        Without `soft`: whether a post that no label has most votes of is left out, or stands
        under each of the first ones with equal weights.

    Returns
    -------
    posts : DataFrame
        A row a post and label, the most frequent label first: the columns of the post's first
        annotation, ``row`` (its place), `label`, ``weight`` (1 for each post in all), ``votes``
        (how many annotators labelled the post), ``agreed`` (the share of them that gave it this
        label), whether this is the ``first`` row of its post, and whether the post is ``tied``.
    dropped : dict of str to int
        What was left out and why.
    """
    if ties not in _TIES:
        raise ArgumentError(f"ties is {ties!r}: give one of {', '.join(_TIES)}")
    votes = votes_of(annotations, text=text, label=label, merge_labels=merge_labels)
    table, dropped = votes.table, Counter(votes.dropped)
    found = table.groupby(["item", "label"], sort=False).agg(
        own=("row", "min"), given=("weight", "sum")
    )
    found = found.reset_index()
    by_item = found.groupby("item", sort=False)
    found["row"] = by_item["own"].transform("min")
    found["votes"] = found["item"].map(table.groupby("item")["annotator"].nunique())
    found["agreed"] = found["given"] / found["votes"]
    top = pd.Series(np.isclose(found["given"], by_item["given"].transform("max")))
    winners = top.groupby(found["item"]).transform("sum")
    found["tied"] = winners > 1
    found["weight"] = found["agreed"] if soft else 1 / winners
    if not soft:
        found = found[top]
        if ties == "drop":
            dropped[_TIED] += int(found.loc[found["tied"], "item"].nunique())
            found = found[~found["tied"]]
    order = ["row", "given", "own"]
    found = found.sort_values(order, ascending=[True, False, True], kind="stable")
    posts = annotations.iloc[found["row"].to_numpy()].reset_index(drop=True)
    found = found.assign(first=~found.duplicated("item")).reset_index(drop=True)
    added = ("row", "label", "weight", "votes", "agreed", "first", "tied")
    posts = posts.assign(**{label if name == "label" else name: found[name] for name in added})
    return posts, {why: count for why, count in dropped.items() if count}
