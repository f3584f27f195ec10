"""What is in a post: tokens, hashtags, mentions, links, cashtags, emoji.

Names come without their sign, as in twitter-text; `spans` tells where each stands.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from stancekit.text.segmentation import Kind, Segmentation, segment

_SIGNED: Final = (Kind.HASHTAG, Kind.MENTION, Kind.CASHTAG)


class Span(NamedTuple):
    """A token of a post.

    Attributes
    ----------
    text : str
        What stands there.
    start, end : int
        Offsets into the post as given, in code points.
    kind : Kind
        What it is.
    """

    text: str
    start: int
    end: int
    kind: Kind

    @property
    def name(self) -> str:
        """The text, of a hashtag, mention or cashtag without its sign."""
        return self.text[1:] if self.kind in _SIGNED else self.text


def spans(text: str, *kinds: Kind) -> list[Span]:
    """Tokens of some kinds, or of all, with their places.

    Mentions include lists (``@user/list``), which `mentions` leaves out.

    Parameters
    ----------
    text : str
        A post.
    *kinds : Kind
        None for every token of the post.

    Examples
    --------
    >>> for found in spans("#NoTram, @ana", Kind.HASHTAG, Kind.MENTION):
    ...     found.name, found.start, found.end
    ('NoTram', 0, 7)
    ('ana', 9, 13)
    """
    return spans_in(segment([text]), [text], *kinds)[0]


def spans_in(seg: Segmentation, texts: Sequence[str], *kinds: Kind) -> list[list[Span]]:
    """Give for each post of a segmented batch what `spans` gives."""
    at = np.flatnonzero(np.isin(seg.kind, kinds)) if kinds else np.arange(len(seg.kind))
    post = seg.post[at]
    start, end = (edge[at] - seg.post_start[post] for edge in (seg.start, seg.end))
    found: list[list[Span]] = [[] for _ in texts]
    places = (part.tolist() for part in (post, start, end, seg.kind[at]))
    for i, a, b, kind in zip(*places, strict=True):
        found[i].append(Span(texts[i][a:b], a, b, Kind(kind)))
    return found


def names_in(seg: Segmentation, texts: Sequence[str], kind: Kind) -> list[list[str]]:
    """Give for each post of a segmented batch the names of one kind; no list among mentions."""
    return [
        [span.name for span in own if not (kind == Kind.MENTION and "/" in span.text)]
        for own in spans_in(seg, texts, kind)
    ]


def _names(text: str, kind: Kind) -> list[str]:
    return names_in(segment([text]), [text], kind)[0]


def tokens(text: str) -> list[str]:
    r"""Tokens of a post.

    White space other than one space after a token is a token, as in spaCy: tokens and single
    spaces rebuild the text.

    Examples
    --------
    >>> tokens("Don't @ana, it's 3.5 #NoTram 👍🏽!!")
    ["Don't", '@ana', ',', "it's", '3.5', '#NoTram', '👍🏽', '!!']
    """
    return [span.text for span in spans(text)]


def hashtags(text: str) -> list[str]:
    """Hashtags without their sign, as twitter-text finds them.

    Examples
    --------
    >>> hashtags("On the #16 bus #NoTram")
    ['NoTram']
    """
    return _names(text, Kind.HASHTAG)


def mentions(text: str) -> list[str]:
    """Mentioned accounts without their sign: ``user``, or ``user@host`` on the Fediverse.

    The domains that RFC 2606 reserves for examples (``example.com``) are no Fediverse host.

    Examples
    --------
    >>> mentions("RT @ana: ask @bo@social.town or mail cy@mail.town")
    ['ana', 'bo@social.town']
    """
    return _names(text, Kind.MENTION)


def urls(text: str) -> list[str]:
    """Links, with or without protocol, as twitter-text finds them.

    Examples
    --------
    >>> urls("see https://t.co/abc, or town.example.org/plan.")
    ['https://t.co/abc', 'town.example.org/plan']
    """
    return _names(text, Kind.LINK)


def cashtags(text: str) -> list[str]:
    """Cashtags without their sign.

    Examples
    --------
    >>> cashtags("$TRAM is down $5")
    ['TRAM']
    """
    return _names(text, Kind.CASHTAG)


def emojis(text: str) -> list[str]:
    """Emoji sequences, each whole.

    Examples
    --------
    >>> emojis("👨‍👩‍👧🇬🇧 ok 👍🏽")
    ['👨\u200d👩\u200d👧', '🇬🇧', '👍🏽']
    """
    return _names(text, Kind.EMOJI)
