"""Scores on parts of the posts: by what a column holds."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.scores import metrics
from stancekit.scores.metrics import Ints
from stancekit.text.given import column

#: A column of more values is shown by its most frequent ones, a column of numbers by quarters.
MOST: Final = 30
_OTHERS: Final = "all others"


def parts_of(posts: pd.DataFrame, name: str, rows: Ints) -> pd.Series:
    """Return the part that each of some rows falls into, as text.

    Examples
    --------
    >>> parts_of(pd.DataFrame({"lang": ["en", None]}), "lang", np.array([0, 1])).tolist()
    ['en', '(none)']
    """
    values = column(posts, name, "by").iloc[rows].reset_index(drop=True)
    distinct = values.nunique()
    if distinct > MOST and _is_ordered(values):
        return pd.qcut(values, 4, duplicates="drop").astype("string").fillna("(none)")
    text = values.astype("string").fillna("(none)")
    kept = text.value_counts().index[:MOST]
    return text if text.nunique() <= MOST else text.where(text.isin(kept), _OTHERS)


def sliced(
    parts: pd.Series,
    truth: Ints,
    guess: Ints,
    classes: int,
    groups: npt.ArrayLike,
    seed: int,
) -> pd.DataFrame:
    """Score each part; a row each, in order of its name.

    Returns
    -------
    DataFrame
        ``value``, ``posts``, ``macro_f1`` and ``accuracy`` with ``_low`` and ``_high``.
    """
    found: list[dict[str, Any]] = []
    group = np.asarray(groups)
    for name, places in sorted(parts.groupby(parts, observed=True).indices.items()):
        y, said = truth[places], guess[places]
        matrix = metrics.confusion(y, said, classes)
        draws = metrics.resampled_confusions(y, said, classes, groups=group[places], seed=seed)
        row: dict[str, Any] = {"value": str(name), "posts": len(places)}
        for score, statistic in metrics.STATISTICS.items():
            told = metrics.percentile_interval(float(statistic(matrix)), statistic(draws))
            row |= {score: told.value, f"{score}_low": told.low, f"{score}_high": told.high}
        found.append(row)
    ends = [f"{score}_{end}" for score in metrics.STATISTICS for end in ("low", "high")]
    return pd.DataFrame(found).astype(dict.fromkeys(ends, "float64"))


def _is_ordered(values: pd.Series) -> bool:
    kind = values.dtype
    number = pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
    return number or pd.api.types.is_datetime64_any_dtype(kind)
