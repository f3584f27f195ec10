"""The table of several annotators as posts to learn from: one label each, or several with weights.

A post is scored under the label that most annotators gave it. What else it stands under, it is
learnt from only: there is no right answer to score it by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from stancekit.errors import InputError
from stancekit.model.training.votes import Ties, labels_by_votes
from stancekit.text.given import column

_WEIGHT: Final = "weight"
_RARE: Final = "label that no post has by majority"


@dataclass(frozen=True)
class Voted:
    """Posts by the votes of their annotators.

    Attributes
    ----------
    posts, extra : DataFrame
        Posts to be scored on, and rows to be learnt from only; None if there are none.
    weight : str
        The column of weights in both.
    dropped : dict of str to int
        What was left out and why.
    how : str
        Half a sentence on where the labels are from.
    annotations : int
        Rows of the table.
    """

    posts: pd.DataFrame
    extra: pd.DataFrame | None
    weight: str
    dropped: dict[str, int]
    how: str
    annotations: int


def voted(
    annotations: pd.DataFrame,
    *,
    text: str,
    label: str,
    weight: str | None,
    extra: pd.DataFrame | None,
    soft: bool,
    ties: Ties,
    merge_labels: bool,
) -> Voted:
    """Turn a table with a row an annotation into posts; see `stancekit.train`.

    Raises
    ------
    InputError
        If nothing is left.
    """
    posts, dropped = labels_by_votes(
        annotations, text=text, label=label, soft=soft, ties=ties, merge_labels=merge_labels
    )
    if posts.empty:
        raise InputError(
            "no post has a label that most of its annotators gave it: let another annotator "
            "decide, or keep ties with ties='keep' or soft=True"
        )
    if weight is not None:
        of_first = column(annotations, weight, "weight").iloc[posts["row"].to_numpy()]
        posts[_WEIGHT] *= pd.to_numeric(of_first).to_numpy()
    posts = posts.drop(columns="row")
    clear = posts["first"] & ~posts["tied"]
    rare = ~posts[label].isin(posts.loc[clear, label])
    if rare.any():  # it could not be scored
        dropped = {**dropped, _RARE: int(rare.sum())}
    more = [posts[~clear & ~rare]] if (~clear & ~rare).any() else []
    if extra is not None:
        given = extra if weight is not None else extra.assign(**{_WEIGHT: 1.0})
        more.append(given.rename(columns={weight: _WEIGHT} if weight else {}))
    most = int(posts["votes"].max())
    what = "shares of annotators' votes" if soft else "majority of annotators"
    return Voted(
        posts[clear].reset_index(drop=True),
        pd.concat(more, ignore_index=True) if more else None,
        _WEIGHT,
        dropped,
        f"labels by {what} (up to {most} a post)",
        len(annotations),
    )
