"""Which letter runs are English words, how likely each is, and which words go together.

The numbers come from wordfreq and SymSpell (see data/hashtag_words.LICENCE.md) and are kept as
sorted hashes, so that a batch of look-ups is a few numpy calls.
"""

import lzma
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

LONGEST_WORD = 24
ALPHABET = 38  # 0 word boundary, 1-26 a-z, 27 any other Latin letter, 28-37 digits
DIGIT_ZERO = 28
_STEPS_PER_DECADE = 25
_STEPS_PER_NAT = 10
_SMOOTHING = 20.0  # pseudo-counts lent by the shorter context to the longer
_BUCKET_BITS = 21
_BUCKET_SHIFT = np.uint64(64 - _BUCKET_BITS)
_BASE = 0x9E3779B97F4A7C15
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)


def _powers(base: int, n: int) -> Hashes:
    """Raise `base` to 0, 1, ... n - 1, modulo 2**64."""
    steps = np.full(n, base, np.uint64)
    steps[:1] = 1
    return np.cumprod(steps, dtype=np.uint64)


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(32))) * _MIX
    return values ^ (values >> np.uint64(29))


@dataclass(frozen=True)
class HashIndex:
    """Sorted hashes with the place where each run of equal top bits starts.

    A bucket holds a hash or two at most, so a look-up is a few comparisons; np.searchsorted
    would jump through the whole array for each.
    """

    hashes: Hashes
    starts: NDArray[np.int32]  # (2 ** _BUCKET_BITS + 1,)
    fullest: int

    @classmethod
    def of(cls, hashes: Hashes) -> "HashIndex":
        """Index of `hashes`, which must be sorted."""
        bucket = (hashes >> _BUCKET_SHIFT).astype(np.int64)
        counts = np.bincount(bucket, minlength=1 << _BUCKET_BITS)
        starts = np.zeros(len(counts) + 1, np.int32)
        np.cumsum(counts, out=starts[1:])
        return cls(hashes, starts, int(counts.max()))

    def find(self, wanted: Hashes) -> tuple[Ints, Ints]:
        """Which of `wanted` (1-D) are here, and where."""
        bucket = (wanted >> _BUCKET_SHIFT).astype(np.int64)
        start = self.starts[bucket]
        asked = np.flatnonzero(self.starts[bucket + 1] > start)
        wanted, at = wanted[asked], start[asked].astype(np.int64)
        last = len(self.hashes) - 1
        for _ in range(self.fullest - 1):
            at += (self.hashes[at] < wanted) & (at < last)
        here = self.hashes[at] == wanted
        return asked[here], at[here]


@dataclass(frozen=True)
class RunHashes:
    """Prefix sums from which the hash of any substring of a batch of runs is one subtraction."""

    sums: Hashes  # (runs, width + 1)
    shifts: Hashes  # (width + 1,): inverse powers of the base

    @classmethod
    def of(cls, codes: Ints) -> "RunHashes":
        """Hashes of `codes`, shape (runs, width)."""
        n = codes.shape[1]
        sums = np.zeros((len(codes), n + 1), np.uint64)
        np.cumsum(codes.astype(np.uint64) * _powers(_BASE, n), axis=1, out=sums[:, 1:])
        return cls(sums, _powers(_BASE_INVERSE, n + 1))

    def of_length(self, length: int) -> Hashes:
        """Hashes of every substring of `length` letters, shape (runs, width + 1 - length)."""
        differences = self.sums[:, length:] - self.sums[:, : self.sums.shape[1] - length]
        return _mixed(differences * self.shifts[: differences.shape[1]])


@dataclass(frozen=True)
class WordTable:
    """Words sorted by hash, pairs of words sorted by key, and a letter model for the rest."""

    words: HashIndex
    log_probability: Floats  # (words,) nats
    starts_pair: NDArray[np.bool_]  # (words,) the word is the first of some known pair
    ends_pair: NDArray[np.bool_]
    pairs: HashIndex
    pair_pmi: Floats  # (pairs,) nats
    letters: Floats  # (ALPHABET,) * 3: log p(letter | two letters before)

    def find_words(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Which of `hashes` (1-D) are known words, and their word numbers."""
        return self.words.find(hashes)

    def find_pairs(self, first: Ints, second: Ints) -> tuple[Ints, Floats]:
        """Which of the word pairs are known, and their pointwise mutual information."""
        which, at = self.pairs.find(_pair_hashes(first, second))
        return which, self.pair_pmi[at]


def _pair_hashes(first: Ints, second: Ints) -> Hashes:
    return _mixed((first.astype(np.uint64) << np.uint64(32)) + second.astype(np.uint64))


def _letter_model(codes: Ints) -> Floats:
    """Interpolated letter trigrams over the word list, each word counted once."""
    triple = (codes[:-2] * ALPHABET + codes[1:-1]) * ALPHABET + codes[2:]
    counts = np.bincount(triple, minlength=ALPHABET**3).astype(np.float64)
    three = counts.reshape(ALPHABET, ALPHABET, ALPHABET)
    three[1:, 0, 0] = 0.0  # the two boundaries between words follow no letter
    two = three.sum(axis=0)
    one = two.sum(axis=0) + 1.0
    short = (two + _SMOOTHING * one / one.sum()) / (two.sum(1, keepdims=True) + _SMOOTHING)
    long = (three + _SMOOTHING * short) / (three.sum(2, keepdims=True) + _SMOOTHING)
    result: Floats = np.log(long).astype(np.float32)
    return result


def _from_arrays(stored: dict[str, Any]) -> WordTable:
    letter = np.zeros(128, np.int64)
    letter[97:123] = np.arange(1, 27)
    letter[48:58] = np.arange(DIGIT_ZERO, ALPHABET)
    codes = letter[stored["words"]]
    inside = np.flatnonzero(np.diff((codes > 0).astype(np.int8)))
    start, end = inside[::2] + 1, inside[1::2] + 1
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes.astype(np.uint64) * _powers(_BASE, len(codes)), out=sums[1:])
    hashes = _mixed((sums[end] - sums[start]) * _powers(_BASE_INVERSE, len(codes))[start])
    order = np.argsort(hashes)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    first = rank[np.repeat(np.arange(len(order)), stored["pairs_per_word"])]
    second = rank[stored["pair_second"].astype(np.int64)]
    pairs = _pair_hashes(first, second)
    by_pair = np.argsort(pairs)
    return WordTable(
        words=HashIndex.of(hashes[order]),
        log_probability=stored["word_log"][order].astype(np.float32)
        * np.float32(-np.log(10.0) / _STEPS_PER_DECADE),
        starts_pair=np.isin(np.arange(len(order)), first),
        ends_pair=np.isin(np.arange(len(order)), second),
        pairs=HashIndex.of(pairs[by_pair]),
        pair_pmi=stored["pair_pmi"][by_pair].astype(np.float32) / np.float32(_STEPS_PER_NAT),
        letters=_letter_model(codes),
    )


@cache
def word_table() -> WordTable:
    """Read the table shipped with stancekit, once a process (about a quarter of a second)."""
    packed = files("stancekit.text") / "data" / "hashtag_words.safetensors.xz"
    return _from_arrays(load(lzma.decompress(packed.read_bytes())))
