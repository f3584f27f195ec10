"""Where the emoticons and the HTML entities of a batch are."""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stancekit.text.codepoints import Codes, Flag, Flags, Spans, spans_at

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_ENTITY_LENGTH = 12

_EYES, _NOSES = ":;=", ("", "-", "'", "^", "o")
_MOUTHS = ")(][}{DPpOoSs/\\|*3>$@cCxX"
_OTHERS = (
    "<3 </3 xD XD xd :'( :') :'-( :'-) ^^ ^_^ ^.^ -_- >:( >:) >.< >_< o_o O_O o_O O_o o.O O.o "
    "T_T ;_; :-)) :)) :(( (: (; ): (-: )-: D: \\o/ \\m/ (y) (n) u_u =/ ¯\\_(ツ)_/¯"
).split()
_LONGEST = max(map(len, _OTHERS))


@lru_cache(maxsize=1)
def _emoticons() -> frozenset[str]:
    """Return every emoticon recognised, written as it is typed."""
    return frozenset({e + n + m for e in _EYES for n in _NOSES for m in _MOUTHS} | set(_OTHERS))


@lru_cache(maxsize=1)
def _beginnings() -> npt.NDArray[np.bool_]:
    """Which two code points below 256 begin an emoticon, shape (256, 256)."""
    table = np.zeros((256, 256), np.bool_)
    for emoticon in _emoticons():
        table[ord(emoticon[0]), ord(emoticon[1])] = True
    return table


def emoticon_spans(codes: Codes, flags: Flags) -> Spans:
    """Spans of emoticons: listed ones that follow a space or start the post.

    Punctuation may follow (``:).``), letters and digits may not.
    """
    space = flags & Flag.SPACE > 0
    at = np.flatnonzero(space[:-1] & ~space[1:]) + 1
    first, second = codes[at], codes[np.minimum(at + 1, len(codes) - 1)]
    narrow = (first < 256) & (second < 256)
    at = at[narrow][_beginnings()[first[narrow], second[narrow]]]
    return spans_at(codes, at, _LONGEST + 1, _emoticon_at_start)


@lru_cache(maxsize=4096)
def _emoticon_at_start(window: str) -> int:
    """Length of the emoticon a window starts with, 0 if none."""
    known = _emoticons()
    for length in range(min(len(window), _LONGEST), 1, -1):
        if window[:length] in known and not window[length : length + 1].isalnum():
            return length
    return 0


def entity_spans(codes: Codes) -> Spans:
    """Spans of HTML entities left in the text (``&amp;``, ``&#39;``)."""
    return spans_at(codes, np.flatnonzero(codes == ord("&")), _ENTITY_LENGTH, _entity_at_start)


def _entity_at_start(window: str) -> int:
    match = _ENTITY.match(window)
    return match.end() if match else 0
