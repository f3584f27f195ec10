"""The two readings of a post: terms, which have vectors, and prose, for the sentence encoder.

Terms are stancekit's own: what is counted here is exactly what is looked up at run time.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import emoji
import regex

from stancekit.text.codepoints import Codes
from stancekit.text.hashtag_words.splitting import split_hashtag
from stancekit.text.normalise import normalise
from stancekit.text.segmentation import Kind, segment

BATCH = 2000
PLACEHOLDER = regex.compile(r"<(?:user|url|number)>|\bURL\b|@USER\b")


def clean(text: str, words: int) -> str:
    """Drop what a corpus put in place of names and links; keep the first ``words`` words.

    Both readings then cover the same stretch, one that the encoder can take in.
    """
    return " ".join(PLACEHOLDER.sub(" ", text).split()[:words])


def tokens(texts: Sequence[str]) -> Iterator[list[tuple[int, str, str]]]:
    """Yield the tokens of each post: `Kind`, text as written, normal form."""
    for first in range(0, len(texts), BATCH):
        seg = segment(texts[first : first + BATCH])
        stream = normalise(seg)
        written, form = as_text(seg.codes), as_text(stream.codes)
        spans = zip(
            seg.kind.tolist(),
            seg.start.tolist(),
            seg.end.tolist(),
            stream.token_start.tolist(),
            stream.token_end.tolist(),
            strict=True,
        )
        found = [(kind, written[a:b], form[c:d]) for kind, a, b, c, d in spans]
        for start, end in pairwise(seg.token_start.tolist()):
            yield found[start:end]


def as_text(codes: Codes) -> str:
    """Return code points as a string."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def normal_forms(words: Sequence[str]) -> list[str]:
    """Return single words as they are hashed: lower case, digits as 0, at most two repeats.

    >>> normal_forms(["SOOOO", "Don’t", "COVID19"])
    ['soo', "don't", 'covid00']
    """
    return ["".join(form for _, _, form in word) for word in tokens(words)]


@cache
def hashtag_terms(tag: str) -> list[str]:
    """Return the terms of a hashtag: its body and, where it holds several, its words.

    >>> hashtag_terms("#lockherup")
    ['lockherup', 'lock', 'her', 'up']
    """
    words = split_hashtag(tag)
    return normal_forms([tag.lstrip("#＃"), *(words if len(words) > 1 else [])])


def post_terms(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the terms of each post, in order.

    >>> next(post_terms(["@ann Nooo, don’t! #lockherup 😂 https://example.org"]))
    ['noo', "don't", 'lockherup', 'lock', 'her', 'up', '😂']
    """
    for post in tokens(texts):
        terms: list[str] = []
        for kind, written, form in post:
            if kind == Kind.HASHTAG:
                terms.extend(hashtag_terms(written))
            elif kind in (Kind.WORD, Kind.NUMBER, Kind.EMOJI):
                terms.append(form)
        yield terms


def post_handles(texts: Sequence[str]) -> Iterator[str]:
    """Yield the accounts mentioned, without ``@``, digits as 0."""
    for post in tokens(texts):
        for kind, written, _ in post:
            if kind == Kind.MENTION:
                yield regex.sub(r"\d", "0", written.lstrip("@").lower())


@cache
def emoji_name(character: str) -> str:
    """Return an emoji's English short name, since the encoder knows no emoji."""
    return emoji.demojize(character, delimiters=("", "")).replace("_", " ")


def prose(texts: Sequence[str]) -> Iterator[str]:
    """Yield each post as the encoder should read it: no handle, no link, hashtags split.

    >>> next(prose(["@ann #LockHerUp, please 😂"]))
    'Lock Her Up, please face with tears of joy'
    """
    for whole, post in zip(texts, tokens(texts), strict=True):
        read, place = "", 0
        for kind, written, _ in post:
            start = whole.index(written, place)
            read += whole[place:start]
            place = start + len(written)
            if kind == Kind.HASHTAG:
                written = " ".join(split_hashtag(written))
            elif kind == Kind.EMOJI:
                written = f" {emoji_name(written)} "
            elif kind in (Kind.MENTION, Kind.LINK):
                written = ""
            read += written
        yield " ".join(read.split())
