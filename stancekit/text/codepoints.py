"""A batch of posts as one array of code points, and what is known of each code point."""

from collections.abc import Callable, Sequence
from enum import IntFlag
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint16]
Index = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
#: Where stretches of a batch start and end.
Spans = tuple[Index, Index]

_SIZE = 0x110000


class Flag(IntFlag):
    """What a code point can be; a code point may be several.

    Made by ``models/codepoints/build.py`` from the Unicode properties and from twitter-text's
    character classes (hashtag, handle, Latin accents).
    """

    LETTER = 1
    DIGIT = 2
    WORD = 4
    SPACE = 8
    EMOJI = 16
    TEXT_EMOJI = 32
    FLAG_LETTER = 64
    INVISIBLE = 128
    UPPER = 256
    HASHTAG = 512
    HASHTAG_LETTER = 1024
    HANDLE = 2048
    LATIN_ACCENT = 4096


@lru_cache(maxsize=1)
def _tables() -> tuple[Flags, Codes]:
    path = files("stancekit.text") / "data" / "codepoints.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        runs = np.diff(data["start"], append=np.uint32(_SIZE)).astype(np.int64)
        flags = np.repeat(data["flags"], runs)
        fold = np.arange(_SIZE, dtype=np.uint32)
        fold[data["folded"]] = data["to"]
    flags.flags.writeable = fold.flags.writeable = False
    return flags, fold


def flags_of(codes: Codes) -> Flags:
    """Flags of each code point.

    Parameters
    ----------
    codes : ndarray of uint32
        Code points, each below 0x110000.

    Returns
    -------
    ndarray of uint16, same shape
        Bits of `Flag`.
    """
    return _tables()[0].take(codes)  # quicker than indexing with what is no int64


def flags_between(flags: Flags, start: Index, end: Index) -> Flags:
    """All flags of the code points of each stretch together; none is empty.

    Examples
    --------
    >>> flags = np.array([1, 2, 4, 8], np.uint16)
    >>> flags_between(flags, np.array([0, 3]), np.array([2, 4])).tolist()
    [3, 8]
    """
    length = end - start
    inside = flags[ranges(start, length)]
    return np.bitwise_or.reduceat(inside, np.cumsum(length) - length) if len(start) else inside


def where(flags: Flags, flag: int) -> Index:
    """Indices at which any bit of `flag` is set, in order."""
    return np.flatnonzero((flags & np.uint16(flag)) != 0)


def signs_in(codes: Codes, flags: Flags) -> Index:
    """Where code points are that are no ASCII letter or digit and no white space.

    One in ten, and what nearly every rule of `stancekit.text.segmentation` begins with.
    """
    plain = (flags & np.uint16(Flag.LETTER | Flag.DIGIT | Flag.SPACE)) != 0
    plain &= codes < 128
    return np.flatnonzero(~plain)


def those(at: Index, codes: Codes, chars: str) -> Index:
    """Places at which one of some characters stands, of those given."""
    own = codes[at]
    found = own == ord(chars[0])
    for char in chars[1:]:
        found |= own == ord(char)
    chosen: Index = at[found]
    return chosen


def fold(codes: Codes) -> Codes:
    """Lower-case, straighten quotes and dashes, make every digit ``0`` and every space U+0020."""
    return _tables()[1].take(codes)


def join(texts: Sequence[str]) -> tuple[Codes, Index]:
    """Join posts into one array of code points, with a U+0000 before, between and after them.

    Parameters
    ----------
    texts : sequence of str
        `p` posts; lone surrogates and U+0000 are kept as they are.

    Returns
    -------
    codes : ndarray of uint32
        The code points, ``1 + sum(len(t) + 1 for t in texts)`` of them.
    post_start : ndarray of int64, shape (p + 1,)
        Post `i` is ``codes[post_start[i] : post_start[i + 1] - 1]``.
    """
    post_start = np.ones(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=post_start[1:])
    post_start[1:] += 1
    joined = "\0".join(["", *texts, ""]) if len(texts) else "\0"
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32), post_start


def text_of(codes: Codes) -> str:
    """Write code points as the text they are; the inverse of `join` for one post."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def spans_at(codes: Codes, at: Index, longest: int, length_of: Callable[[str], int]) -> Spans:
    """Spans that begin at some of `at`.

    Parameters
    ----------
    codes : ndarray of uint32
    at : ndarray of int64
        Where one may begin.
    longest : int
        How many characters from there on `length_of` is shown.
    length_of : callable
        Says how many of them, from the first on, are the span; 0 if there is none.
    """
    length = np.array([length_of(text_of(codes[i : i + longest])) for i in at.tolist()], np.int64)
    return at[length > 0], (at + length)[length > 0]


def distinct(ascending: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Leave out repetitions; as ``np.unique`` of what is sorted.

    Examples
    --------
    >>> distinct(np.array([3, 3, 4, 9, 9])).tolist()
    [3, 4, 9]
    """
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]


def runs(at: Index) -> Spans:
    """Part ascending indices into runs without a gap: the first of each run, and one past its last.

    Examples
    --------
    >>> [edge.tolist() for edge in runs(np.array([3, 4, 5, 9]))]
    [[3, 9], [6, 10]]
    """
    edge = np.flatnonzero(np.diff(at, prepend=-2) > 1)
    return at[edge], np.append(at[edge[1:] - 1], at[-1:]) + 1


def ranges(begin: Index, counts: Index) -> Index:
    """Concatenate ``arange(begin[i], begin[i] + counts[i])``."""
    shift = np.cumsum(counts) - counts
    indices: Index = np.repeat(begin - shift, counts)
    indices += np.arange(len(indices))
    return indices
