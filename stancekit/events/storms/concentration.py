"""How evenly posts are parted among accounts; counts only, never who."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt

#: With fewer accounts a Gini coefficient says little, and the counts themselves are given.
LEAST: Final = 100


@dataclass(frozen=True)
class Concentration:
    """How posts are parted among the accounts of a storm.

    Attributes
    ----------
    gini : float
        0 where all post alike, towards 1 where one posts all; NaN with fewer than 100 accounts.
    top1_share : float
        Share of posts by the hundredth of the accounts that posts most; NaN likewise.
    counts : str
        With fewer than 100 accounts the posts of each, most first: ``"9, 4, 1 × 12"``.
    """

    gini: float
    top1_share: float
    counts: str


def concentration(posts: npt.NDArray[np.int64]) -> Concentration:
    """Look at how many posts each account has.

    The Gini coefficient is Σ (2i − n − 1) x_i / (n Σ x), of posts in rising order.

    Examples
    --------
    >>> concentration(np.repeat(3, 200)).gini
    0.0
    >>> concentration(np.array([1, 4, 1, 1])).counts
    '4, 1 × 3'
    """
    rising = np.sort(posts)
    n = len(rising)
    if n < LEAST:
        runs = [(count, len(list(own))) for count, own in groupby(rising[::-1].tolist())]
        counts = ", ".join(f"{count} × {own}" if own > 1 else f"{count}" for count, own in runs)
        return Concentration(np.nan, np.nan, counts)
    total = float(rising.sum())
    gini = float(((2 * np.arange(1, n + 1) - n - 1) * rising).sum()) / (n * total)
    top = float(rising[-max(round(n / 100), 1) :].sum()) / total
    return Concentration(gini, top, "")
