"""What a post is known by: a digest of its source and its text, the text as it was annotated."""

from collections.abc import Iterator
from hashlib import sha256

from stancekit.posts.strings import unescape_html


def post_id(source: str, text: str) -> str:
    """First ten hexadecimal digits of SHA-256 of ``source``, TAB, ``text``.

    >>> post_id("pstance", "Well done, mayor")
    '1f18cff05e'
    """
    return sha256(f"{source}\t{text}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


def plain(text: str) -> str:
    r"""Clean a text as the annotated ones were: HTML entities undone, white space made one space.

    >>> plain("bread &amp; trams\n\nfor all ")
    'bread & trams for all'
    """
    return " ".join(unescape_html(text).split())


def candidates(text: str) -> Iterator[str]:
    """Give what a cell may have to become to be the annotated text, the likeliest first, each once.

    As `plain` says; the same without quotation marks around it all (the Kaggle comments, and TSV
    written without quoting); white space only; not at all; escaped twice over.
    """
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    unquoted = plain(text[1:-1]) if quoted else text
    yield from dict.fromkeys(
        [plain(text), unquoted, " ".join(text.split()), text, plain(plain(text))]
    )
