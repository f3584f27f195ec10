"""Whether a post is in English, told by its most frequent words and its script.

A naive Bayes guess (Grefenstette 1995: short, frequent words) among 27 languages in Latin script:
the words of each are its 500 most frequent, weighted by Zipf's law. Hashtags, mentions and links
are no words here. A post in another script is not English, whatever language it is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from stancekit.text.batch import Batch
from stancekit.text.codepoints import Codes, Flag, Mask
from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.normalise import hash_strings
from stancekit.text.segmentation import Kind, Segmentation

ENGLISH, OTHER, UNKNOWN = 1, 0, -1

# Chosen on gold/train.tsv (English) and on the languages of archives and of spaCy's examples.
_LEAST_WORDS: Final = 3
"""Fewer known words do not tell."""
_MARGIN: Final = 2.0
"""By how much, in nats, English and the best other language must differ."""
_MANY_WORDS, _ENGLISH_SHARE = 6, 0.1
"""So many words of which no more than this share are English are in a language not listed."""
_LEAST_LETTERS: Final = 4
"""So many letters of another script, and half of all letters, make a post not English."""

# Zipf's law with Mandelbrot's shift: what a word speaks for its language falls to 0 at this rank.
_SHIFT, _LAST_RANK = 3, 2_000

_LATIN_PAST_0370 = ((0x1E00, 0x1EFF), (0x2071, 0x218F), (0x2C60, 0x2C7F), (0xA720, 0xA7FF),
                    (0xAB30, 0xAB6F), (0xFB00, 0xFB06), (0xFF21, 0xFF5A), (0x1D400, 0x1D7FF),
                    (0x1F100, 0x1F1FF))  # fmt: skip
"""Letters past Latin Extended that are Latin still, mathematical and full-width ones included."""

Guess = npt.NDArray[np.int8]


@dataclass(frozen=True)
class LanguageWords:
    """Frequent words of `k` languages, English first.

    Attributes
    ----------
    languages : tuple of str
        Their codes.
    table : HashTable
        The words, by their hashes.
    weight : ndarray of float32, shape (words, k)
        What each word speaks for each language, in nats; 0 where it is not among its words.
    """

    languages: tuple[str, ...]
    table: HashTable
    weight: npt.NDArray[np.float32]


def english(batch: Batch) -> Guess:
    """Guess for each post whether it is in English.

    Returns
    -------
    ndarray of int8, shape (p,)
        `ENGLISH`, `OTHER` or `UNKNOWN`. A post's guess is the same whatever stands beside it.
    """
    known = language_words()
    seg, posts = batch.seg, len(batch)
    word = np.flatnonzero(seg.kind == Kind.WORD)
    post = seg.post[word]
    found, row = known.table.find(batch.norm.token_hash[word])
    first = np.searchsorted(post[found], np.arange(posts + 1))
    ones = np.ones(len(row), np.float32)
    count = sparse.csr_matrix((ones, row, first), (posts, len(known.weight)))
    score = count @ known.weight
    lead = score[:, 0] - score[:, 1:].max(axis=1)
    of_english = np.bincount(post[found[known.weight[row, 0] > 0]], minlength=posts)
    words = np.bincount(post, minlength=posts)

    guess = np.full(posts, UNKNOWN, np.int8)
    enough = np.diff(first) >= _LEAST_WORDS
    guess[enough & (lead >= _MARGIN)] = ENGLISH
    guess[enough & (lead <= -_MARGIN)] = OTHER
    unlisted = (words >= _MANY_WORDS) & (of_english <= _ENGLISH_SHARE * words)
    guess[(guess == UNKNOWN) & unlisted] = OTHER
    guess[_in_other_script(seg)] = OTHER
    return guess


@lru_cache(maxsize=1)
def language_words() -> LanguageWords:
    """Return the words that come with the package."""
    path = files("stancekit.text") / "data" / "language_words.txt"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    lists = [words.split(" ") for _, words in lines]
    hashes = [hash_strings(words) for words in lists]
    keys = np.unique(np.concatenate(hashes))
    weight = np.zeros((len(keys), len(lists)), np.float32)
    for column, own in enumerate(hashes):
        rank = np.arange(len(own))
        value = np.log((_LAST_RANK + _SHIFT) / (rank + _SHIFT))
        np.maximum.at(weight[:, column], np.searchsorted(keys, own), value.astype(np.float32))
    weight.flags.writeable = False
    return LanguageWords(tuple(code for code, _ in lines), hash_table(keys), weight)


def _in_other_script(seg: Segmentation) -> Mask:
    """Which posts have as many letters of other scripts as of the Latin one, or more."""
    letter = (seg.flags & Flag.LETTER) > 0
    at = np.flatnonzero(letter & (seg.codes >= 0x370))
    at = at[~_latin(seg.codes[at])]
    if not at.size:
        return np.zeros(len(seg.post_start) - 1, np.bool_)
    foreign = np.diff(np.searchsorted(at, seg.post_start))
    letters = np.diff(np.searchsorted(np.flatnonzero(letter), seg.post_start))
    other: Mask = (foreign >= _LEAST_LETTERS) & (2 * foreign >= letters)
    return other


def _latin(codes: Codes) -> Mask:
    latin = np.zeros(len(codes), np.bool_)
    for first, last in _LATIN_PAST_0370:
        latin |= (codes >= first) & (codes <= last)
    return latin
