"""Who used which word in posts of which label, each account once per word and label.

One loud account would else write the list. Memory is bounded: where there are more pairs than fit,
accounts are drawn at random, by their hashes, and the words of the others are forgotten; so the
counts stay those of a random sample of accounts, and it is said how many those are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.reporting.walking import Hashes, distinct

Ints = npt.NDArray[np.int64]
#: Gives the words at some places as texts.
Written = Callable[[Ints], list[str]]

#: Pairs, and words, that are held at most.
MOST_PAIRS: Final = 1 << 23
MOST_WORDS: Final = 1 << 18
#: Bits of a pair: account, word, label. Of a million accounts two are taken for one.
_WORD: Final = np.uint64(19)
_LABEL: Final = np.uint64(7)
_ACCOUNT: Final = np.uint64(38)


class Pairs:
    """Accounts by word and label.

    Examples
    --------
    >>> pairs = Pairs()
    >>> word, writer = np.array([5, 5, 9], np.uint64), np.array([1, 1, 1], np.uint64)
    >>> pairs.add(word, writer, np.array([0, 0, 0]), lambda which: ["w"] * len(which))
    >>> pairs.counts(2)[1].tolist()
    [[1, 0], [1, 0]]
    """

    def __init__(self, most_pairs: int = MOST_PAIRS, most_words: int = MOST_WORDS) -> None:
        self._most_pairs, self._most_words = most_pairs, most_words
        self._known = np.empty(0, np.uint64)  # hashes of words, sorted, and the place of each
        self._place = np.empty(0, np.int64)
        self._words: list[str] = []
        self._pairs = np.empty(0, np.uint64)  # sorted
        self._pending: list[Hashes] = []
        self._halvings = 0

    @property
    def sampled(self) -> float:
        """Share of the accounts that are counted."""
        return 0.5**self._halvings

    def add(self, word: Hashes, account: Hashes, label: Ints, written: Written) -> None:
        """Take in words, each with the account that used it in a post of which label.

        Parameters
        ----------
        word, account : ndarray of uint64, shape (t,)
            Hashes.
        label : ndarray of int64, shape (t,)
        written : callable
            Gives the words at some places as texts.
        """
        kept = np.flatnonzero(self._drawn(account))
        word, account, label = word[kept], account[kept], label[kept]
        places = self._places(word, lambda which: written(kept[which]))
        self._pending.append(distinct(packed(account, places, label)))
        if sum(map(len, self._pending)) > self._most_pairs // 4:
            self._merge()
        if len(self._words) > self._most_words:
            self._merge()
            self._halve()

    def counts(self, labels: int) -> tuple[list[str], Ints]:
        """Give the words, and how many accounts used each in posts of each label.

        Returns
        -------
        words : list of str, length w
        accounts : ndarray of int64, shape (w, labels)
        """
        self._merge()
        word = ((self._pairs >> _LABEL) & mask(_WORD)).astype(np.int64)
        label = (self._pairs & mask(_LABEL)).astype(np.int64)
        found = np.bincount(word * labels + label, minlength=len(self._words) * labels)
        return self._words, found.reshape(len(self._words), labels)

    def users(self) -> Ints:
        """Give how many accounts used each word, in posts of whatever label; shape (w,)."""
        self._merge()
        used = distinct(self._pairs >> _LABEL)
        return np.bincount((used & mask(_WORD)).astype(np.int64), minlength=len(self._words))

    def _drawn(self, account: Hashes) -> npt.NDArray[np.bool_]:
        """Whether each account is of the sample: the hash's first bits are 0."""
        first = np.uint64(64 - max(self._halvings, 1))
        return (account >> first == 0) if self._halvings else np.ones(len(account), bool)

    def _places(self, word: Hashes, written: Written) -> Ints:
        own, first, back = np.unique(word, return_index=True, return_inverse=True)
        at = np.searchsorted(self._known, own)
        old = np.zeros(len(own), bool)
        inside = at < len(self._known)
        old[inside] = self._known[at[inside]] == own[inside]
        places = np.empty(len(own), np.int64)
        places[old] = self._place[at[old]]
        new = ~old
        if new.any():
            places[new] = np.arange(len(self._words), len(self._words) + int(new.sum()))
            self._words += written(first[new])
            self._known = np.insert(self._known, at[new], own[new])
            self._place = np.insert(self._place, at[new], places[new])
        return places[back]

    def _merge(self) -> None:
        if self._pending:
            self._pairs = distinct(np.concatenate([self._pairs, *self._pending]))
            self._pending = []
        while len(self._pairs) > self._most_pairs:
            self._halve()

    def _halve(self) -> None:
        """Forget half of the accounts, and the words that only they used."""
        self._halvings += 1
        own = self._pairs >> (_WORD + _LABEL)
        kept = self._pairs[own >> (_ACCOUNT - np.uint64(self._halvings)) == 0]
        word = ((kept >> _LABEL) & mask(_WORD)).astype(np.int64)
        used = np.unique(word)
        moved = np.full(len(self._words), -1, np.int64)
        moved[used] = np.arange(len(used))
        self._words = [self._words[place] for place in used]
        there = moved[self._place] >= 0
        self._known, self._place = self._known[there], moved[self._place[there]]
        rest = (kept >> (_WORD + _LABEL)) << (_WORD + _LABEL) | kept & mask(_LABEL)
        self._pairs = np.sort(rest | moved[word].astype(np.uint64) << _LABEL)


def packed(account: Hashes, word: Ints, label: Ints) -> Hashes:
    """Put account, word and label into one number."""
    head = account >> (np.uint64(64) - _ACCOUNT)
    pairs: Hashes = head << (_WORD + _LABEL) | word.astype(np.uint64) << _LABEL
    return pairs | label.astype(np.uint64)


def mask(bits: np.uint64) -> np.uint64:
    """Return a number of so many ones."""
    return np.uint64((1 << int(bits)) - 1)
