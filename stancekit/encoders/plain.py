"""Posts in plain words, as an encoder trained on ordinary prose reads them best."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from stancekit.text.codepoints import Index
from stancekit.text.extract import Span, spans_in
from stancekit.text.hashtag_words.in_batch import HashtagWords, named_hashtags
from stancekit.text.hashtag_words.named import named_pieces
from stancekit.text.hashtag_words.splitting import split_hashtags
from stancekit.text.names import (
    further_words,
    name_tokens,
    named_whole,
    names_elsewhere,
    with_hashtags,
)
from stancekit.text.normalise import Normalised, normalise
from stancekit.text.reading.edits import Edit, edited
from stancekit.text.segmentation import Kind, Segmentation, segment

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
        texts = _without_names(texts)
    return [" ".join(text.split()) for text in _in_words(texts, *_SPECIAL)]


def _in_words(texts: Sequence[str], *kinds: Kind) -> list[str]:
    """Write tokens of some kinds in words."""
    found = spans_in(segment(texts), texts, *kinds)
    tags = sorted({span.name for own in found for span in own if span.kind == Kind.HASHTAG})
    words = dict(zip(tags, map(" ".join, split_hashtags(tags)), strict=True))
    return ["".join(_written(text, own, words)) for text, own in zip(texts, found, strict=True)]


def _without_names(texts: Sequence[str]) -> list[str]:
    """Write one name for each, and hashtags in words with the names among them masked."""
    seg = segment(texts)
    norm, words = normalise(seg), named_hashtags(seg)
    told = name_tokens(seg, norm, shaped=True)
    names = with_hashtags(seg, norm, told, words)
    further = further_words(seg, norm, names, named_whole(words))
    post, starts = seg.post.tolist(), seg.post_start.tolist()
    written = dict.fromkeys(np.setdiff1d(names, further).tolist(), NAME)
    written |= dict(_tags_without_names(seg, norm, words, told, texts))
    dropped = set(further.tolist())
    edits: list[list[Edit]] = [[] for _ in texts]
    for token, text in sorted(written.items()):
        last = token
        while last + 1 in dropped:
            last += 1
        own = post[token]
        start, end = int(seg.start[token]) - starts[own], int(seg.end[last]) - starts[own]
        owner = texts[own][end - 2 : end].lower() in ("'s", "’s")
        edits[own].append(Edit(start, end, f"{text}'s" if owner else text))
    return [edited(text, own) for text, own in zip(texts, edits, strict=True)]


def _tags_without_names(
    seg: Segmentation, norm: Normalised, words: HashtagWords, told: Index, texts: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """Yield each hashtag of a batch as its token and its words."""
    tokens = np.flatnonzero(seg.kind == Kind.HASHTAG).tolist()
    tags = [span.name for own in spans_in(seg, texts, Kind.HASHTAG) for span in own]
    distinct = sorted(set(tags))
    pieces = dict(zip(distinct, named_pieces(distinct), strict=True))
    named = iter(names_elsewhere(seg, norm, words, told).tolist())
    for token, tag in zip(tokens, tags, strict=True):
        written: list[str] = []
        for word, _ in pieces[tag]:
            shown = NAME if next(named) else word
            if shown != NAME or written[-1:] != [NAME]:
                written.append(shown)
        yield token, f" # {' '.join(written)} "


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
