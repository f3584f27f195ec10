"""The words inside the hashtags of a batch, split once for each distinct hashtag."""

from dataclasses import dataclass

import numpy as np

from stancekit.text.codepoints import Index, ranges, text_of
from stancekit.text.hashing import Hashes, hash_between, prefix_sums
from stancekit.text.hashtag_words.splitting import split_hashtags
from stancekit.text.normalise import hash_strings
from stancekit.text.segmentation import Kind, Segmentation

_MOST_KNOWN = 50_000


@dataclass(frozen=True)
class HashtagWords:
    """Words of hashtags, in order: the hash of each, and the token it stands in."""

    hash: Hashes
    token: Index


class _Splitter:
    """Remembers the words of hashtags already split; what it returns does not depend on that."""

    def __init__(self) -> None:
        self.known: dict[str, Hashes] = {}

    def words(self, tags: list[str]) -> list[Hashes]:
        known = self.known if len(self.known) <= _MOST_KNOWN else {}
        new = [tag for tag in tags if tag not in known]
        split = split_hashtags(new)
        # one word counts again without its sign: #tram speaks of a tram
        hashes = hash_strings([word for words in split for word in words])
        ends = np.cumsum([len(words) for words in split], dtype=np.int64)
        known.update(zip(new, np.split(hashes, ends[:-1]) if new else [], strict=True))
        self.known = known  # whole: another thread may have begun anew meanwhile
        return [known[tag] for tag in tags]


_splitter = _Splitter()


def hashtag_words(seg: Segmentation) -> HashtagWords:
    """Split all hashtags of a batch.

    Parameters
    ----------
    seg : Segmentation

    Returns
    -------
    HashtagWords
        `hash` is what the word would have as a token of its own, ``#NoTram`` giving ``no`` and
        ``tram``.
    """
    token = np.flatnonzero(seg.kind == Kind.HASHTAG)
    if not token.size:
        return HashtagWords(np.zeros(0, np.uint64), token)
    start, length = seg.start[token] + 1, (seg.end - seg.start)[token] - 1
    letters, ends = seg.codes[ranges(start, length)], np.cumsum(length)
    exact = hash_between(prefix_sums(letters), ends - length, ends)  # case and all
    _, sample, which = np.unique(exact, return_index=True, return_inverse=True)
    tags = [text_of(seg.codes[start[i] : start[i] + length[i]]) for i in sample.tolist()]
    words = _splitter.words(tags)
    size = np.array([len(w) for w in words], np.int64)
    begin = np.cumsum(size) - size
    count = size[which]
    return HashtagWords(np.concatenate(words)[ranges(begin[which], count)], np.repeat(token, count))
