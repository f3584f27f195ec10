"""What is in a post: tokens, hashtags, mentions, links, cashtags, emoji.

Names come without their sign, as in twitter-text; `spans` tells where each stands in one post. The
others take one post and give a list, or many and give a list for each (a Series of lists for a
Series); a missing post has nothing in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from stancekit.errors import InputError
from stancekit.text.given import Posts, found_in
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

    Returns
    -------
    list of Span
        In the order of the post.

    Raises
    ------
    InputError
        If `text` is no str.

    Examples
    --------
    >>> for found in spans("#NoTram, @ana", Kind.HASHTAG, Kind.MENTION):
    ...     found.name, found.start, found.end
    ('NoTram', 0, 7)
    ('ana', 9, 13)
    """
    if not isinstance(text, str):
        raise InputError(
            f"text is {type(text).__name__}: spans takes one post as a str; hashtags, mentions and "
            "the others take many"
        )
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


def tokens(posts: Posts) -> Any:
    r"""Tokens of posts.

    White space other than one space after a token is a token, as in spaCy: tokens and single
    spaces rebuild the text.

    Parameters
    ----------
    posts : str, Series, DataFrame or iterable
        One post or many; None, NaN and NA are posts without text. Of a DataFrame the column
        ``text``, or the only one.

    Returns
    -------
    list of str, or of such lists, or Series of them
        A list for one post; for many a list each, for a Series as a Series with its index.

    Raises
    ------
    InputError
        If `posts`, or one of them, is something else.

    Examples
    --------
    >>> tokens("Don't @ana, it's 3.5 #NoTram 👍🏽!!")
    ["Don't", '@ana', ',', "it's", '3.5', '#NoTram', '👍🏽', '!!']
    """
    return found_in(posts, _tokens)


def hashtags(posts: Posts) -> Any:
    """Hashtags without their sign, as twitter-text finds them; takes and gives what `tokens` does.

    Parameters
    ----------
    posts : str, Series, DataFrame or iterable
        As `tokens` takes them.

    Returns
    -------
    list of str, or of such lists, or Series of them
        As `tokens` gives them.

    Examples
    --------
    >>> hashtags("On the #16 bus #NoTram")
    ['NoTram']
    >>> hashtags(["#a b", "c #d", None])
    [['a'], ['d'], []]

    One hashtag a row, with the index of its post:

    >>> import pandas as pd
    >>> found = hashtags(pd.Series(["#a #b", "none", "#c"], index=[7, 8, 9]))
    >>> list(found.explode().dropna().items())
    [(7, 'a'), (7, 'b'), (9, 'c')]
    """
    return _names(posts, Kind.HASHTAG)


def mentions(posts: Posts) -> Any:
    """Mentioned accounts without their sign; takes and gives what `tokens` does.

    They are ``user``, or ``user@host`` on the Fediverse. The domains that RFC 2606 reserves for
    examples (``example.com``) are no Fediverse host.

    Parameters
    ----------
    posts : str, Series, DataFrame or iterable
        As `tokens` takes them.

    Returns
    -------
    list of str, or of such lists, or Series of them
        As `tokens` gives them.

    Examples
    --------
    >>> mentions("RT @ana: ask @bo@social.town or mail cy@mail.town")
    ['ana', 'bo@social.town']
    """
    return _names(posts, Kind.MENTION)


def urls(posts: Posts) -> Any:
    """Links, with or without protocol, as twitter-text finds them; takes and gives as `tokens`.

    Parameters
    ----------
    posts : str, Series, DataFrame or iterable
        As `tokens` takes them.

    Returns
    -------
    list of str, or of such lists, or Series of them
        As `tokens` gives them.

    Examples
    --------
    >>> urls("see https://t.co/abc, or town.example.org/plan.")
    ['https://t.co/abc', 'town.example.org/plan']
    """
    return _names(posts, Kind.LINK)


def cashtags(posts: Posts) -> Any:
    """Cashtags without their sign; takes and gives what `tokens` does.

    Parameters
    ----------
    posts : str, Series, DataFrame or iterable
        As `tokens` takes them.

    Returns
    -------
    list of str, or of such lists, or Series of them
        As `tokens` gives them.

    Examples
    --------
    >>> cashtags("$TRAM is down $5")
    ['TRAM']
    """
    return _names(posts, Kind.CASHTAG)


def emojis(posts: Posts) -> Any:
    """Emoji sequences, each whole; takes and gives what `tokens` does.

    Parameters
    ----------
    posts : str, Series, DataFrame or iterable
        As `tokens` takes them.

    Returns
    -------
    list of str, or of such lists, or Series of them
        As `tokens` gives them.

    Examples
    --------
    >>> emojis("👨‍👩‍👧🇬🇧 ok 👍🏽")
    ['👨\u200d👩\u200d👧', '🇬🇧', '👍🏽']
    """
    return _names(posts, Kind.EMOJI)


def _names(posts: Posts, kind: Kind) -> Any:
    return found_in(posts, lambda texts: names_in(segment(texts), texts, kind))


def _tokens(texts: list[str]) -> list[list[str]]:
    return [[span.text for span in own] for own in spans_in(segment(texts), texts)]
