"""Posts in plain words, as an encoder trained on ordinary prose reads them best."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from stancekit.text.extract import Span, spans_in
from stancekit.text.hashtag_words.splitting import split_hashtags
from stancekit.text.names import name_tokens
from stancekit.text.normalise import normalise
from stancekit.text.segmentation import Kind, segment

#: What stands for every account and every link: whom a post is about is not what it does.
MENTION: Final = "@user"
LINK: Final = "http"
#: What stands for every name, where names are masked: one that many people have.
NAME: Final = "Smith"
_SPECIAL: Final = (Kind.HASHTAG, Kind.MENTION, Kind.LINK, Kind.EMOJI)
#: How many of one emoji in a row are kept.
_REPEATS: Final = 2
_FLAG: Final = range(0x1F1E6, 0x1F200)


def plain_text(texts: Sequence[str], *, mask_names: bool = False) -> list[str]:
    """Write posts in plain words.

    Mentions become ``@user`` and links ``http``, a hashtag ``#`` and its words, an emoji its
    Unicode name, and runs of white space one space.

    Parameters
    ----------
    texts : sequence of str
        A batch of posts.
    mask_names : bool, default False
        Whether every name that a list or its shape tells (`stancekit.text.names`), also one inside
        a hashtag, becomes the same one; a full name is one name.

    Returns
    -------
    list of str
        As many, in order.

    Examples
    --------
    >>> plain_text(["Thank you @ana 👏👏👏 #SaveTheTram https://example.org/a"])
    ['Thank you @user clapping hands sign clapping hands sign # Save The Tram http']
    >>> plain_text(["#WeBackOstrow: Nina Ostrow's right"], mask_names=True)
    ["# We Back Smith : Smith's right"]
    """
    if mask_names:
        texts = _without_names(_in_words(texts, Kind.HASHTAG))
    return [" ".join(text.split()) for text in _in_words(texts, *_SPECIAL)]


def _in_words(texts: Sequence[str], *kinds: Kind) -> list[str]:
    """Write tokens of some kinds in words."""
    found = spans_in(segment(texts), texts, *kinds)
    tags = sorted({span.name for own in found for span in own if span.kind == Kind.HASHTAG})
    words = dict(zip(tags, map(" ".join, split_hashtags(tags)), strict=True))
    return ["".join(_written(text, own, words)) for text, own in zip(texts, found, strict=True)]


def _without_names(texts: Sequence[str]) -> list[str]:
    seg = segment(texts)
    token = name_tokens(seg, normalise(seg), shaped=True)
    post = seg.post[token]
    places: list[list[tuple[int, int]]] = [[] for _ in texts]
    first = seg.post_start[post]
    for own, start, end in zip(
        post.tolist(), (seg.start[token] - first).tolist(), (seg.end[token] - first).tolist(),
        strict=True,
    ):  # fmt: skip
        places[own].append((start, end))
    return ["".join(_masked(text, own)) for text, own in zip(texts, places, strict=True)]


def _masked(text: str, names: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield a text with one name for each, and for those with but a space between them."""
    at = 0
    for number, (start, end) in enumerate(names):
        if not number or text[at:start] != " ":
            yield text[at:start] + NAME
        if text[end - 2 : end].lower() in ("'s", "’s"):
            yield "'s"
        at = end
    yield text[at:]


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
