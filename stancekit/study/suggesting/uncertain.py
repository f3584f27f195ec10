"""What the model is least sure of, each from another cluster of posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.features.transformers import WordVectors
from stancekit.text.duplicates import duplicate_groups

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Clusters are made of so many times as many posts as are wanted, the least sure.
_POOL: Final = 5


def most_uncertain(texts: Sequence[str], proba: Floats, n: int, seed: int) -> Ints:
    """Return the places of posts of small margin that are unlike each other.

    The margin is how much surer the model is of the label than of the next (Scheffer et al. 2001);
    the posts of the smallest are parted by k-means on their mean word vectors (Zhdanov 2019), and
    the least sure of each cluster is taken. Of near-copies one is looked at.

    Parameters
    ----------
    texts : sequence of `p` str
        Different texts.
    proba : ndarray of float64, shape (p, K)
    n : int

    Examples
    --------
    >>> texts = ["the tram is late", "ice cream again", "the tram is gone"]
    >>> most_uncertain(texts, np.array([[0.5, 0.5], [0.6, 0.4], [0.9, 0.1]]), 2, seed=0)
    array([0, 1])
    """
    if n < 1:
        return np.empty(0, np.int64)
    two = np.sort(proba, axis=1)[:, -2:]
    order = np.argsort(two[:, -1] - two[:, 0], kind="stable")
    order = order[: _POOL * n * 2]
    near = duplicate_groups([texts[place] for place in order])
    alone = np.unique(near, return_index=True)[1]  # the least sure of each group
    pool = order[np.sort(alone)][: _POOL * n]
    if len(pool) <= n:
        more = order[~np.isin(order, pool)]
        return np.sort(np.concatenate([pool, more])[:n])
    cluster = _clusters([texts[place] for place in pool], n, seed)
    least = np.unique(cluster, return_index=True)[1]  # the pool begins with the least sure
    rest = np.setdiff1d(np.arange(len(pool)), least)[: n - len(least)]
    return np.sort(pool[np.concatenate([least, rest])])


def _clusters(texts: Sequence[str], n: int, seed: int) -> Ints:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    vectors: Any = np.asarray(WordVectors().fit_transform(list(texts)), np.float64)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.where(length > 0, length, 1)
    n = min(n, len(np.unique(vectors.round(6), axis=0)))
    with threadpool_limits(limits=1):  # sums in one order, so that the same seed gives the same
        found: Ints = KMeans(n, n_init=1, random_state=seed).fit_predict(vectors)
    return found.astype(np.int64)
