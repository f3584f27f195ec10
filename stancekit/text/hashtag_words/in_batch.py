"""The words inside the hashtags of a batch, split once for each distinct hashtag."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from stancekit.text.codepoints import Index, Mask, ranges, text_of
from stancekit.text.hashing import Hashes, hash_some
from stancekit.text.hashtag_words.named import Piece, named_pieces
from stancekit.text.hashtag_words.splitting import split_hashtags
from stancekit.text.normalise import hash_strings
from stancekit.text.segmentation import Kind, Segmentation

_MOST_KNOWN = 50_000


@dataclass(frozen=True)
class HashtagWords:
    """Words of hashtags, in order.

    Attributes
    ----------
    hash : ndarray of uint64, shape (w,)
        What each word would have as a token of its own, ``#NoTram`` giving ``no`` and ``tram``.
    token : ndarray of int64, shape (w,)
        The token it stands in.
    name : ndarray of bool, shape (w,)
        Whether it is a name, where names were looked for (`named_hashtags`).
    """

    hash: Hashes
    token: Index
    name: Mask


_Words = tuple[Hashes, Mask]


class _Splitter:
    """Remembers the words of hashtags already split; what it returns does not depend on that."""

    def __init__(self, split: Callable[[list[str]], list[list[Piece]]]) -> None:
        self.known: dict[str, _Words] = {}
        self.split = split

    def words(self, tags: list[str]) -> list[_Words]:
        known = self.known if len(self.known) <= _MOST_KNOWN else {}
        new = [tag for tag in tags if tag not in known]
        if new:
            known.update(zip(new, self._words_of(new), strict=True))
        self.known = known  # whole: another thread may have begun anew meanwhile
        return [known[tag] for tag in tags]

    def _words_of(self, tags: list[str]) -> Iterator[_Words]:
        split = self.split(tags)
        # one word counts again without its sign: #tram speaks of a tram
        hashes = hash_strings([word for pieces in split for word, _ in pieces])
        name = np.array([named for pieces in split for _, named in pieces], np.bool_)
        ends = np.cumsum([len(pieces) for pieces in split], dtype=np.int64)[:-1]
        return zip(np.split(hashes, ends), np.split(name, ends), strict=True)


def _unnamed(tags: list[str]) -> list[list[Piece]]:
    return [[(word, False) for word in words] for words in split_hashtags(tags)]


_splitter, _namer = _Splitter(_unnamed), _Splitter(named_pieces)


def hashtag_words(seg: Segmentation) -> HashtagWords:
    """Split all hashtags of a batch."""
    return _split(seg, _splitter)


def named_hashtags(seg: Segmentation) -> HashtagWords:
    """Split all hashtags of a batch, with names told before they are cut: each is one piece."""
    return _split(seg, _namer)


def _split(seg: Segmentation, splitter: _Splitter) -> HashtagWords:
    token = np.flatnonzero(seg.kind == Kind.HASHTAG)
    if not token.size:
        return HashtagWords(np.zeros(0, np.uint64), token, np.zeros(0, np.bool_))
    start, length = seg.start[token] + 1, (seg.end - seg.start)[token] - 1
    exact = hash_some(seg.codes, start, length)  # case and all
    _, sample, which = np.unique(exact, return_index=True, return_inverse=True)
    tags = [text_of(seg.codes[start[i] : start[i] + length[i]]) for i in sample.tolist()]
    hashes, name = zip(*splitter.words(tags), strict=True)
    size = np.array([len(words) for words in hashes], np.int64)
    begin = np.cumsum(size) - size
    count = size[which]
    at = ranges(begin[which], count)
    return HashtagWords(
        np.concatenate(hashes)[at], np.repeat(token, count), np.concatenate(name)[at]
    )
