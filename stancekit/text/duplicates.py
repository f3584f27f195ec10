"""Which posts are the same post: reposts, copies and near-copies, as one group number a post.

A split that puts a post into training and its repost into testing measures memory. On real
stance tweets a random split over reposted text reports macro-F1 .90 where the truth is .58,
so everything that splits posts in stancekit splits these groups instead.

Three steps, each on the distinct texts the one before has left:

1. *canonical text*: mentions, "RT", links, case, punctuation, elongation and white space gone;
   posts with equal canonical texts are one group;
2. *cut text*: a repost that ends in "…" joins the texts that begin as it does;
3. *near-copies*: texts whose sets of character 5-grams overlap (Jaccard) by at least
   ``threshold``, found by MinHash (``minhash.py``) and checked before they are joined.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.text.minhash import components, near_copies

Ints = npt.NDArray[np.int64]

#: Shorter canonical texts ("thank you so much") have too few 5-grams for an overlap to mean
#: that one was copied from the other; they group only when equal.
MIN_CHARACTERS: Final = 20
#: A cut text must still say this much before what begins with it counts as its full text.
MIN_CUT_CHARACTERS: Final = 30

_MENTION: Final = re.compile(
    r"(?:\b(?:rt|mt|via|cc)\b[ :]*)?(?<!\w)@\w+(?:[.-]\w+)*(?:@[\w.-]+)?(?::(?=\s|$))?",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?<![\w@])(?:https?(?::\S*|(?=[\s…]|$))|www\.\S+|(?:pic\.twitter\.com|t\.co)/\S+)",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r"(?:…|\.{3})[\])]?(?: ?https?:\S*)?(?: https?:\S*)*$", re.IGNORECASE)


def duplicate_groups(texts: Sequence[str | None], *, threshold: float = 0.7, seed: int = 0) -> Ints:
    """Return the number of each post's group of reposts and near-copies.

    Parameters
    ----------
    texts
        The posts; None or NaN counts as empty.
    threshold
        Least Jaccard overlap of two canonical texts' character 5-grams for them to be
        near-copies. At .7 about one word in ten may differ.
    seed
        Seed of the hash functions. Another seed changes, if anything, pairs just at the threshold.

    Returns
    -------
    numpy.ndarray
        int64, one group number a post: 0, 1, 2 … as the groups appear. The groups do not depend
        on the order of the posts. Posts that hold only mentions and links form one group.

    Raises
    ------
    InputError
        If a text is neither str nor missing, or the threshold lies outside (0, 1].

    Examples
    --------
    >>> duplicate_groups([
    ...     "The library on Mill Road must stay open!",
    ...     "RT @ana: The library on Mill Road must stay open https://t.co/x1",
    ...     "Good morning",
    ... ])
    array([0, 0, 1])
    """
    if not 0 < threshold <= 1:
        raise InputError(f"threshold is {threshold!r}: give a number above 0 and at most 1")
    if isinstance(texts, str):
        raise InputError("texts is one str: give a list of texts")
    plain = plain_texts(texts)
    if not plain:
        return np.empty(0, np.int64)
    forms = canonical_texts(plain)
    distinct = sorted(set(forms))  # sorted: nothing below depends on the caller's order
    number = {form: place for place, form in enumerate(distinct)}
    cut = {form for form, text in zip(forms, plain, strict=True) if _is_cut(text)}
    long = np.flatnonzero([len(form) >= MIN_CHARACTERS for form in distinct])
    copies = near_copies([distinct[place] for place in long], threshold, seed)
    cuts = _cut_pairs(distinct, cut)
    first, second = (np.append(cuts[side], long[copies[side]]) for side in (0, 1))
    component = components(len(distinct), first, second)
    of_post = component[[number[form] for form in forms]]
    return pd.factorize(of_post)[0].astype(np.int64)


def plain_texts(texts: Sequence[str | None]) -> list[str]:
    r"""Return each text on one line, in Unicode's compatibility form; a missing one as empty.

    Examples
    --------
    >>> plain_texts(["for &amp;\nagainst", None])
    ['for & against', '']
    """
    return [_plain(text, place) for place, text in enumerate(texts)]


def canonical_texts(texts: Sequence[str]) -> list[str]:
    """Return each text as its reposts share it.

    Examples
    --------
    >>> canonical_texts(["RT @ana: “Sooo  GOOD!!!” https://t.co/x", "so good", "?!"])
    ['so god', 'so god', '?!']
    """
    bare_ones = [_without_names(text) for text in texts]
    joined = "\n" + "\n".join(bare_ones).casefold() + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    role = _roles(codes)[codes]
    codes = np.where(role == _GAP, np.uint32(ord(" ")), codes)[role != _DROP]
    role = role[role != _DROP]
    # One of a run is kept, of letters too: "so", "soo" and "sooo" are copies of each other.
    # Not of digits: 10 and 100 are different news.
    keep = np.append(True, (codes[1:] != codes[:-1]) | (role[1:] >= _DIGIT))
    codes = codes[keep]
    end = codes == ord("\n")
    edge = np.append(False, end[:-1]) | np.append(end[1:], False)
    codes = codes[~(edge & (codes == ord(" ")))]
    forms = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass").split("\n")[1:-1]
    # Nothing but punctuation (":)", "?!") is compared as it stands.
    return [
        form or " ".join(text.split()).casefold()
        for form, text in zip(forms, bare_ones, strict=True)
    ]


_KEEP, _GAP, _DROP, _DIGIT, _END = range(5)


def _roles(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return a table from code point to what becomes of it, for the code points that occur."""
    present = np.flatnonzero(np.bincount(codes))
    table = np.zeros(int(present[-1]) + 1, np.uint8)
    for code in present.tolist():
        table[code] = _role(chr(code))
    return table


def _role(character: str) -> int:
    if character == "\n":
        return _END
    category = unicodedata.category(character)
    # Apostrophes, joiners, variation selectors and skin tones come and go between copies.
    if character in "'’‘ʼ\ufe0e\ufe0f" or category in ("Cf", "Me", "Sk"):
        return _DROP
    if category == "Nd":
        return _DIGIT
    return _GAP if category[0] in "PZ" or category == "Cc" else _KEEP


def _plain(text: object, place: int) -> str:
    if text is None or text is pd.NA or (isinstance(text, float) and text != text):
        return ""
    if not isinstance(text, str):
        raise InputError(
            f"text {place} is {type(text).__name__} ({text!r:.40}): give str, or None where missing"
        )
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split())


def bare(text: str) -> str:
    """Return the text without links, mentions and repost marks."""
    return " ".join(_without_names(text).split())


def _without_names(text: str) -> str:
    if "@" in text:
        text = _MENTION.sub(" ", text)
    lower = text.lower()
    if "/" in text or "http" in lower or "www." in lower:  # most texts have no link
        text = _LINK.sub(" ", text)
    return text


def _is_cut(text: str) -> bool:
    return ("…" in text or "..." in text) and _CUT.search(text) is not None


def _cut_pairs(distinct: Sequence[str], cut: set[str]) -> tuple[Ints, Ints]:
    """Return pairs of places in the sorted texts: each cut text with all that begin as it does."""
    joined_with_next = np.zeros(len(distinct) + 1, np.int64)
    for form in cut:
        start = form.rpartition(" ")[0] or form  # the last word may be half a word, or half a link
        if len(start) >= MIN_CUT_CHARACTERS:
            joined_with_next[bisect_left(distinct, start)] += 1
            joined_with_next[bisect_left(distinct, start + chr(0x10FFFF)) - 1] -= 1
    first = np.flatnonzero(np.cumsum(joined_with_next) > 0)
    return first, first + 1
