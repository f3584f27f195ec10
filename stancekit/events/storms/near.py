"""Phrases that are nearly the same: MinHash of character 4-grams, in linear time.

References
----------
Broder (1997), On the resemblance and containment of documents.
Leskovec, Rajaraman & Ullman (2020), Mining of Massive Datasets, §3.4 (banding).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.text.hashing import hash_all, prefix_sums
from stancekit.text.minhash import components

Signatures = npt.NDArray[np.uint8]

#: Least overlap (Jaccard) of the sets of 4-grams.
OVERLAP: Final = 0.6
#: Shorter phrases have too few 4-grams for an overlap to mean anything.
LEAST: Final = 20
_GRAM: Final = 4
#: Hashes, in bands of so many: a pair at the threshold is found 19 times in 20.
_HASHES: Final = 36
_ROWS: Final = 3
_BLOCK: Final = 2_000
_SEED: Final = 37


def signatures(forms: Sequence[str]) -> Signatures:
    """Give of each phrase the least value that each of 36 hashes takes on its 4-grams.

    Parameters
    ----------
    forms
        Phrases of at least four characters, without line breaks.

    Returns
    -------
    ndarray of uint8, shape (len(forms), 36)
        The low bits of these values, which are enough to tell them apart.
    """
    found = np.empty((len(forms), _HASHES), np.uint8)
    for start in range(0, len(forms), _BLOCK):
        found[start : start + _BLOCK] = _signatures(forms[start : start + _BLOCK])
    return found


def _signatures(forms: Sequence[str]) -> Signatures:
    rng = np.random.default_rng(_SEED)
    factors = rng.integers(0, 2**31, _HASHES, np.uint32) * np.uint32(2) + np.uint32(1)
    shifts = rng.integers(0, 2**32, _HASHES, np.uint32)
    joined = "\n".join(forms).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, "<u4")
    grams = (hash_all(prefix_sums(codes), _GRAM) >> np.uint64(32)).astype(np.uint32)
    edge = np.flatnonzero(codes == ord("\n"))
    begin = np.append(0, edge + 1)
    inside = np.ones(len(grams), bool)
    for step in range(_GRAM):
        inside[edge[edge - step < len(grams)] - step] = False
    before = np.append(0, np.cumsum(inside))
    values, starts = grams[inside], before[begin]
    return np.stack(
        [
            np.minimum.reduceat(values * factor + shift, starts).astype(np.uint8)
            for factor, shift in zip(factors, shifts, strict=True)
        ],
        axis=1,
    )


def alike(found: Signatures, used: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give each phrase the place of the most used one that it is nearly the same as; or its own.

    Parameters
    ----------
    found : ndarray of uint8, shape (n, 36)
        Of phrases that are told apart: no two are the same.
    used : ndarray of int64, shape (n,)
        How often each is used; what is alike and used as often is taken in the order given.

    Examples
    --------
    >>> forms = ["the library on mill road stays", "the library in mill road stays", "x" * 20]
    >>> alike(signatures(forms), np.array([1, 2, 1])).tolist()
    [1, 1, 2]
    """
    count = len(found)
    if count < 2:
        return np.arange(count)
    rank = np.lexsort((np.arange(count), -used)).astype(np.int32)
    first, second = [], []
    for at in range(0, _HASHES, _ROWS):
        one, other = _pairs(found[rank, at : at + _ROWS])
        near = _near(found, rank[one], rank[other])
        first.append(one[near])
        second.append(other[near])
    group = components(count, np.concatenate(first), np.concatenate(second))
    head = np.full(count, count)
    np.minimum.at(head, group, np.arange(count))  # the most used of each group
    centre = head[group]
    own = _near(found, rank, rank[centre])  # a chain may lead far from where it begins
    result = np.empty(count, np.int64)
    result[rank] = rank[np.where(own, centre, np.arange(count))]
    return result


def _pairs(band: Signatures) -> tuple[Any, Any]:
    """Pairs in one bucket: each with the most used one there, and with the one before."""
    wide = band.astype(np.uint32)
    key = (wide[:, 0] << np.uint32(16)) | (wide[:, 1] << np.uint32(8)) | wide[:, 2]
    order = np.argsort(key, kind="stable").astype(np.int32)
    key = key[order]
    new = np.append(True, key[1:] != key[:-1])
    head = np.maximum.accumulate(np.where(new, np.arange(len(key)), 0))
    rest = np.flatnonzero(~new)
    far = rest[head[rest] < rest - 1]
    return (
        np.concatenate([order[rest - 1], order[head[far]]]),
        np.concatenate([order[rest], order[far]]),
    )


def _near(found: Signatures, first: Any, second: Any) -> npt.NDArray[np.bool_]:
    """Whether the share of hashes that agree, which estimates the overlap, is large enough."""
    near = np.empty(len(first), bool)
    for start in range(0, len(first), 100_000):
        one, other = first[start : start + 100_000], second[start : start + 100_000]
        near[start : start + 100_000] = (found[one] == found[other]).mean(axis=1) >= OVERLAP
    return near
