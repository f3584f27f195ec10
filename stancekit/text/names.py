"""Names, written alike: what a model learns then is what a post does, not to whom.

Names of people, parties, places and peoples become one mark in a normalised stream. Which words are
names is told by a list (``data/names.txt``, made by ``models/names/build.py``), so that a post is
read the same whatever its capitals; by their shape: a word with a capital that is not common in
small letters is a name that no list need hold; and by where they stand: inside a sentence even a
common word with a capital is one, and so is what is a name elsewhere in the post, or inside one of
its hashtags. An unlisted name in small letters is read as it is written. A full name is one name.
By shape, a hashtag with a name among its words is one mark, too: what else it says is told by its
words.
"""

from functools import lru_cache

import numpy as np

from stancekit.text.codepoints import Flag, Index, Mask, distinct, ranges
from stancekit.text.hash_table import among_hashes
from stancekit.text.hashing import Hashes
from stancekit.text.hashtag_words.in_batch import HashtagWords
from stancekit.text.name_lists import BIT, lists_of, table_of
from stancekit.text.name_shapes import shaped_names
from stancekit.text.normalise import NAME, Normalised, hash_strings, mark_hash
from stancekit.text.segmentation import Kind, Segmentation


def name_tokens(
    seg: Segmentation, norm: Normalised, *, shaped: bool, hashtags: HashtagWords | None = None
) -> Index:
    """Which tokens are names, ascending.

    Parameters
    ----------
    seg : Segmentation
    norm : Normalised
        Its normalised stream.
    shaped : bool
        Whether names are told by their shape and by where they stand, too.
    hashtags : HashtagWords, optional
        Of the batch, with their names: words of a post that are among them are names.

    Examples
    --------
    >>> from stancekit.text.normalise import normalise
    >>> from stancekit.text.segmentation import segment
    >>> seg = segment(["Shame on Varnholt, shame on biden"])
    >>> [name_tokens(seg, normalise(seg), shaped=s).tolist() for s in (False, True)]
    [[6], [2, 6]]
    """
    lists = lists_of(norm.token_hash)
    if not shaped:
        return np.flatnonzero((lists & BIT["names"] > 0) & (seg.kind == Kind.WORD))
    found = np.flatnonzero(shaped_names(seg, norm, lists))
    names = _again(seg, norm, found, norm.token_hash[found], seg.post[found])
    return names if hashtags is None else with_hashtags(seg, norm, names, hashtags)


def with_hashtags(
    seg: Segmentation, norm: Normalised, names: Index, hashtags: HashtagWords
) -> Index:
    """Add to names of posts those that are told inside their hashtags."""
    if not hashtags.name.any():
        return names
    post = seg.post[hashtags.token[hashtags.name]]
    return _again(seg, norm, names, hashtags.hash[hashtags.name], post)


def _again(seg: Segmentation, norm: Normalised, names: Index, known: Hashes, post: Index) -> Index:
    """Add to names the other words that are names in their post: `known`, each in its `post`."""
    some = np.zeros(len(seg.post_start), np.bool_)
    some[post] = True
    word = np.flatnonzero((seg.kind == Kind.WORD) & some[seg.post])
    own = of_posts(norm.token_hash[word], seg.post[word])
    again = word[among_hashes(own, of_posts(known, post))]
    # in small letters a common word is what it is elsewhere: the north, beside the North Bank List
    small = seg.flags[seg.start[again]] & Flag.UPPER == 0
    no_name = np.where(small, BIT["common_words"], BIT["never_names"])
    is_name = np.zeros(len(seg.kind), np.bool_)
    is_name[again] = lists_of(norm.token_hash[again]) & no_name == 0
    is_name[names] = True
    return np.flatnonzero(is_name)


def of_posts(hashes: Hashes, post: Index) -> Hashes:
    """Tell words of one post from the same words of another."""
    return hashes ^ (post.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))


def mask_names(
    seg: Segmentation,
    norm: Normalised,
    *,
    shaped: bool = False,
    hashtags: HashtagWords | None = None,
    names: Index | None = None,
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
        Of the batch, with their names: those with one among their words become the mark as a
        whole, and a full name is one mark: its first word, the others being nothing.
    names : ndarray of int64, optional
        What `name_tokens` gives without hashtags, where it is known already.

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
    if names is None:
        names = name_tokens(seg, norm, shaped=shaped)
    is_name, goes_on = np.zeros((2, len(seg.kind)), np.bool_)
    if hashtags is not None:
        names = with_hashtags(seg, norm, names, hashtags)
        goes_on[further_words(seg, norm, names, named_whole(hashtags))] = True
        is_name[hashtags.token[hashtags.name]] = True
    is_name[names] = ~goes_on[names]
    return _with_marks(seg, norm, np.flatnonzero(is_name), np.flatnonzero(goes_on))


def _with_marks(seg: Segmentation, norm: Normalised, names: Index, further: Index) -> Normalised:
    """Put a mark for each name, and nothing for its further words and the spaces before them."""
    if not names.size:
        return norm
    start, length = norm.token_start[names], (norm.token_end - norm.token_start)[names]
    gone_from = norm.token_end[further - 1]
    gone = norm.token_end[further] - gone_from
    codes, keep = norm.codes.copy(), np.ones(len(norm.codes), np.bool_)
    codes[start] = NAME
    keep[ranges(start + 1, length - 1)] = keep[ranges(gone_from, gone)] = False
    token_hash = norm.token_hash.copy()
    token_hash[names], token_hash[further] = _mark(), _nothing()
    shorter = np.zeros(len(token_hash) + 1, np.int64)  # how much, up to the end of each token
    shorter[names + 1], shorter[further + 1] = length - 1, gone
    np.cumsum(shorter, out=shorter)
    token_start, token_end = norm.token_start - shorter[:-1], norm.token_end - shorter[1:]
    token_start[further] = token_end[further]
    return Normalised(
        codes[keep],
        norm.origin[keep],
        norm.post_start - shorter[seg.token_start],
        token_start,
        token_end,
        token_hash,
    )


def further_words(seg: Segmentation, norm: Normalised, names: Index, tags: Index) -> Index:
    """Which tokens belong to the name before them: its further words, and hyphens between.

    A name goes on behind one space, and behind a hyphen without spaces; so does one that a hashtag
    began (``#Ocasio-Cortez``).
    """
    post, gap = seg.post, seg.start[1:] - seg.end[:-1]
    is_name, further = np.zeros((2, len(post) + 2), np.bool_)
    is_name[names] = is_name[tags] = True
    second = names[is_name[names - 1]]
    second = second[(gap[second - 1] == 1) & (post[second] == post[second - 1])]
    third = names[is_name[names - 2]]
    third = third[(gap[third - 1] == 0) & (gap[third - 2] == 0)]
    third = third[post[third] == post[third - 2]]
    third = third[norm.codes[norm.token_start[third - 1]] == ord("-")]
    further[second] = further[third - 1] = further[third] = True
    return np.flatnonzero(further)


def named_whole(words: HashtagWords) -> Index:
    """Which hashtags are a name and nothing else."""
    other = np.zeros(words.token.max(initial=-1) + 1, np.bool_)
    other[words.token[~words.name]] = True
    return distinct(words.token[~other[words.token]])


@lru_cache(maxsize=1)
def _mark() -> np.uint64:
    return mark_hash(NAME)


@lru_cache(maxsize=1)
def _nothing() -> np.uint64:
    return np.uint64(hash_strings([""])[0])


def mask_hashes(words: HashtagWords) -> Hashes:
    """Return the hashes of the words of hashtags, every name's that of the mark.

    Names are those that the list holds, and those told when the hashtags were split.
    """
    masked = words.hash.copy()
    masked[table_of("names").find(words.hash)[0]] = _mark()
    masked[words.name] = _mark()
    return masked


def names_elsewhere(seg: Segmentation, norm: Normalised, words: HashtagWords, names: Index) -> Mask:
    """Which words of hashtags are names: those told in them, and names elsewhere in the post."""
    known = of_posts(norm.token_hash[names], seg.post[names])
    also = among_hashes(of_posts(words.hash, seg.post[words.token]), known)
    also[table_of("never_names").find(words.hash)[0]] = False
    return words.name | also


def in_posts(
    seg: Segmentation, norm: Normalised, words: HashtagWords, names: Index
) -> HashtagWords:
    """Return words of hashtags with all names told, those that follow one another as one."""
    name = names_elsewhere(seg, norm, words, names)
    further = np.zeros(len(name), np.bool_)
    further[1:] = name[1:] & name[:-1] & (words.token[1:] == words.token[:-1])
    return HashtagWords(words.hash[~further], words.token[~further], name[~further])
