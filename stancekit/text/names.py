"""Names, written alike: what n-grams learn then is what a post does, not to whom.

Names of people, parties, places and peoples become one mark in a normalised stream. Which words are
names is a list (``data/names.txt``, made by ``models/names/build.py``), so that a post is read the
same whatever its capitals; a name that is not on it is read as it is written.
"""

from functools import lru_cache
from importlib.resources import files

import numpy as np

from stancekit.text.codepoints import ranges
from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.hashing import Hashes
from stancekit.text.normalise import NAME, Normalised, hash_strings, hashed, mark_hash
from stancekit.text.segmentation import Kind, Segmentation


@lru_cache(maxsize=1)
def name_table() -> HashTable:
    """Hashes of all names, with and without ``'s``."""
    names = files("stancekit.text").joinpath("data/names.txt").read_text("utf-8").split()
    return hash_table(np.unique(hash_strings([*names, *(f"{name}'s" for name in names)])))


def mask_names(seg: Segmentation, norm: Normalised) -> Normalised:
    """Put one mark for each name.

    Parameters
    ----------
    seg : Segmentation
    norm : Normalised
        Its normalised stream.

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
    found, _ = name_table().find(norm.token_hash)
    found = found[seg.kind[found] == Kind.WORD]
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


def mask_hashes(words: Hashes) -> Hashes:
    """Return the hashes of words, every name's that of the mark.

    Parameters
    ----------
    words : ndarray of uint64, shape (w,)
        As `stancekit.text.normalise.hash_strings` gives them.
    """
    found, _ = name_table().find(words)
    masked = words.copy()
    masked[found] = mark_hash(NAME)
    return masked
