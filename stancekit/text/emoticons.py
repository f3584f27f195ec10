"""Where the emoticons and the HTML entities of a batch are."""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stancekit.text.codepoints import Codes, Flag, Flags, Index, Spans, spans_at, text_of, those

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_ENTITY_LENGTH = 12

_EYES, _NOSES = ":;=", ("", "-", "'", "^", "o")
_MOUTHS = ")(][}{DPpOoSs/\\|*3>$@cCxX"
_OTHERS = (
    "<3 </3 xD XD xd :'( :') :'-( :'-) ^^ ^_^ ^.^ -_- >:( >:) >.< >_< o_o O_O o_O O_o o.O O.o "
    "T_T ;_; :-)) :)) :(( (: (; ): (-: )-: D: \\o/ \\m/ (y) (n) u_u =/ ¯\\_(ツ)_/¯"
).split()
_LONGEST = max(map(len, _OTHERS))

# What stands right after a word and is nothing else, no ratio, time or path; and after what.
_FACE = re.compile(r"[:;]['-]?(?:[)(]{1,2}|[DPp])|=-?\)")
_MOUTH = re.compile(r"[:;=]['-]?[)(]+")
_ENDS = '.!?…"”’'
_JOINS = Flag.LETTER | Flag.DIGIT | Flag.EMOJI | Flag.INVISIBLE | Flag.FLAG_LETTER
_GOES_ON, _ENDED = (np.isin(np.arange(128), [*map(ord, signs)]) for signs in (")(DPp'-", ")("))
#: How far back an open parenthesis is looked for.
_BEFORE = 160


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


def emoticon_spans(codes: Codes, flags: Flags, signs: Index) -> Spans:
    """Spans of emoticons: listed ones after a space, another emoticon, or at the start of a post.

    Those that are nothing else (``:)``, ``;-(``, ``:D``) may also stand right after a letter, an
    emoji or the end of a sentence, smiles after a digit, unless they close a parenthesis or are in
    a path. Punctuation may follow (``:).``), letters and digits may not.
    """
    found: list[tuple[int, int]] = []
    done = 0
    alone = set(_after_space(codes, flags, signs).tolist())
    for begin in sorted([*alone, *_glued_eyes(codes, flags, signs).tolist()]):
        if begin < done:
            continue
        window = text_of(codes[begin : begin + _LONGEST + 1])
        if begin in alone or (begin == done and done):
            length = _emoticon_at_start(window)
        else:
            before = text_of(codes[max(begin - _BEFORE, 0) : begin])
            length = _glued(before, int(flags[begin - 1]), window)
        if length:
            done = begin + length
            found.append((begin, done))
    spans = np.array(found, np.int64).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]


def _after_space(codes: Codes, flags: Flags, signs: Index) -> Index:
    """Where what may be an emoticon stands after a space: with a sign first or second, or an x."""
    at = np.concatenate([signs, signs - 1, np.flatnonzero(codes | 32 == ord("x"))])
    at = at[flags[at - 1] & Flag.SPACE > 0]
    first, second = (np.minimum(codes[at + step], 255) for step in (0, 1))
    begins: Index = at[_beginnings()[first, second]]
    return begins


def _glued_eyes(codes: Codes, flags: Flags, signs: Index) -> Index:
    """Where eyes stand after no space, and a nose or a mouth after them or a mouth before."""
    near = those(signs, codes, _EYES)
    before, after = (np.minimum(codes[near + side], 127) for side in (-1, 1))
    keep = (flags[near - 1] & Flag.SPACE == 0) & (_GOES_ON[after] | _ENDED[before])
    eyes: Index = near[keep]
    return eyes


def _glued(before: str, last: int, window: str) -> int:
    """Length of the emoticon a window starts with, right after other characters, 0 if none.

    Parameters
    ----------
    before : str
        What stands before it, perhaps with the ends of other posts.
    last : int
        `Flag` of its last character.
    window : str
        The emoticon and what follows.
    """
    length = _emoticon_at_start(window)
    face = window[:length]
    if not _FACE.fullmatch(face) or not (last & _JOINS or before[-1] in _ENDS):
        return 0
    if last & Flag.DIGIT and not face.endswith(")"):
        return 0
    post = before.rpartition("\0")[2]
    in_path = face[-1].isalpha() and any(sign in post.split()[-1] for sign in "/\\")
    return 0 if in_path or _is_open(post) else length


def _is_open(text: str) -> bool:
    """Whether a parenthesis is open at the end of a text; those of faces are none."""
    depth = 0
    for sign in _MOUTH.sub("", text):
        depth = max(depth + (sign == "(") - (sign == ")"), 0)
    return depth > 0


@lru_cache(maxsize=4096)
def _emoticon_at_start(window: str) -> int:
    """Length of the emoticon a window starts with, 0 if none."""
    known = _emoticons()
    for length in range(min(len(window), _LONGEST), 1, -1):
        if window[:length] in known and not window[length : length + 1].isalnum():
            return length
    return 0


def entity_spans(codes: Codes, signs: Index) -> Spans:
    """Spans of HTML entities left in the text (``&amp;``, ``&#39;``)."""
    return spans_at(codes, those(signs, codes, "&"), _ENTITY_LENGTH, _entity_at_start)


def _entity_at_start(window: str) -> int:
    match = _ENTITY.match(window)
    return match.end() if match else 0
