"""Where the links of a batch are, as twitter-text finds them.

Only windows (stretches without white space) that hold a dot between two non-spaces can hold a link,
and most of those are ``https://t.co/…`` or a plain ASCII address: these are recognised at once, the
rest goes through the whole grammar (`stancekit.text.link_grammar`), once for each distinct window.
"""

import re
from functools import lru_cache

import numpy as np

from stancekit.text.codepoints import (
    Codes,
    Flag,
    Flags,
    Index,
    Spans,
    distinct,
    text_of,
    those,
    where,
)

# A subset of twitter-text's grammar on which a whole-window match is surely the link it finds.
_PLAIN = re.compile(
    r"https?://(?:www\.)?(?!t\.co/)[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.(?:com|org|net|uk|de|gov|edu)"
    r"(?:/[A-Za-z0-9_-]+){0,8}/?"
)
_TCO = re.compile(r"https?://t\.co/[A-Za-z0-9]{1,40}")


@lru_cache(maxsize=4096)
def links_in(window: str) -> tuple[tuple[int, int], ...]:
    """Links in one stretch of text, as (start, end) offsets.

    Parameters
    ----------
    window : str
        Any text.

    Examples
    --------
    >>> links_in("(see https://t.co/abc)")
    ((5, 21),)
    """
    if _TCO.fullmatch(window) or _PLAIN.fullmatch(window):
        return ((0, len(window)),)
    # the grammar takes 0.1 s to compile: a run that meets only t.co never pays for it
    from stancekit.text.link_grammar import extract_links

    return extract_links(window)


def link_spans(codes: Codes, flags: Flags, signs: Index) -> Spans:
    """Spans of all links of a batch, in order.

    Parameters
    ----------
    codes, flags : ndarray, shape (n,)
        The joined posts and the flags of their code points.
    signs : ndarray of int64
        Where signs are; see `stancekit.text.codepoints.signs_in`.

    Returns
    -------
    start, end : ndarray of int64
        Offsets into `codes`.
    """
    dots = those(signs, codes, ".")
    name = flags[dots - 1] & (Flag.WORD | Flag.EMOJI) > 0
    sign = codes[dots - 1]  # twitter-text takes any sign but ASCII's for a letter of a domain
    name |= (sign > 0x7F) | (sign == ord('"')) | (sign == ord("`"))
    # a top level has two characters or more
    two = np.minimum(dots + 2, len(codes) - 1)
    dots = dots[name & (flags[dots + 1] & flags[two] & Flag.WORD > 0)]
    # U+3002 and its like end Japanese sentences and are no dots: twitter-text agrees
    if not dots.size:
        return dots, dots
    spaces = where(flags, Flag.SPACE)
    after = np.searchsorted(spaces, dots)
    begin = distinct(spaces[after - 1] + 1)
    end = spaces[np.searchsorted(spaces, begin)]
    start_end = [
        (b + s, b + e)
        for b, stop in zip(begin.tolist(), end.tolist(), strict=True)
        for s, e in links_in(text_of(codes[b:stop]))
    ]
    spans = np.array(start_end, np.int64).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]
