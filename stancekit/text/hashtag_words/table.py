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

from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.hashing import Hashes, hash_between, mix, prefix_sums

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LONGEST_WORD = 24
ALPHABET = 38  # 0 word boundary, 1-26 a-z, 27 any other Latin letter, 28-37 digits
DIGIT_ZERO = 28
_STEPS_PER_DECADE = 25
_STEPS_PER_NAT = 10
_SMOOTHING = 20.0  # pseudo-counts lent by the shorter context to the longer
_BITS = 21  # of the tables of some 300,000 hashes: a hash or two share them


@dataclass(frozen=True)
class WordTable:
    """Words sorted by hash, pairs of words sorted by key, and a letter model for the rest."""

    words: HashTable
    log_probability: Floats  # (words,) nats
    starts_pair: NDArray[np.bool_]  # (words,) the word is the first of some known pair
    ends_pair: NDArray[np.bool_]
    pairs: HashTable
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
    return mix((first.astype(np.uint64) << np.uint64(32)) + second.astype(np.uint64))


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
    hashes = hash_between(prefix_sums(codes), start, end)
    order = np.argsort(hashes)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    first = rank[np.repeat(np.arange(len(order)), stored["pairs_per_word"])]
    second = rank[stored["pair_second"].astype(np.int64)]
    pairs = _pair_hashes(first, second)
    by_pair = np.argsort(pairs)
    return WordTable(
        words=hash_table(hashes[order], _BITS),
        log_probability=stored["word_log"][order].astype(np.float32)
        * np.float32(-np.log(10.0) / _STEPS_PER_DECADE),
        starts_pair=np.isin(np.arange(len(order)), first),
        ends_pair=np.isin(np.arange(len(order)), second),
        pairs=hash_table(pairs[by_pair], _BITS),
        pair_pmi=stored["pair_pmi"][by_pair].astype(np.float32) / np.float32(_STEPS_PER_NAT),
        letters=_letter_model(codes),
    )


@cache
def word_table() -> WordTable:
    """Read the table shipped with stancekit, once a process (about a quarter of a second)."""
    packed = files("stancekit.text") / "data" / "hashtag_words.safetensors.xz"
    return _from_arrays(load(lzma.decompress(packed.read_bytes())))
