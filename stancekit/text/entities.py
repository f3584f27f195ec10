"""Where the hashtags, mentions and cashtags of a batch are.

The rules are twitter-text's (its conformance suite is part of the tests), evaluated for all signs
of the batch at once. Handles of the Fediverse (``@user@host``) come on top.
"""

import re

import numpy as np

from stancekit.text.codepoints import (
    Codes,
    Flag,
    Flags,
    Index,
    Mask,
    Spans,
    flags_between,
    spans_at,
    text_of,
    those,
)

_CASHTAG = re.compile(
    r"\$([A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)(?=$|[\s!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$])"
)
_CASHTAG_LENGTH = 12

# The host must look like one: labels of letters and digits, a top level of letters. The domains
# that RFC 2606 reserves for examples host nobody, and twitter-text wants them to be no mention.
_FEDIVERSE = re.compile(
    r"[@\uff20][A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?@(?!example\.(?:com|net|org)\b)"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9_@])"
)
_FEDIVERSE_LENGTH = 320
_LIST = re.compile(r"/[A-Za-z][A-Za-z0-9_-]{0,24}")

_MAX_HANDLE = 20


def _run_end(flags: Flags, flag: int, at: Index) -> Index:
    """First index at or after each of `at` where `flag` is not set."""
    outside = np.flatnonzero((flags & np.uint16(flag)) == 0)
    end: Index = outside[np.searchsorted(outside, at)]
    return end


def _is(codes: Codes, chars: str) -> Mask:
    found: Mask = codes == ord(chars[0])
    for char in chars[1:]:
        found |= codes == ord(char)
    return found


def _followed_by_protocol(codes: Codes, end: Index) -> Mask:
    last = len(codes) - 1
    a, b, c = (codes[np.minimum(end + i, last)] for i in range(3))
    found: Mask = (a == ord(":")) & (b == ord("/")) & (c == ord("/"))
    return found


def _every_other(overlaps: Mask) -> Mask:
    """Which matches of a chain stand, if `overlaps` says which need what the one before takes."""
    place = np.arange(len(overlaps))
    first = np.maximum.accumulate(np.where(overlaps, 0, place))
    return np.asarray((place - first) % 2 == 0)


def _one_back(end: Index) -> Index:
    return np.append(0, end)[:-1]


def hashtag_spans(codes: Codes, flags: Flags, signs: Index) -> Spans:
    """Spans of hashtags, sign included, before links are taken out.

    A hashtag starts at the post's start or after a character that is neither hashtag letter,
    digit, nor ``&``; holds at least one letter; and is not followed by ``#`` or ``://``.
    """
    sign = those(signs, codes, "#\uff03")
    first, before = codes[sign + 1], codes[sign - 1]
    starts = (flags[sign + 1] & Flag.HASHTAG > 0) & ~_is(first, "\ufe0f\u20e3")
    free = (flags[sign - 1] & Flag.HASHTAG == 0) | _is(before, "\ufe0e\ufe0f")
    sign = sign[starts & free & (before != ord("&"))]
    end = _run_end(flags, Flag.HASHTAG, sign + 1)
    has_letter = flags_between(flags, sign, end) & Flag.HASHTAG_LETTER > 0
    sign, end = sign[has_letter], end[has_letter]
    free = _every_other(sign == _one_back(end))  # a selector ends the one before
    keep = free & ~_is(codes[end], "#\uff03") & ~_followed_by_protocol(codes, end)
    return sign[keep], end[keep]


def mention_spans(codes: Codes, flags: Flags, signs: Index) -> Spans:
    """Spans of mentions, sign included: ``@handle``, ``@handle/list``, ``@user@host``."""
    sign = those(signs, codes, "@\uff20")
    sign = sign[flags[sign + 1] & Flag.HANDLE > 0]
    free, retweet = _may_precede_mention(codes, flags, sign)
    sign, retweet = sign[free | retweet], retweet[free | retweet]
    end = np.minimum(_run_end(flags, Flag.HANDLE, sign + 1), sign + 1 + _MAX_HANDLE)
    end = _with_hosts_and_lists(codes, sign, end)
    rt_is_handle = retweet & (sign - 2 < _one_back(end))
    keep = _every_other(rt_is_handle) & ~(
        _is(codes[end], "@\uff20")
        | (flags[end] & Flag.LATIN_ACCENT > 0)
        | _followed_by_protocol(codes, end)
    )
    return sign[keep], end[keep]


def _may_precede_mention(codes: Codes, flags: Flags, sign: Index) -> tuple[Mask, Mask]:
    """Whether no letter, digit or one of ``_!#$%&*@`` stands before; if one does, whether RT."""
    one = codes[sign - 1]
    free = ~((flags[sign - 1] & Flag.HANDLE > 0) | _is(one, "!#$%&*@\uff20"))
    two, three = np.maximum(sign - 2, 0), np.maximum(sign - 3, 0)
    rt = (one | 32 == ord("t")) & (codes[two] | 32 == ord("r"))
    apart = ~((flags[three] & Flag.HANDLE > 0) | _is(codes[three], "+~.-"))
    return free, rt & apart & ~free


def _with_hosts_and_lists(codes: Codes, sign: Index, end: Index) -> Index:
    """Extend the few handles that go on with a host or a list's name."""
    end = end.copy()
    for i in np.flatnonzero(_is(codes[end], "@.-/")).tolist():
        text = text_of(codes[sign[i] : sign[i] + _FEDIVERSE_LENGTH])
        if (match := _FEDIVERSE.match(text)) or (match := _LIST.match(text, int(end[i] - sign[i]))):
            end[i] = sign[i] + match.end()
    return end


def cashtag_spans(codes: Codes, flags: Flags, signs: Index) -> Spans:
    """Spans of cashtags, sign included: ``$TWTR``, ``$BRK.A``."""
    sign = those(signs, codes, "$")
    sign = sign[flags[sign - 1] & Flag.SPACE > 0]
    return spans_at(codes, sign, _CASHTAG_LENGTH, _cashtag_at_start)


def _cashtag_at_start(window: str) -> int:
    match = _CASHTAG.match(window.split("\0")[0])
    return match.end() if match else 0
