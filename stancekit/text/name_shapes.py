"""Names told by capitals: of words that are common in small letters, and of others."""

import numpy as np

from stancekit.text.codepoints import Flag, Index, Mask
from stancekit.text.name_lists import List, table_of
from stancekit.text.normalise import Normalised
from stancekit.text.segmentation import Kind, Segmentation

#: The shortest word that its shape alone can make a name; a shorter one before a name may belong.
SHORTEST = 3


def shaped_names(seg: Segmentation, norm: Normalised, listed: Index) -> Index:
    """Which words are names, those listed among them, ascending.

    A word with a capital is one if it is not common in small letters; inside a sentence that is no
    headline, or right behind a name, if it is none of the words that a capital never makes names
    (judgements, days, *the*); and right before a name if it is short (*Ed*) or given to people
    (*Grace*).

    Parameters
    ----------
    seg : Segmentation
    norm : Normalised
    listed : ndarray of int64
        Words that a list holds.

    Examples
    --------
    >>> from stancekit.text.normalise import normalise
    >>> from stancekit.text.segmentation import segment
    >>> text = "Ed Varnholt of the Harbour List is back. Hope so"
    >>> seg = segment([text])
    >>> found = shaped_names(seg, normalise(seg), np.array([], np.int64))
    >>> [text.split()[i] for i in found.tolist()]
    ['Ed', 'Varnholt', 'Harbour', 'List']
    """
    word = seg.kind == Kind.WORD
    length = norm.token_end - norm.token_start
    upper = word & (seg.flags[seg.start] & Flag.UPPER > 0)
    last = seg.flags[seg.end - 1]
    # in capitals throughout says nothing: somebody shouts, or writes an abbreviation
    title = upper & (last & (Flag.UPPER | Flag.LETTER) == Flag.LETTER) & (length > 1)
    short = upper & (length == SHORTEST - 1)
    short &= ~among("function_words", norm, short)
    name = title & (length >= SHORTEST)
    name &= ~among("common_words", norm, name)
    name[listed] = True
    may = title & ~among("never_names", norm, title)
    name |= may & _titled(seg, norm)
    inside = word & _inside(seg, norm, word)
    name |= may & inside & ~_headline(seg, upper & inside, inside)[seg.post]
    before, behind = _neighbours(seg, word)
    # a name of several words: what is right behind a name, unless a headline goes on
    goes_on = np.append(upper, False)[behind]
    name |= may & name[before] & (before < np.arange(len(name))) & ~goes_on
    name |= _winged(seg, norm, word)
    given = short | among("given_words", norm, title)
    name |= given & np.append(name, False)[behind]
    return np.flatnonzero(name)


def among(name: List, norm: Normalised, some: Mask) -> Mask:
    """Which of some tokens a list holds."""
    at = np.flatnonzero(some)
    found = np.zeros(len(some), np.bool_)
    found[at[table_of(name).find(norm.token_hash[at])[0]]] = True
    return found


def _neighbours(seg: Segmentation, word: Mask) -> tuple[Index, Index]:
    """Words with but a space between: the one before each token, and the one behind.

    Where there is none, the token itself stands before it, and one beyond the last behind it.
    """
    size = len(word)
    before, behind = np.arange(size), np.full(size, size)
    second = np.flatnonzero(word[1:] & word[:-1] & (seg.start[1:] - seg.end[:-1] == 1)) + 1
    second = second[seg.post[second] == seg.post[second - 1]]
    before[second], behind[second - 1] = second - 1, second
    return before, behind


def _inside(seg: Segmentation, norm: Normalised, word: Mask) -> Mask:
    """Whether a word or a comma stands before each token in its post."""
    inside = np.zeros(len(word), np.bool_)
    inside[1:] = word[:-1] | _is(",", norm)[:-1]
    begin = seg.token_start[:-1]
    inside[begin[begin < len(inside)]] = False
    return inside


def _titled(seg: Segmentation, norm: Normalised) -> Mask:
    """Whether an abbreviated title with its full stop (Mr.) stands before each token."""
    titled = np.zeros(len(norm.token_hash), np.bool_)
    before_stop = np.append(_is(".", norm)[1:], False)
    titled[2:] = among("titles", norm, before_stop)[:-2]
    titled[2:] &= seg.post[2:] == seg.post[:-2]
    return titled


def _winged(seg: Segmentation, norm: Normalised, word: Mask) -> Mask:
    """Which tokens are left or right before a wing: sides of politics, whichever."""
    side = np.flatnonzero(among("sides", norm, word))
    near = np.zeros_like(word)
    near[np.minimum(np.concatenate([side + 1, side + 2]), len(word) - 1)] = True
    wing = np.append(among("wings", norm, near & word), [False, False])
    hyphen = np.append(_is("-", norm), False)
    winged = np.zeros(len(word), np.bool_)
    winged[side[wing[side + 1] | (hyphen[side + 1] & wing[side + 2])]] = True
    return winged


def _is(sign: str, norm: Normalised) -> Mask:
    """Which tokens begin with a sign."""
    return np.asarray(norm.codes[np.minimum(norm.token_start, len(norm.codes) - 1)] == ord(sign))


def _headline(seg: Segmentation, upper: Mask, inside: Mask) -> Mask:
    """Whether more than half of the words inside each post's sentences have a capital."""
    posts = len(seg.post_start) - 1
    capitals = np.bincount(seg.post[upper], minlength=posts)
    return np.asarray(2 * capitals > np.bincount(seg.post[inside], minlength=posts))
