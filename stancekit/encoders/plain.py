"""Posts in plain words, as an encoder trained on ordinary prose reads them best."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from stancekit.text.hashtag_words.splitting import split_hashtags
from stancekit.text.segmentation import Kind, segment

#: What stands for every account and every link: whom a post is about is not what it does.
MENTION: Final = "@user"
LINK: Final = "http"
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
    found = segment(texts)
    special = np.isin(found.kind, (Kind.HASHTAG, Kind.MENTION, Kind.LINK, Kind.EMOJI))
    post, kind = found.post[special], found.kind[special]
    start, end = (edge[special] - found.post_start[post] for edge in (found.start, found.end))
    spans: list[list[tuple[int, str]]] = [[] for _ in texts]  # kind and text, in turn
    seen = [0] * len(texts)
    for i, k, a, b in zip(*(part.tolist() for part in (post, kind, start, end)), strict=True):
        spans[i] += [(Kind.SPACE, texts[i][seen[i] : a]), (k, texts[i][a:b])]
        seen[i] = b
    words = _hashtag_words([token for post in spans for k, token in post if k == Kind.HASHTAG])
    return [
        " ".join("".join([*_written(own, words), text[at:]]).split())
        for own, text, at in zip(spans, texts, seen, strict=True)
    ]


def _hashtag_words(tags: Sequence[str]) -> dict[str, str]:
    """Words of every hashtag, by the hashtag with its sign."""
    ordered = sorted(set(tags))
    return dict(zip(ordered, map(" ".join, split_hashtags(ordered)), strict=True))


def _written(spans: list[tuple[int, str]], words: dict[str, str]) -> Iterator[str]:
    """Yield each span as it is written; of one emoji in a row no more than two."""
    last, times = "", 0
    for kind, token in spans:
        if kind == Kind.SPACE:
            times = 0 if token else times
            yield token
        elif kind == Kind.EMOJI:
            times = times + 1 if token == last else 1
            last = token
            if times <= _REPEATS:
                yield f" {_name(token)} "
        elif kind == Kind.HASHTAG:
            yield f" # {words[token]} "
        else:
            yield MENTION if kind == Kind.MENTION else LINK


@lru_cache(maxsize=4096)
def _name(emoji: str) -> str:
    """Name of an emoji: its first sign's, whatever its skin tone; all flags are one."""
    return "flag" if ord(emoji[0]) in _FLAG else unicodedata.name(emoji[0], "emoji").lower()
