"""Names, written alike: what a model learns then is what a post does, not to whom.

Names of people, parties, places and peoples become one mark in a normalised stream. Which words are
names is told by a list (``data/names.txt``, made by ``models/names/build.py``), so that a post is
read the same whatever its capitals, and by their shape: a word with a capital that is not common
in small letters (``data/common_words.txt``, made by ``models/names/common.py``) is a name that no
list need hold. An unlisted name in small letters is read as it is written. By shape, a hashtag with
a name among its words is one mark, too: what else it says is told by its words.
"""

from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from stancekit.text.codepoints import Flag, Index, Mask, ranges
from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.hashing import Hashes
from stancekit.text.hashtag_words.in_batch import HashtagWords
from stancekit.text.normalise import NAME, Normalised, hash_strings, hashed, mark_hash
from stancekit.text.segmentation import Kind, Segmentation

#: The shortest word that its shape can make a name.
SHORTEST: Final = 3


@lru_cache(maxsize=1)
def name_table() -> HashTable:
    """Hashes of all names, with and without ``'s``."""
    return _table("names.txt")


@lru_cache(maxsize=1)
def common_table() -> HashTable:
    """Hashes of the words that are common in small letters, with and without ``'s``."""
    return _table("common_words.txt")


def _table(file: str) -> HashTable:
    words = files("stancekit.text").joinpath("data", file).read_text("utf-8").split()
    return hash_table(np.unique(hash_strings([*words, *(f"{word}'s" for word in words)])))


def name_tokens(seg: Segmentation, norm: Normalised, *, shaped: bool) -> Index:
    """Which tokens are names, ascending.

    Parameters
    ----------
    seg : Segmentation
    norm : Normalised
        Its normalised stream.
    shaped : bool
        Whether words with a capital that are not common in small letters are names, too.

    Examples
    --------
    >>> from stancekit.text.normalise import normalise
    >>> from stancekit.text.segmentation import segment
    >>> seg = segment(["Shame on Varnholt, shame on biden"])
    >>> [name_tokens(seg, normalise(seg), shaped=s).tolist() for s in (False, True)]
    [[6], [2, 6]]
    """
    listed, _ = name_table().find(norm.token_hash)
    listed = listed[seg.kind[listed] == Kind.WORD]
    if not shaped:
        return np.asarray(listed)
    capital = np.flatnonzero(
        (seg.kind == Kind.WORD)
        & (seg.flags[seg.start] & Flag.UPPER > 0)
        & (norm.token_end - norm.token_start >= SHORTEST)
    )
    # in capitals throughout says nothing: somebody shouts, or writes an abbreviation
    last = seg.end[capital] - 1
    capital = capital[seg.flags[last] & (Flag.UPPER | Flag.LETTER) == Flag.LETTER]
    common, _ = common_table().find(norm.token_hash[capital])
    found: Index = np.union1d(listed, np.delete(capital, common))
    return found


def mask_names(
    seg: Segmentation,
    norm: Normalised,
    *,
    shaped: bool = False,
    hashtags: HashtagWords | None = None,
) -> Normalised:
    """Put one mark for each name.

    Parameters
    ----------
    seg : Segmentation
    norm : Normalised
        Its normalised stream.
    shaped : bool, default False
        See `name_tokens`.
    hashtags : HashtagWords, optional
        Of the batch: those with a name among their words become the mark as a whole.

    Returns
    -------
    Normalised
        The stream in which every word that is a name is one and the same code point.

    Examples
    --------
    >>> from stancekit.text.normalise import normalise
    >>> from stancekit.text.segmentation import segment
    >>> seg = segment(["Shame on Biden", "shame on CORBYN"])
    >>> one, other = mask_names(seg, normalise(seg)).token_hash.reshape(2, 3)
    >>> bool((one == other).all())
    True
    """
    found = name_tokens(seg, norm, shaped=shaped)
    if hashtags is not None:
        found = np.union1d(found, hashtags.token[named_words(hashtags)])
    if not found.size:
        return norm
    start, length = norm.token_start[found], (norm.token_end - norm.token_start)[found]
    codes, keep = norm.codes.copy(), np.ones(len(norm.codes), np.bool_)
    keep[ranges(start + 1, length - 1)] = False
    codes[start] = NAME
    # how much shorter the stream is up to the end of each token, and before the first of all
    shorter = np.zeros(len(norm.token_hash) + 1, np.int64)
    shorter[found + 1] = length - 1
    np.cumsum(shorter, out=shorter)
    return hashed(
        codes[keep],
        norm.origin[keep],
        norm.post_start - shorter[seg.token_start],
        norm.token_start - shorter[:-1],
        norm.token_end - shorter[1:],
    )


def named_words(words: HashtagWords) -> Mask:
    """Which words of hashtags are names, by the list or by their shape."""
    named = np.zeros(len(words.hash), np.bool_)
    named[name_table().find(words.hash)[0]] = True
    title = np.flatnonzero(words.title & ~named)
    common, _ = common_table().find(words.hash[title])
    named[np.delete(title, common)] = True
    return named


def mask_hashes(words: HashtagWords, *, shaped: bool = False) -> Hashes:
    """Return the hashes of the words of hashtags, every name's that of the mark.

    Parameters
    ----------
    words : HashtagWords
    shaped : bool, default False
        See `name_tokens`.
    """
    found = named_words(words) if shaped else name_table().find(words.hash)[0]
    masked = words.hash.copy()
    masked[found] = mark_hash(NAME)
    return masked
