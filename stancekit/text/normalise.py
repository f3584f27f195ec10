"""The normalised stream of a batch, and 64-bit hashes of any stretch of it.

Two posts that differ only in case, curly quotes, skin tones, the elongation of a token (``soooo``,
``!!!!``), the digits of a number, the account mentioned, the link given or the space before an
emoticon have the same stream.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stancekit.text.codepoints import Codes, Flag, Index, Mask, fold, ranges, runs
from stancekit.text.hashing import Hashes, hash_between, hash_some, mix, prefix_sums
from stancekit.text.segmentation import Kind, Segmentation, segment

# What stands in the stream for any mention, any link, the edge of a post, and a name that is masked
# (`stancekit.text.names`). None of them occurs in folded text: fold() makes private code points
# U+FFFD.
_MENTION, _LINK, _EDGE, NAME = 0xE000, 0xE001, 0xE002, 0xE003

_TONES = (0x1F3FB, 0x1F3FF)
_JOINER = 0x200D


@dataclass(frozen=True)
class Normalised:
    """The normalised stream of a segmented batch.

    Attributes
    ----------
    codes : ndarray of uint32, shape (m,)
        Folded code points of all posts; one edge mark before, between and after them.
    origin : ndarray of int64, shape (m,)
        Offset of each into the codes of the segmentation.
    post_start : ndarray of int64, shape (p + 1,)
        Post `i` is ``codes[post_start[i] : post_start[i + 1] - 1]``.
    token_start, token_end : ndarray of int64, shape (t,)
        Where each token of the segmentation lies in the stream.
    token_hash : ndarray of uint64, shape (t,)
        Hash of each token's normalised form.
    """

    codes: Codes
    origin: Index
    post_start: Index
    token_start: Index
    token_end: Index
    token_hash: Hashes

    def char_hash(self, start: Index, length: Index) -> Hashes:
        """Hash of some stretches of the stream, whatever stands around them."""
        return hash_some(self.codes, start, length)


def normalise(seg: Segmentation) -> Normalised:
    """Normalise a segmented batch.

    Parameters
    ----------
    seg : Segmentation
        `p` posts of `t` tokens.

    Returns
    -------
    Normalised
        The stream, its way back to the text, and a hash of every token.
    """
    codes = fold(seg.codes)
    keep = _kept(seg, codes)
    _collapse(seg, codes, keep)
    # an emoticon is read alike after a space and right after a word
    glued = _glued(seg, codes)
    before = np.zeros(len(codes) + 1, np.int64)
    before[glued + 1] = 1
    before[1:] += keep
    np.cumsum(before, out=before)
    token_start, token_end = before[seg.start], before[seg.end]
    token_start[np.searchsorted(seg.start, glued)] += 1
    origin = np.insert(np.flatnonzero(keep), before[glued] - np.arange(len(glued)), glued)
    stream = codes[origin]
    stream[before[glued]] = ord(" ")
    token_hash = hash_between(prefix_sums(stream), token_start, token_end)
    return Normalised(stream, origin, before[seg.post_start], token_start, token_end, token_hash)


def mark_hash(mark: int) -> np.uint64:
    """Hash of a stretch that is one mark."""
    return np.uint64(mix(np.array([mark], np.uint64))[0])


def _glued(seg: Segmentation, codes: Codes) -> Index:
    """Where emoticons begin that no space stands before."""
    start = seg.start[seg.kind == Kind.EMOTICON]
    apart = (seg.flags[start - 1] & Flag.SPACE > 0) | (codes[start - 1] == _EDGE)
    return np.asarray(start[~apart], np.int64)


def _kept(seg: Segmentation, codes: Codes) -> Mask:
    """Which code points stay: none invisible, no third of a kind in a token, one of all spaces."""
    keep = np.ones(len(codes), np.bool_)
    keep[seg.signs[seg.flags[seg.signs] & Flag.INVISIBLE > 0]] = False
    emoji = seg.kind == Kind.EMOJI
    if emoji.any():
        tone = (codes >= _TONES[0]) & (codes <= _TONES[1])
        keep[tone] = False
        keep[seg.start[emoji]] = True
    again, rank = _repeats(codes, keep)
    keep[again[(codes[again] == ord(" ")) & keep[again - 1]]] = False
    third = np.flatnonzero(np.diff(rank) == 1) + 1
    third = third[codes[again[third]] != ord("0")]
    first_and_third = np.stack([again[third - 1] - 1, again[third]])
    token = np.searchsorted(seg.start, first_and_third, side="right")
    keep[again[third[token[0] == token[1]]]] = False
    edges = np.append(seg.post_start - 1, len(codes) - 1)
    keep[edges] = True
    codes[edges] = _EDGE
    return keep


def _repeats(codes: Codes, keep: Mask) -> tuple[Index, Index]:
    """Where a kept code point repeats the kept one before it, and its rank among the kept."""
    dropped = np.flatnonzero(~keep)
    again = np.flatnonzero(codes[1:] == codes[:-1]) + 1
    if not dropped.size:
        return again, again
    begin, after = runs(dropped)
    across = after[codes[begin - 1] == codes[after]]
    again = again[keep[again] & keep[again - 1]]
    again = np.insert(again, np.searchsorted(again, across), across)
    return again, again - np.searchsorted(dropped, again)


def _collapse(seg: Segmentation, codes: Codes, keep: Mask) -> None:
    """Let one mark stand for each mention and each link."""
    for kind, mark in ((Kind.MENTION, _MENTION), (Kind.LINK, _LINK)):
        chosen = np.flatnonzero(seg.kind == kind)
        start, length = seg.start[chosen], (seg.end - seg.start)[chosen]
        keep[ranges(start, length)] = False
        keep[start] = True
        codes[start] = mark


def hash_strings(strings: Sequence[str]) -> Hashes:
    """Hash whole strings; one that is a single token gets that token's hash.

    Parameters
    ----------
    strings : sequence of str

    Returns
    -------
    ndarray of uint64, shape (len(strings),)

    Examples
    --------
    >>> bool(hash_strings(["GOOOD"])[0] == hash_strings(["good"])[0])
    True
    """
    norm = normalise(segment(strings))
    return norm.char_hash(norm.post_start[:-1], np.diff(norm.post_start) - 1)
