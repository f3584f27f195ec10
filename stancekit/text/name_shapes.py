"""Names told by capitals: of words that are common in small letters, and of others."""

from typing import Literal

import numpy as np

from stancekit.text.codepoints import Codes, Flag, Index, Mask
from stancekit.text.name_lists import BIT, Lists
from stancekit.text.normalise import Normalised
from stancekit.text.segmentation import Kind, Segmentation

#: The shortest word that its shape alone can make a name; a shorter one before a name may belong.
SHORTEST = 3


def shaped_names(seg: Segmentation, norm: Normalised, lists: Lists) -> Mask:
    """Which tokens are names, listed words among them.

    A word with a capital is one if it is not common in small letters; inside a sentence that is no
    headline, or right behind a name, if it is none of the words that a capital never makes names
    (judgements, days, *the*); and right before a name if it is short (*Ed*) or given to people
    (*Grace*).

    Parameters
    ----------
    seg : Segmentation
    norm : Normalised
    lists : ndarray of uint8
        In which lists each token is (`stancekit.text.name_lists.lists_of`).

    Examples
    --------
    >>> from stancekit.text.name_lists import lists_of
    >>> from stancekit.text.normalise import normalise
    >>> from stancekit.text.segmentation import segment
    >>> text = "Ed Varnholt of the Harbour List is back. Hope so"
    >>> seg = segment([text])
    >>> norm = normalise(seg)
    >>> found = np.flatnonzero(shaped_names(seg, norm, lists_of(norm.token_hash)))
    >>> [text.split()[i] for i in found.tolist()]
    ['Ed', 'Varnholt', 'Harbour', 'List']
    """
    word = seg.kind == Kind.WORD
    length = norm.token_end - norm.token_start
    begins = norm.codes[norm.token_start]
    upper = word & (seg.flags[seg.start] & Flag.UPPER > 0)
    last = seg.flags[seg.end - 1]
    # in capitals throughout says nothing: somebody shouts, or writes an abbreviation
    title = upper & (last & (Flag.UPPER | Flag.LETTER) == Flag.LETTER) & (length > 1)
    short = upper & (length == SHORTEST - 1) & (lists & BIT["function_words"] == 0)
    name = title & (length >= SHORTEST) & (lists & BIT["common_words"] == 0)
    name |= word & (lists & BIT["names"] > 0)
    may = title & (lists & BIT["never_names"] == 0)
    name |= may & _titled(seg, lists, begins)
    inside = word & _inside(seg, word, begins)
    name |= may & inside & ~_headline(seg, upper & inside, inside)[seg.post]
    adjoins = _adjoins(seg, word)
    # a name of several words: what is right behind a name, unless a headline goes on
    name |= may & adjoins & _moved(name, 1) & ~_moved(adjoins & upper, -1)
    name |= _winged(word, lists, begins)
    given = short | (title & (lists & BIT["given_words"] > 0))
    name |= given & _moved(adjoins & name, -1)
    return np.asarray(name)


def _moved(mask: Mask, by: Literal[1, -1]) -> Mask:
    """Whether it is so of the token before each (1), or behind it (-1)."""
    moved = np.zeros_like(mask)
    if by == 1:
        moved[1:] = mask[:-1]
    else:
        moved[:-1] = mask[1:]
    return moved


def _first(seg: Segmentation) -> Index:
    """Return the first token of each post, whichever post has any."""
    begin = seg.token_start[:-1]
    return begin[begin < len(seg.kind)]


def _adjoins(seg: Segmentation, word: Mask) -> Mask:
    """Whether each token is a word, right behind another: but a space between."""
    adjoins = word & _moved(word, 1)
    adjoins[1:] &= seg.start[1:] - seg.end[:-1] == 1
    adjoins[_first(seg)] = False
    return adjoins


def _inside(seg: Segmentation, word: Mask, begins: Codes) -> Mask:
    """Whether a word or a comma stands before each token in its post."""
    inside = _moved(word | (begins == ord(",")), 1)
    inside[_first(seg)] = False
    return inside


def _titled(seg: Segmentation, lists: Lists, begins: Codes) -> Mask:
    """Whether an abbreviated title with its full stop (Mr.) stands before each token."""
    titled = np.zeros(len(lists), np.bool_)
    at = np.flatnonzero((lists & BIT["titles"] > 0) & _moved(begins == ord("."), -1))
    at = at[at + 2 < len(lists)]
    titled[at + 2] = seg.post[at] == seg.post[at + 2]
    return titled


def _winged(word: Mask, lists: Lists, begins: Codes) -> Mask:
    """Which tokens are left or right before a wing: sides of politics, whichever."""
    winged = np.zeros_like(word)
    side = np.flatnonzero(word & (lists & BIT["sides"] > 0))
    wing = np.append(word & (lists & BIT["wings"] > 0), [False, False])
    hyphen = np.append(begins == ord("-"), False)
    winged[side] = wing[side + 1] | (hyphen[side + 1] & wing[side + 2])
    return winged


def _headline(seg: Segmentation, upper: Mask, inside: Mask) -> Mask:
    """Whether more than half of the words inside each post's sentences have a capital."""
    posts = len(seg.post_start) - 1
    capitals = np.bincount(seg.post[upper], minlength=posts)
    return np.asarray(2 * capitals > np.bincount(seg.post[inside], minlength=posts))
