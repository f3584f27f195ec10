"""One segmentation for a whole batch: where every token starts, ends, and what it is.

The posts are one array of code points (`stancekit.text.codepoints.join`); boundaries are computed
for all of them at once. Tokens tile a post but for the single spaces between them:

- a *word* is a run of letters, marks and digits with at least one letter, apostrophes and
  asterisks between letters included (``don't``, ``f**k``); a *number* has digits or other
  numerals only, with ``. , : /`` between digits included;
- *hashtag*, *mention*, *link* and *cashtag* are twitter-text's, plus ``@user@host``;
- an *emoji* is a whole sequence: with its skin tone, joiners, tags, flag pairs and keycaps;
- an *emoticon* is one of a fixed list after a space or another emoticon; the plainest (``:)``) also
  right after a word;
- *punctuation* is a run of one and the same sign, or of ``!`` and ``?``, or an HTML entity
  (``&amp;``), or any other single symbol, a lone surrogate included;
- *space* is white space other than one U+0020 after a token, or controls, U+0000 included, and
  invisible characters standing alone. Invisible characters elsewhere belong to the token before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.text import emoji
from stancekit.text.codepoints import (
    Codes,
    Flag,
    Flags,
    Index,
    Mask,
    Spans,
    flags_of,
    join,
    ranges,
    runs,
    signs_in,
    those,
)
from stancekit.text.emoticons import emoticon_spans, entity_spans
from stancekit.text.entities import cashtag_spans, hashtag_spans, mention_spans
from stancekit.text.links import link_spans


class Kind(IntEnum):
    """What a token is."""

    SPACE = 0
    WORD = 1
    NUMBER = 2
    HASHTAG = 3
    MENTION = 4
    LINK = 5
    CASHTAG = 6
    EMOJI = 7
    EMOTICON = 8
    PUNCTUATION = 9


Kinds = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Segmentation:
    """The tokens of a batch of `p` posts, `t` tokens in all.

    Attributes
    ----------
    codes : ndarray of uint32, shape (n,)
        Code points of all posts, a U+0000 before, between and after them.
    flags : ndarray of uint16, shape (n,)
        What each code point is, bits of `stancekit.text.codepoints.Flag`.
    post_start : ndarray of int64, shape (p + 1,)
        Post `i` is ``codes[post_start[i] : post_start[i + 1] - 1]``.
    start, end : ndarray of int64, shape (t,)
        Offsets of the tokens into `codes`; minus ``post_start[post]`` they are offsets into the
        text as given.
    kind : ndarray of uint8, shape (t,)
        `Kind` of each token.
    token_start : ndarray of int64, shape (p + 1,)
        Tokens of post `i` are ``token_start[i]`` to ``token_start[i + 1]``.
    signs : ndarray of int64
        Where in `codes` signs are; see `stancekit.text.codepoints.signs_in`.
    """

    codes: Codes
    flags: Flags
    post_start: Index
    start: Index
    end: Index
    kind: Kinds
    token_start: Index
    signs: Index

    @cached_property
    def post(self) -> Index:
        """Number of the post each token belongs to, shape (t,)."""
        return np.repeat(np.arange(len(self.post_start) - 1), np.diff(self.token_start))


def segment(texts: Sequence[str]) -> Segmentation:
    """Segment a batch of posts.

    Parameters
    ----------
    texts : sequence of str
        The posts. Some thousand at a time keep the arrays within the processor's cache.

    Returns
    -------
    Segmentation
        Arrays of all posts' tokens, with the places of each.

    Raises
    ------
    InputError
        If `texts` is one str, or no sequence of them.

    Examples
    --------
    >>> seg = segment(["Well done @ana!", "#NoTram"])
    >>> [Kind(k).name.lower() for k in seg.kind]
    ['word', 'word', 'mention', 'punctuation', 'hashtag']
    """
    if isinstance(texts, str):
        raise InputError("texts is one str: give a list of posts, also of one")
    try:
        codes, post_start = join(texts)
    except TypeError as error:
        raise InputError(f"texts are no list of str: {error}. Give '' for a missing one") from error
    flags = flags_of(codes)
    signs = signs_in(codes, flags)
    group = _groups(codes, flags, signs)
    first = _boundaries(codes, flags, signs, group)
    named = _named_spans(codes, flags, signs)
    for _, begin, end in named:
        _merge(first, begin, end)
    start = np.flatnonzero(first)
    end = np.append(start[1:], len(codes))
    start, end = _without_single_spaces(codes, group, post_start, start, end)
    kind = _kinds(codes, flags, group, start, end)
    for name, begin, _ in named:
        kind[np.searchsorted(start, begin)] = name
    token_start = np.searchsorted(start, post_start)
    return Segmentation(codes, flags, post_start, start, end, kind, token_start, signs)


# Groups of code points: a token never spans two of them, unless it is a named span.
_SPACE, _WORD, _EMOJI, _SIGN = range(4)


@lru_cache(maxsize=1)
def _group_of_flags() -> Kinds:
    """Group of a code point by its flags, one look-up instead of a pass for each group."""
    flags = np.arange(2 * max(Flag), dtype=np.uint16)
    group = np.full(len(flags), _SIGN, np.uint8)
    group[flags & Flag.WORD > 0] = _WORD
    group[flags & (Flag.EMOJI | Flag.FLAG_LETTER) > 0] = _EMOJI
    group[flags & Flag.SPACE > 0] = _SPACE
    return group


def _groups(codes: Codes, flags: Flags, signs: Index) -> Kinds:
    group: Kinds = _group_of_flags().take(flags)
    _join_inside_words(codes, flags, signs, group)
    group[emoji.by_selector(codes, flags, signs)] = _EMOJI
    _underscores_alone(codes, flags, signs, group)
    invisible = signs[flags[signs] & Flag.INVISIBLE > 0]
    if invisible.size:  # they belong to whatever stands before them
        begin, end = runs(invisible)
        group[invisible] = group[np.repeat(begin - 1, end - begin)]
    return group


def _join_inside_words(codes: Codes, flags: Flags, signs: Index, group: Kinds) -> None:
    """Let apostrophes and stars join letters, and ``. , : /`` join digits."""
    for marks, joined in (("'\u2019\u02bc", Flag.LETTER), (".,:/", Flag.DIGIT)):
        sign = those(signs, codes, marks)
        inside = (flags[sign - 1] & flags[sign + 1] & joined) > 0
        group[sign[inside]] = _WORD
    star = those(signs, codes, "*")
    if star.size:
        begin, end = runs(star)
        inside = (flags[begin - 1] & flags[end] & Flag.LETTER > 0) & (end - begin <= 4)
        group[star[np.repeat(inside, end - begin)]] = _WORD


def _underscores_alone(codes: Codes, flags: Flags, signs: Index, group: Kinds) -> None:
    """Make a run of underscores between non-letters punctuation."""
    mark = those(signs, codes, "_")
    if mark.size:
        begin, end = runs(mark)
        letters = Flag.LETTER | Flag.DIGIT
        alone = (flags[begin - 1] | flags[end]) & letters == 0
        group[mark[np.repeat(alone, end - begin)]] = _SIGN


def _boundaries(codes: Codes, flags: Flags, signs: Index, group: Kinds) -> Mask:
    first = np.ones(len(codes), np.bool_)
    np.not_equal(group[1:], group[:-1], out=first[1:])
    sign = signs[group[signs] == _SIGN]
    own, before = codes[sign], codes[sign - 1]
    exclaims = (own == ord("!")) | (own == ord("?"))
    before_exclaims = (before == ord("!")) | (before == ord("?"))
    new = (own != before) & ~(exclaims & before_exclaims)
    first[sign] |= new & (flags[sign] & Flag.INVISIBLE == 0)
    at = np.flatnonzero(group == _EMOJI)
    first[at] |= emoji.starts(codes, flags, at)
    separator = np.flatnonzero(codes == 0)
    first[separator] = first[separator[:-1] + 1] = True
    return first


def _named_spans(codes: Codes, flags: Flags, signs: Index) -> list[tuple[Kind, Index, Index]]:
    """Spans of what is recognised as a whole; no two overlap, links come before the others."""
    links = link_spans(codes, flags, signs)
    found = [(Kind.LINK, *links)]
    taken = [links]
    for kind, spans in (
        (Kind.HASHTAG, hashtag_spans(codes, flags, signs)),
        (Kind.MENTION, mention_spans(codes, flags, signs)),
        (Kind.CASHTAG, cashtag_spans(codes, flags, signs)),
        (Kind.PUNCTUATION, entity_spans(codes, signs)),
        (Kind.EMOTICON, emoticon_spans(codes, flags, signs)),
    ):
        free = apart_from(spans, taken)
        found.append((kind, *free))
        taken.append(free)
    return found


def apart_from(spans: Spans, taken: Sequence[Spans]) -> Spans:
    """Leave out spans that overlap others, all in order."""
    start, end = spans
    for begin, stop in taken:
        if begin.size and start.size:
            at = np.searchsorted(stop, start, side="right")
            overlaps = (at < len(begin)) & (begin[np.minimum(at, len(begin) - 1)] < end)
            start, end = start[~overlaps], end[~overlaps]
    return start, end


def _merge(first: Mask, begin: Index, end: Index) -> None:
    """Make each span one token."""
    if begin.size:
        first[ranges(begin, end - begin)] = False
        first[begin] = True
        first[end] = True


def _kinds(codes: Codes, flags: Flags, group: Kinds, start: Index, end: Index) -> Kinds:
    by_group = np.array([Kind.SPACE, Kind.WORD, Kind.EMOJI, Kind.PUNCTUATION], np.uint8)
    kind = by_group[group[start]]
    # what does not start with a letter may be a number, or signs that a link cut off a word
    doubtful = np.flatnonzero((kind == Kind.WORD) & (flags[start] & Flag.LETTER == 0))
    if doubtful.size:
        length = (end - start)[doubtful]
        inside = ranges(start[doubtful], length)
        seen = np.where(codes[inside] == ord("_"), 0, flags[inside])
        found = np.bitwise_or.reduceat(seen, np.cumsum(length) - length)
        no_letter = found & Flag.LETTER == 0
        kind[doubtful[no_letter & (found & Flag.WORD > 0)]] = Kind.NUMBER
        kind[doubtful[found & Flag.WORD == 0]] = Kind.PUNCTUATION
    return kind


def _without_single_spaces(
    codes: Codes, group: Kinds, post_start: Index, start: Index, end: Index
) -> Spans:
    """Drop separators, and the first U+0020 of each white space that follows a token."""
    separator = np.zeros(len(codes), np.bool_)
    separator[post_start - 1] = True
    space = group[start] == _SPACE
    trimmed = space & (codes[start] == ord(" "))
    trimmed[1:] &= ~space[:-1]
    trimmed[0] = False
    keep = np.flatnonzero((start + trimmed < end) & ~separator[start])
    return (start + trimmed)[keep], end[keep]
