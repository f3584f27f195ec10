"""Which n-grams and words make labels flip when names are swapped."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from stancekit.fairness.result import Audit

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel


def blame(found: Audit, model: StanceModel, n: int | None = 1000) -> pd.DataFrame:
    """Say which features make labels flip where they should stay.

    The gap between the logits of the two labels differs from the one text to the other by just
    the contributions of what stands in only one of them; these are summed over the flips.

    Parameters
    ----------
    found : Audit
    model : StanceModel
        The model that was audited.
    n : int, optional
        At most so many flips, drawn with the audit's seed; all if None.

    Returns
    -------
    DataFrame
        ``block``, ``feature``, the number of ``flips`` it takes part in, and its ``push``: how far
        it moves the gap of logits towards the flip, on average over those; the greatest sum first.

    Examples
    --------
    >>> import stancekit
    >>> model = stancekit.load()
    >>> blame(stancekit.audit(model, n=1, progress=False), model, n=5).columns.tolist()
    ['block', 'feature', 'flips', 'push']
    """
    flips = found.failures[found.failures["expect"] == "same"]
    if n is not None and len(flips) > n:
        flips = flips.iloc[np.sort(np.random.default_rng(found.seed).choice(len(flips), n, False))]
    pushes: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in flips.itertuples():
        labels = str(row.left_label), str(row.right_label)
        first, second = (_scores(model, str(text), labels) for text in (row.left, row.right))
        for key in first.keys() | second.keys():
            push = second.get(key, 0.0) - first.get(key, 0.0)
            if push:
                pushes[key].append(push)
    order = sorted(pushes, key=lambda key: (-sum(pushes[key]), key))
    return pd.DataFrame(
        [(*key, len(pushes[key]), float(np.mean(pushes[key]))) for key in order],
        columns=["block", "feature", "flips", "push"],
    )


def _scores(model: StanceModel, text: str, labels: tuple[str, str]) -> dict[tuple[str, str], float]:
    """How far each feature speaks for the second label against the first."""
    table = model.explain(text).contributions
    gap = table[labels[1]] - table[labels[0]]
    scores: dict[tuple[str, str], float] = defaultdict(float)
    for block, feature, score in zip(table["block"], table["feature"], gap, strict=True):
        scores[str(block), str(feature)] += float(score)
    return scores
