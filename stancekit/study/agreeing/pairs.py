"""Annotators two by two: Cohen's kappa, and how far each agrees with the others."""

from __future__ import annotations

from typing import Final, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

#: Fewer common posts say nothing of a pair.
COMMON: Final = 30
#: Pairs of annotations that are held in memory; with more, pairs of annotators are not compared.
MOST_PAIRS: Final = 20_000_000


def paired(judgments: pd.DataFrame) -> pd.DataFrame | None:
    """Put every two annotations of one post beside each other.

    Parameters
    ----------
    judgments : DataFrame
        ``item``, ``annotator`` and ``label`` as codes; one row for an item and annotator.

    Returns
    -------
    DataFrame or None
        ``a``, ``b`` (annotators, a < b), ``label_a``, ``label_b``; None if they are too many.
    """
    many = np.bincount(judgments["item"].to_numpy()) if len(judgments) else np.zeros(0)
    if (many.astype(np.float64) ** 2).sum() > MOST_PAIRS:
        return None
    both = judgments.merge(judgments, on="item", suffixes=("_a", "_b"))
    both = both[both["annotator_a"] < both["annotator_b"]]
    return both.rename(columns={"annotator_a": "a", "annotator_b": "b"}).drop(columns="item")


def kappas(pairs: pd.DataFrame, names: pd.Index) -> pd.DataFrame:
    """Return Cohen's kappa of each pair of annotators with `COMMON` posts or more.

    Returns
    -------
    DataFrame
        ``a``, ``b``, ``posts``, ``agreement`` (share of equal labels) and ``kappa``, NaN where
        both gave one and the same label only.
    """
    rows = []
    many = pairs[pairs.groupby(["a", "b"])["a"].transform("size") >= COMMON]
    for both, own in many.groupby(["a", "b"], sort=True):
        a, b = (int(code) for code in cast("tuple[int, int]", both))
        same = float((own["label_a"] == own["label_b"]).mean())
        left, right = (own[name].value_counts(normalize=True) for name in ("label_a", "label_b"))
        by_chance = float((left * right).sum())
        kappa = (same - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")
        rows.append((names[a], names[b], len(own), same, kappa))
    columns = {"a": "object", "b": "object", "posts": "int64", "agreement": "float64"}
    return pd.DataFrame(rows, columns=[*columns, "kappa"]).astype({**columns, "kappa": "float64"})


def with_others(pairs: pd.DataFrame, size: int) -> npt.NDArray[np.float64]:
    """Return how often others gave the label that an annotator gave, shape (annotators,).

    The mean over all pairs of annotations of one post, of which one is the annotator's.
    """
    same = (pairs["label_a"] == pairs["label_b"]).to_numpy(np.float64)
    agreed, met = np.zeros(size), np.zeros(size)
    for side in ("a", "b"):
        who = pairs[side].to_numpy()
        agreed += np.bincount(who, same, minlength=size)[:size]
        met += np.bincount(who, minlength=size)[:size]
    with np.errstate(invalid="ignore"):
        return np.asarray(agreed / np.where(met > 0, met, np.nan))
