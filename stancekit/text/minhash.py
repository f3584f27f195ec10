"""Near-copies among many texts: MinHash signatures, banding, and a check of every pair found.

References
----------
Broder (1997), On the resemblance and containment of documents.
Leskovec, Rajaraman & Ullman (2020), Mining of Massive Datasets, §3.4 (banding).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

Ints = npt.NDArray[np.int64]

SHINGLE: Final = 5
_HASHES: Final = 64
_BLOCK: Final = 2_000  # texts a block: its 5-grams stay in the processor's cache
_WINDOW: Final = 16  # partners tried on each side of a text in one bucket


def near_copies(forms: Sequence[str], threshold: float, seed: int) -> tuple[Ints, Ints]:
    """Return pairs of places that connect the near-copies among distinct texts.

    Two texts are near-copies if the sets of their character 5-grams have a Jaccard overlap of at
    least ``threshold``. The pairs are enough to connect what is connected, not all there are.

    Parameters
    ----------
    forms
        Texts of at least five characters, without line breaks.
    """
    if len(forms) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    blocks = [shingles(forms[start : start + _BLOCK]) for start in range(0, len(forms), _BLOCK)]
    signatures = np.concatenate([_signatures(block, seed) for block in blocks])
    sets = vstack(blocks, format="csr")
    component = np.arange(len(forms))
    found: list[tuple[Ints, Ints]] = []
    for first, second in _candidates(signatures, _rows_a_band(threshold)):
        new = component[first] != component[second]  # what is connected needs no further check
        first, second = first[new], second[new]
        same = _are_near_copies(sets, signatures, first, second, threshold)
        found.append((first[same], second[same]))
        joined = components(len(forms), component[first[same]], component[second[same]])
        component = joined[component]
    return (
        np.concatenate([first for first, _ in found]),
        np.concatenate([second for _, second in found]),
    )


def components(count: int, first: Ints, second: Ints) -> Ints:
    """Return the connected component of each of ``count`` places, given pairs of them."""
    graph = coo_array((np.ones(len(first), np.int8), (first, second)), shape=(count, count))
    labels: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def shingles(forms: Sequence[str]) -> Any:
    """Return the sets of hashed character 5-grams: a CSR array, one row a text, sorted columns."""
    joined = "\n".join(forms).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, "<u4").astype(np.uint64)
    text = np.cumsum(codes == ord("\n"))
    count = len(codes) - SHINGLE + 1
    value = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        value = value * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + count]
    value ^= value >> np.uint64(32)
    value *= np.uint64(0xD6E8FEB86659FD93)
    inside = (text[:count] == text[SHINGLE - 1 :]) & (codes[:count] != ord("\n"))
    columns = (value[inside] >> np.uint64(34)).astype(np.int32)  # 30 bits: fits CSR's int32
    starts = np.append(0, np.cumsum(np.bincount(text[:count][inside], minlength=len(forms))))
    sets = csr_array(
        (np.ones(len(columns), np.int32), columns, starts), shape=(len(forms), 1 << 30)
    )
    sets.sum_duplicates()
    return sets


def _signatures(sets: Any, seed: int) -> npt.NDArray[np.uint32]:
    """Return the MinHash signature of each row: the least value of every hash over its 5-grams."""
    rng = np.random.default_rng(seed)
    factors = rng.integers(0, 2**31, _HASHES, np.uint32) * np.uint32(2) + np.uint32(1)
    shifts = rng.integers(0, 2**32, _HASHES, np.uint32)
    values = sets.indices.astype(np.uint32)
    signatures = np.empty((sets.shape[0], _HASHES), np.uint32)
    for place, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
        signatures[:, place] = np.minimum.reduceat(values * factor + shift, sets.indptr[:-1])
    return signatures


def _rows_a_band(threshold: float) -> int:
    """Return the most hashes a band that still find a pair at the threshold 19 times in 20."""
    found = [1 - (1 - threshold**rows) ** (_HASHES // rows) for rows in range(1, 17)]
    return max((rows for rows, share in enumerate(found, 1) if share >= 0.95), default=1)


def _candidates(signatures: npt.NDArray[np.uint32], rows: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield for each band the pairs of places whose signatures agree in it.

    In a bucket of more than 17 texts each is paired with its 16 neighbours on either side and
    with the first, not with all: near-copies in such numbers are connected many times over.
    """
    for start in range(0, _HASHES - rows + 1, rows):
        band = np.ascontiguousarray(signatures[:, start : start + rows])
        key = np.unique(band.view(f"V{4 * rows}").ravel(), return_inverse=True)[1].ravel()
        order = np.argsort(key, kind="stable")
        key = key[order]
        pairs = []
        for step in range(1, _WINDOW + 1):
            near = np.flatnonzero(key[step:] == key[:-step])
            pairs.append((order[near], order[near + step]))
        head = np.searchsorted(key, key)
        far = np.flatnonzero(np.arange(len(key)) - head > _WINDOW)
        pairs.append((order[head[far]], order[far]))
        yield (
            np.concatenate([first for first, _ in pairs]),
            np.concatenate([second for _, second in pairs]),
        )


def _are_near_copies(
    sets: Any,
    signatures: npt.NDArray[np.uint32],
    first: Ints,
    second: Ints,
    threshold: float,
) -> npt.NDArray[np.bool_]:
    """Check each pair's overlap exactly, unless its signatures are 4 standard errors too far."""
    same = np.zeros(len(first), np.bool_)
    margin = 4 * np.sqrt(threshold * (1 - threshold) / _HASHES)
    size = np.diff(sets.indptr)
    for start in range(0, len(first), 50_000):
        a, b = first[start : start + 50_000], second[start : start + 50_000]
        likely = (signatures[a] == signatures[b]).mean(axis=1) >= threshold - margin
        a, b = a[likely], b[likely]
        shared = np.diff(sets[a].multiply(sets[b]).indptr)  # not .sum: it makes 2**30 ones
        same[start + np.flatnonzero(likely)] = shared >= threshold * (size[a] + size[b] - shared)
    return same
