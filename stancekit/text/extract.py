"""What is in one post: tokens, hashtags, mentions, links, cashtags, emoji.

Each function returns the strings in order of appearance or, with ``offsets=True``, tuples
(string, start, end) of offsets into the text as given, in code points. Names come without their
sign, offsets include it, as in twitter-text.
"""

import re
from collections.abc import Iterator
from typing import Literal, overload

from stancekit.text.segmentation import Kind, segment

Spans = list[tuple[str, int, int]]

_REPLY = re.compile(
    r"[\s\u180e]*[@\uff20]([A-Za-z0-9_]{1,20})(?![A-Za-z0-9_]|[@\uff20]|://|[\u00c0-\u024f\u1e00-\u1eff])"
)


def _spans(text: str, *kinds: Kind) -> Iterator[tuple[str, int, int]]:
    seg = segment([text])
    origin = int(seg.post_start[0])
    for start, end, kind in zip(
        seg.start.tolist(), seg.end.tolist(), seg.kind.tolist(), strict=True
    ):
        if not kinds or kind in kinds:
            yield text[start - origin : end - origin], start - origin, end - origin


def _plain(spans: Spans, offsets: bool) -> list[str] | Spans:
    return spans if offsets else [name for name, _, _ in spans]


@overload
def tokens(text: str, *, offsets: Literal[False] = False) -> list[str]: ...
@overload
def tokens(text: str, *, offsets: Literal[True]) -> Spans: ...
def tokens(text: str, *, offsets: bool = False) -> list[str] | Spans:
    r"""Tokens of a post.

    White space other than one space after a token is a token, as in spaCy: tokens and single
    spaces rebuild the text.

    Examples
    --------
    >>> tokens("Don't @ana, it's 3.5 #NoTram 👍🏽!!")
    ["Don't", '@ana', ',', "it's", '3.5', '#NoTram', '👍🏽', '!!']
    """
    return _plain(list(_spans(text)), offsets)


@overload
def hashtags(text: str, *, offsets: Literal[False] = False) -> list[str]: ...
@overload
def hashtags(text: str, *, offsets: Literal[True]) -> Spans: ...
def hashtags(text: str, *, offsets: bool = False) -> list[str] | Spans:
    """Hashtags without their sign, as twitter-text finds them.

    Examples
    --------
    >>> hashtags("On the #16 bus #NoTram")
    ['NoTram']
    >>> hashtags("On the #16 bus #NoTram", offsets=True)
    [('NoTram', 15, 22)]
    """
    return _plain([(s[1:], a, b) for s, a, b in _spans(text, Kind.HASHTAG)], offsets)


@overload
def mentions_or_lists(text: str, *, offsets: Literal[False] = False) -> list[str]: ...
@overload
def mentions_or_lists(text: str, *, offsets: Literal[True]) -> Spans: ...
def mentions_or_lists(text: str, *, offsets: bool = False) -> list[str] | Spans:
    """Mentions and lists (``user/list``) without their sign.

    Examples
    --------
    >>> mentions_or_lists("@ana and @ana/friends")
    ['ana', 'ana/friends']
    """
    return _plain([(s[1:], a, b) for s, a, b in _spans(text, Kind.MENTION)], offsets)


@overload
def mentions(text: str, *, offsets: Literal[False] = False) -> list[str]: ...
@overload
def mentions(text: str, *, offsets: Literal[True]) -> Spans: ...
def mentions(text: str, *, offsets: bool = False) -> list[str] | Spans:
    """Mentioned accounts without their sign: ``user``, or ``user@host`` on the Fediverse.

    The domains that RFC 2606 reserves for examples (``example.com``) are no Fediverse host.

    Examples
    --------
    >>> mentions("RT @ana: ask @bo@social.town or mail cy@mail.town")
    ['ana', 'bo@social.town']
    """
    found = [(s[1:], a, b) for s, a, b in _spans(text, Kind.MENTION) if "/" not in s]
    return _plain(found, offsets)


@overload
def urls(text: str, *, offsets: Literal[False] = False) -> list[str]: ...
@overload
def urls(text: str, *, offsets: Literal[True]) -> Spans: ...
def urls(text: str, *, offsets: bool = False) -> list[str] | Spans:
    """Links, with or without protocol, as twitter-text finds them.

    Examples
    --------
    >>> urls("see https://t.co/abc, or town.example.org/plan.")
    ['https://t.co/abc', 'town.example.org/plan']
    """
    return _plain(list(_spans(text, Kind.LINK)), offsets)


@overload
def cashtags(text: str, *, offsets: Literal[False] = False) -> list[str]: ...
@overload
def cashtags(text: str, *, offsets: Literal[True]) -> Spans: ...
def cashtags(text: str, *, offsets: bool = False) -> list[str] | Spans:
    """Cashtags without their sign.

    Examples
    --------
    >>> cashtags("$TRAM is down $5")
    ['TRAM']
    """
    return _plain([(s[1:], a, b) for s, a, b in _spans(text, Kind.CASHTAG)], offsets)


@overload
def emojis(text: str, *, offsets: Literal[False] = False) -> list[str]: ...
@overload
def emojis(text: str, *, offsets: Literal[True]) -> Spans: ...
def emojis(text: str, *, offsets: bool = False) -> list[str] | Spans:
    """Emoji sequences, each whole.

    Examples
    --------
    >>> emojis("👨‍👩‍👧🇬🇧 ok 👍🏽")
    ['👨\u200d👩\u200d👧', '🇬🇧', '👍🏽']
    """
    return _plain(list(_spans(text, Kind.EMOJI)), offsets)


def reply_to(text: str) -> str | None:
    """Name of the account a post addresses first, or None (twitter-text's ``extractReplies``).

    Examples
    --------
    >>> reply_to("@ana no, thank you")
    'ana'
    >>> reply_to(".@ana no, thank you") is None
    True
    """
    match = _REPLY.match(text)
    return match.group(1) if match else None
