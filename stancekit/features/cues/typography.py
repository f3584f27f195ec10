"""Cues of form: marks, capitals, elongation, and the kinds of tokens."""

import numpy as np
import numpy.typing as npt

from stancekit.features.cues.terms import Tokens
from stancekit.text.codepoints import Flag, Index, where
from stancekit.text.segmentation import Kind, Segmentation

#: Signs of one run that count.
RUN = 4
#: Letters a word in capitals must have to be shouted: most abbreviations have fewer.
SHOUTED = 4

_QUOTES = np.array([ord(c) for c in '"“”„«»'], np.uint32)
_KINDS = (
    ("hashtags", Kind.HASHTAG),
    ("mentions", Kind.MENTION),
    ("links", Kind.LINK),
    ("numbers", Kind.NUMBER),
)

Values = npt.NDArray[np.float64]
Named = tuple[str, Index, Values]


def typographic_marks(tokens: Tokens, seg: Segmentation, capital: Index) -> list[Named]:
    """Return name of the cue, tokens marked and value of each mark."""
    found = [(name, np.flatnonzero(tokens.kind == kind)) for name, kind in _KINDS]
    found += [
        ("leading_mention", _leading_mentions(tokens)),
        ("shouted_words", _shouted(tokens, seg, capital)),
        ("elongation", _elongated(tokens, seg)),
    ]
    return [(name, at, np.ones(len(at))) for name, at in found] + _signs(tokens, seg)


def _leading_mentions(tokens: Tokens) -> Index:
    first = tokens.post_first[:-1]
    first = first[first < tokens.post_first[1:]]
    mentions: Index = first[tokens.kind[first] == Kind.MENTION]
    return mentions


def _shouted(tokens: Tokens, seg: Segmentation, capital: Index) -> Index:
    at = np.flatnonzero(capital >= SHOUTED)
    at = at[tokens.kind[at] == Kind.WORD]
    number = tokens.number[at]
    shouted: Index = at[capital[at] == seg.end[number] - seg.start[number]]
    return shouted


def _elongated(tokens: Tokens, seg: Segmentation) -> Index:
    same = seg.codes[1:] == seg.codes[:-1]
    third = np.flatnonzero(same[1:] & same[:-1]) + 2
    third = third[(seg.flags[third] & Flag.LETTER) > 0]
    token = np.searchsorted(seg.start, third, side="right") - 1
    token = np.unique(token[seg.kind[token] == Kind.WORD])
    return np.searchsorted(tokens.number, token)


def _signs(tokens: Tokens, seg: Segmentation) -> list[Named]:
    at = np.flatnonzero(tokens.kind == Kind.PUNCTUATION)
    start, end = seg.start[tokens.number[at]], seg.end[tokens.number[at]]
    code = seg.codes[start]
    quote = at[np.isin(code, _QUOTES)]
    marks = [("quotation", quote, np.full(len(quote), 0.5))]
    run = (code == ord("!")) | (code == ord("?"))
    at, start, end = at[run], start[run], end[run]
    for name, sign in (("exclamation", "!"), ("question_mark", "?")):
        count = np.zeros(len(at))
        for step in range(RUN):
            place = start + step
            count += (place < end) & (seg.codes[np.minimum(place, end - 1)] == ord(sign))
        marks.append((name, at[count > 0], count[count > 0]))
    return marks


def capitals(tokens: Tokens, seg: Segmentation) -> Index:
    """Count the capitals of each token."""
    at = where(seg.flags, Flag.UPPER)
    token = np.searchsorted(seg.start, at, side="right") - 1
    return np.bincount(token, minlength=len(seg.start))[tokens.number]


def post_values(tokens: Tokens, seg: Segmentation, capital: Index) -> tuple[Values, Values]:
    """Share of capitals in the words of each post, and its scaled length."""
    posts = len(tokens.post_first) - 1
    word = tokens.kind == Kind.WORD
    size = np.where(word, (seg.end - seg.start)[tokens.number], 0)
    length = np.bincount(tokens.post, weights=size, minlength=posts)
    some = np.flatnonzero(word & (capital > 0))
    upper = np.bincount(tokens.post[some], weights=capital[some], minlength=posts)
    return upper / np.maximum(length, 1), np.log10(1 + np.diff(tokens.post_first)) / 3
