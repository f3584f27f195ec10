"""A random sample within each label given, as large as the label is."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.study.shares.checked import DRAWN, DRAWN_AS, STRATIFIED

Ints = npt.NDArray[np.int64]

#: So many posts of each label given are drawn at least, where there are as many.
LEAST: Final = 10


def draw_within_labels(
    code: Ints, text: Ints, n: int, rng: np.random.Generator
) -> tuple[Ints, dict[str, Any]]:
    """Draw posts at random within each label; equal texts drawn are one row that says how many.

    Parameters
    ----------
    code, text : ndarray of int64, shape (N,)
        Label given to each post, and the number of its text.
    n : int

    Returns
    -------
    places, columns
        Which posts, and what is said of them. Of equal texts any one of those drawn stands for
        all, so that a period has as many in the mean as were drawn of it.
    """
    wanted = allocated(np.bincount(code), n)
    drawn = np.concatenate(
        [
            rng.choice(np.flatnonzero(code == label), size, replace=False)
            for label, size in enumerate(wanted)
            if size
        ]
    )
    drawn = rng.permutation(drawn)
    _, first, times = np.unique(text[drawn], return_index=True, return_counts=True)
    return drawn[first], {
        DRAWN_AS: np.full(len(first), STRATIFIED, object),
        DRAWN: times.astype(np.int64),
    }


def allocated(sizes: Ints, n: int) -> Ints:
    """Part `n` among strata in proportion to their sizes, with a few of each.

    In proportion, since a rare label's error comes as much from the posts that should have been
    given it and were not, among those of the common labels (docs/benchmarks.md).

    Examples
    --------
    >>> allocated(np.array([900, 90, 10]), 100)
    array([80, 10, 10])
    >>> allocated(np.array([900, 0, 3]), 100)
    array([97,  0,  3])
    """
    least = np.minimum(sizes, min(LEAST, n // max(int((sizes > 0).sum()), 1)))
    share = sizes / sizes.sum() * n
    fixed = share <= least
    free = n - int(least[fixed].sum())
    wanted = np.where(fixed, least, share)
    if not fixed.all():
        wanted[~fixed] = share[~fixed] / share[~fixed].sum() * free
    whole: Ints = np.minimum(np.floor(wanted + 1e-9), sizes).astype(np.int64)
    while whole.sum() < n:  # what rounding left, to the largest remainders that have room
        room = np.where(whole < sizes, wanted - whole, -np.inf)
        whole[int(room.argmax())] += 1
    return whole
