"""Posts in plain words, as an encoder trained on ordinary prose reads them best."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from stancekit.text.extract import Span, spans_in
from stancekit.text.hashtag_words.splitting import split_hashtags
from stancekit.text.segmentation import Kind, segment

#: What stands for every account and every link: whom a post is about is not what it does.
MENTION: Final = "@user"
LINK: Final = "http"
_SPECIAL: Final = (Kind.HASHTAG, Kind.MENTION, Kind.LINK, Kind.EMOJI)
#: How many of one emoji in a row are kept.
_REPEATS: Final = 2
_FLAG: Final = range(0x1F1E6, 0x1F200)


def plain_text(texts: Sequence[str]) -> list[str]:
    """Write posts in plain words.

    Mentions become ``@user`` and links ``http``, a hashtag ``#`` and its words, an emoji its
    Unicode name, and runs of white space one space.

    Parameters
    ----------
    texts : sequence of str
        A batch of posts.

    Returns
    -------
    list of str
        As many, in order.

    Examples
    --------
    >>> plain_text(["Thank you @ana 👏👏👏 #SaveTheTram https://example.org/a"])
    ['Thank you @user clapping hands sign clapping hands sign # Save The Tram http']
    """
    found = spans_in(segment(texts), texts, *_SPECIAL)
    tags = sorted({span.name for own in found for span in own if span.kind == Kind.HASHTAG})
    words = dict(zip(tags, map(" ".join, split_hashtags(tags)), strict=True))
    return [
        " ".join("".join(_written(text, own, words)).split())
        for text, own in zip(texts, found, strict=True)
    ]


def _written(text: str, spans: Iterable[Span], words: Mapping[str, str]) -> Iterator[str]:
    """Yield each span as it is written, and what stands between; two of one emoji at the most."""
    at, last, times = 0, "", 0
    for span in spans:
        if at < span.start:
            times = 0
        yield text[at : span.start]
        at = span.end
        if span.kind == Kind.EMOJI:
            times = times + 1 if span.text == last else 1
            last = span.text
            if times <= _REPEATS:
                yield f" {_name(span.text)} "
        elif span.kind == Kind.HASHTAG:
            yield f" # {words[span.name]} "
        else:
            yield MENTION if span.kind == Kind.MENTION else LINK
    yield text[at:]


@lru_cache(maxsize=4096)
def _name(emoji: str) -> str:
    """Name of an emoji: its first sign's, whatever its skin tone; all flags are one."""
    return "flag" if ord(emoji[0]) in _FLAG else unicodedata.name(emoji[0], "emoji").lower()
