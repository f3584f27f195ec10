"""Where emoji sequences start (Unicode Technical Standard 51)."""

import numpy as np

from stancekit.text.codepoints import Codes, Flag, Flags, Index, Mask, runs, those

_JOINER = 0x200D
_SELECTOR = 0xFE0F
_KEYCAP = 0x20E3
_TONES = (0x1F3FB, 0x1F3FF)


def by_selector(codes: Codes, flags: Flags, signs: Index) -> Index:
    """Indices of characters that are an emoji only because of what follows.

    A digit, ``#`` or ``*`` before a keycap; ``©`` and a few others before U+FE0F.
    """
    selector = those(signs, codes, chr(_SELECTOR))
    text = selector[flags[selector - 1] & Flag.TEXT_EMOJI > 0] - 1
    key = those(signs, codes, chr(_KEYCAP))
    base = key - 1 - (codes[key - 1] == _SELECTOR)
    is_key = (flags[base] & Flag.DIGIT > 0) | (codes[base] == ord("#")) | (codes[base] == ord("*"))
    return np.concatenate([text, base[is_key]])


def starts(codes: Codes, flags: Flags, at: Index) -> Mask:
    """Whether a new emoji starts at each of `at`, the indices of all emoji characters, in order."""
    before = codes[at - 1]
    tone = (codes[at] >= _TONES[0]) & (codes[at] <= _TONES[1])
    after_emoji = np.diff(at, prepend=-2) == 1
    invisible = flags[at] & Flag.INVISIBLE > 0
    goes_on = after_emoji & (invisible | tone | (before == _JOINER))
    new: Mask = ~(goes_on | _second_of_flag(flags, at))
    return new


def _second_of_flag(flags: Flags, at: Index) -> Mask:
    letter = flags[at] & Flag.FLAG_LETTER > 0
    second = np.zeros(len(at), np.bool_)
    if letter.any():
        where = at[letter]
        begin, end = runs(where)
        second[letter] = (where - np.repeat(begin, end - begin)) % 2 == 1
    return second
