"""What a post is known by: a digest of its source and its text, the text as it was annotated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Final

from stancekit.posts.strings import unescape_html


def post_id(source: str, text: str) -> str:
    """First ten hexadecimal digits of SHA-256 of ``source``, TAB, ``text``.

    Examples
    --------
    >>> post_id("pstance", "Well done, mayor")
    '1f18cff05e'
    """
    return sha256(f"{source}\t{text}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


def plain(text: str) -> str:
    r"""Clean a text as the annotated ones were: HTML entities undone, white space made one space.

    Examples
    --------
    >>> plain("bread &amp; trams\n\nfor all ")
    'bread & trams for all'
    """
    return " ".join(unescape_html(text).split())


def _unquoted(text: str) -> str:
    return plain(text[1:-1]) if len(text) > 1 and text[0] == text[-1] == '"' else text


CLEANINGS: Final[tuple[Callable[[str], str], ...]] = (
    plain,
    _unquoted,
    lambda text: " ".join(text.split()),
    lambda text: text,
    lambda text: plain(plain(text)),
)
"""How the text of a file may have to be cleaned to become the annotated one, the likeliest first:
as `plain` says; the same without quotation marks around it all (the Kaggle comments, and TSV
written without quoting); white space only; not at all; escaped twice over."""


def candidates(text: str) -> Iterator[str]:
    """Give the texts that `text` becomes by each of `CLEANINGS`, each once."""
    yield from dict.fromkeys(clean(text) for clean in CLEANINGS)
