"""The words inside the hashtags of a batch, split once for each distinct hashtag."""

from dataclasses import dataclass

import numpy as np

from stancekit.text.codepoints import Index, Mask, ranges, text_of
from stancekit.text.hashing import Hashes, hash_between, prefix_sums
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
    title : ndarray of bool, shape (w,)
        Whether it is written with a capital, and not in capitals throughout.
    """

    hash: Hashes
    token: Index
    title: Mask


_Words = tuple[Hashes, Mask]


class _Splitter:
    """Remembers the words of hashtags already split; what it returns does not depend on that."""

    def __init__(self) -> None:
        self.known: dict[str, _Words] = {}

    def words(self, tags: list[str]) -> list[_Words]:
        known = self.known if len(self.known) <= _MOST_KNOWN else {}
        new = [tag for tag in tags if tag not in known]
        split = split_hashtags(new)
        every = [word for words in split for word in words]
        # one word counts again without its sign: #tram speaks of a tram
        hashes = hash_strings(every)
        title = np.array([word[0].isupper() and not word[-1].isupper() for word in every], np.bool_)
        ends = np.cumsum([len(words) for words in split], dtype=np.int64)[:-1]
        if new:
            parts = zip(np.split(hashes, ends), np.split(title, ends), strict=True)
            known.update(zip(new, parts, strict=True))
        self.known = known  # whole: another thread may have begun anew meanwhile
        return [known[tag] for tag in tags]


_splitter = _Splitter()


def hashtag_words(seg: Segmentation) -> HashtagWords:
    """Split all hashtags of a batch."""
    token = np.flatnonzero(seg.kind == Kind.HASHTAG)
    if not token.size:
        return HashtagWords(np.zeros(0, np.uint64), token, np.zeros(0, np.bool_))
    start, length = seg.start[token] + 1, (seg.end - seg.start)[token] - 1
    letters, ends = seg.codes[ranges(start, length)], np.cumsum(length)
    exact = hash_between(prefix_sums(letters), ends - length, ends)  # case and all
    _, sample, which = np.unique(exact, return_index=True, return_inverse=True)
    tags = [text_of(seg.codes[start[i] : start[i] + length[i]]) for i in sample.tolist()]
    hashes, title = zip(*_splitter.words(tags), strict=True)
    size = np.array([len(words) for words in hashes], np.int64)
    begin = np.cumsum(size) - size
    count = size[which]
    at = ranges(begin[which], count)
    return HashtagWords(
        np.concatenate(hashes)[at], np.repeat(token, count), np.concatenate(title)[at]
    )
