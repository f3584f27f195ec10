"""64-bit hashes of any stretch of an array, of token after token, and of very many at once.

The hash of a stretch is a difference of two prefix sums (Karp & Rabin 1987), so that those of all
stretches of a length cost one pass over the array.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stancekit.text.codepoints import Index, ranges

Hashes = npt.NDArray[np.uint64]

#: Base of the polynomial, odd and so invertible modulo 2^64, and the multipliers that mix.
_BASE = 0x9E3779B97F4A7C15
_BASE_INVERSE = pow(_BASE, -1, 2**64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_STEP = np.uint64(0xA24BAED4963EE407)
#: Powers for more than this (the letters of all words, a giant post) are not kept in memory.
_MOST_KEPT = 2**20


def prefix_sums(codes: npt.NDArray[np.integer]) -> Hashes:
    """Sums from which `hash_between` and `hash_all` take hashes, along the last axis.

    Parameters
    ----------
    codes : ndarray of integers, shape (..., n)

    Returns
    -------
    ndarray of uint64, shape (..., n + 1)
    """
    size = codes.shape[-1]
    sums = np.zeros((*codes.shape[:-1], size + 1), np.uint64)
    terms = np.multiply(codes, _powers(_BASE, size), dtype=np.uint64, casting="unsafe")
    np.cumsum(terms, axis=-1, out=sums[..., 1:])
    return sums


def hash_between(sums: Hashes, start: Index, end: Index) -> Hashes:
    """Hash of each stretch from `start` to `end`, whatever stands around it; `sums` has one axis.

    Examples
    --------
    >>> sums = prefix_sums(np.array([7, 8, 9, 7, 8]))
    >>> first, second = hash_between(sums, np.array([0, 3]), np.array([2, 5]))
    >>> bool(first == second)
    True
    """
    return mix((sums[end] - sums[start]) * _powers(_BASE_INVERSE, len(sums))[start])


def hash_all(sums: Hashes, length: int) -> Hashes:
    """Hash of every stretch of `length`, 1 or more, shape (..., n + 1 - length)."""
    difference = sums[..., length:] - sums[..., :-length]
    difference *= _powers(_BASE_INVERSE, difference.shape[-1])
    return mix(difference)


def hash_some(codes: npt.NDArray[np.integer], start: Index, length: Index) -> Hashes:
    """Hash of each of a few stretches, without the sums of all the array.

    Examples
    --------
    >>> codes, start = np.array([7, 8, 9, 7, 8]), np.array([0, 3])
    >>> first, second = hash_some(codes, start, np.array([2, 2]))
    >>> bool(first == second == hash_between(prefix_sums(codes), start, start + 2)[0])
    True
    """
    end = np.cumsum(length)
    return hash_between(prefix_sums(codes[ranges(start, length)]), end - length, end)


def hash_windows(
    codes: npt.NDArray[np.integer], lengths: Collection[int]
) -> Iterator[tuple[int, Hashes]]:
    """Yield each of some lengths, the least first, and the hash of every stretch of that length.

    What `hash_all` gives for prefix sums of the array, and quicker where lengths are few and small:
    a stretch is the one that is shorter by one, and its last place.

    Examples
    --------
    >>> codes = np.array([7, 8, 9, 7, 8])
    >>> (two, pairs), (three, triples) = hash_windows(codes, (3, 2))
    >>> two, three, len(triples), bool((pairs == hash_all(prefix_sums(codes), 2)).all())
    (2, 3, 3, True)
    """
    terms = codes.astype(np.uint64)
    sums = np.zeros(len(terms) + 1, np.uint64)
    for length, power in enumerate(_powers(_BASE, max(lengths)), start=1):
        sums = sums[:-1]
        sums += terms[length - 1 :] * power
        if length in lengths:
            yield length, mix(sums)


def hash_next(before: Hashes, token: Hashes) -> Hashes:
    """Hash of a sequence that `token` follows, from that of the sequence and the token's own."""
    return mix(before * _STEP + token)


def mix(hashes: Hashes) -> Hashes:
    """Spread the entropy of every bit over the high half, where table indices are taken from."""
    mixed = hashes >> np.uint64(32)
    mixed ^= hashes
    mixed *= _MIX
    return mixed


def _powers(base: int, size: int) -> Hashes:
    """Return ``base ** i`` modulo 2^64 for the first `size` exponents."""
    if size > _MOST_KEPT:
        return _power_table(base, size)
    return _kept_powers(base, 1 << max(16, int(size).bit_length()))[:size]


def _power_table(base: int, size: int) -> Hashes:
    powers = np.full(size, base, np.uint64)
    powers[0] = 1
    np.cumprod(powers, out=powers)
    powers.flags.writeable = False
    return powers


_kept_powers = lru_cache(maxsize=8)(_power_table)
