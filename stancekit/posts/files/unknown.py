"""What a source is that no reader takes, in a sentence, and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.files.source import Source

NOT_POSTS: Final = (
    ("[Content_Types].xml", "an Office document, but no .xlsx workbook; save the posts as one"),
    ("content.xml", "an OpenDocument file; save the sheet as .xlsx, or as “CSV UTF-8”"),
    ("post_comments_1.html", "Instagram's download as HTML; ask Instagram for it as JSON"),
    ("threads_and_replies.html", "Threads' download as HTML; ask Threads for it as JSON"),
    ("comments.html", "Facebook's download as HTML; ask Facebook for it as JSON"),
    ("your_posts_1.html", "Facebook's download as HTML; ask Facebook for it as JSON"),
    ("messages.html", "Telegram's export as HTML; export it again with the format “JSON”"),
    ("my-comments.html", "a YouTube takeout of before 2023; ask for a new one, which has CSV"),
    ("Comments.txt", "TikTok's download as text; ask TikTok for it as JSON"),
)
"""Files that show what a source is, though no reader takes it, and what to do instead."""

BEGINNINGS: Final = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel file (.xls), or one locked by a password; save it without password as .xlsx, "
        "or as “CSV UTF-8”",
    ),
    (b"%PDF", "a PDF, in which no program can tell posts apart; get the posts as CSV or JSON"),
    (b"{\\rtf", "a document of a word processor; save the posts as a table, one a row"),
    (b"SQLite format 3", "an SQLite database; export the table with the posts as CSV"),
    (b"<?xml", "XML; get the posts as JSON or CSV"),
    (b"<rss", "XML; get the posts as JSON or CSV"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)
"""First bytes of files that hold no posts a reader could take."""

_TABLES: Final = frozenset((".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx"))
PACKED: Final = frozenset((".gz", ".zst", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar"))
"""Endings of files that are packed, and may hold anything."""


_COMMENTED: Final = re.compile(r"\s*(?://.*\n\s*|/\*[^*]*\*/\s*|#.*\n\s*)+[\[{]")


def what_it_is(source: Source, formats: Sequence[str]) -> str:
    """Say what a source is that none of the formats fits, and what to do with it.

    Parameters
    ----------
    source : Source
    formats : sequence of str
        Names of those that were tried.
    """
    for name, what in NOT_POSTS:
        if source.find(name):
            return f"this is {what}"
    if not source.names:
        return "holds no files"
    if len(source.names) > 1 or PurePosixPath(source.names[0]).suffix.lower() in PACKED:
        return _of_several(source, formats)
    head = source.head(source.names[0])
    if not head.strip() or head.strip() in (b"[]", b"{}"):
        return "is empty: there are no posts in it"
    for start, what in BEGINNINGS:
        if head.startswith(start):
            return f"this is {what}"
    return _of_text(decode_head(head)) or _tried(source, formats)


def _of_several(source: Source, formats: Sequence[str]) -> str:
    endings = [PurePosixPath(name).suffix.lower() for name in source.names]
    tables = [n for n, end in zip(source.names, endings, strict=True) if end in _TABLES]
    packed = [n for n, end in zip(source.names, endings, strict=True) if end in PACKED]
    if tables and len(source.names) > 1:
        return (
            f"is no export that is known, and holds {len(source.names):,} files that are no table "
            f"together. Give one that holds posts by itself, such as {tables[0]}"
        )
    if packed:
        return (
            f"holds files that are packed again: unpack {packed[0]} first, and give what is in it"
        )
    return _tried(source, formats)


def is_commented(text: str) -> bool:
    r"""Tell whether a text is JSON with comments above it, which JSON has none of.

    >>> is_commented("// of May\n[{"), is_commented("id,text")
    (True, False)
    """
    return _COMMENTED.match(text) is not None


def _of_text(text: str) -> str | None:
    if is_commented(text):
        return "is JSON with a comment above it; take out the lines before the first { or ["
    start = text.lstrip("\ufeff \r\n\t")
    if start[:15].lower().startswith(("<!doctype html", "<html")):
        return "this is a web page (HTML); get the posts as JSON or CSV"
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    if start[:1] not in ("{", "[", "<") and "\ufffd" not in text and lines:
        words = sum(len(line.split()) for line in lines) / len(lines)
        if words >= 2 and all(char.isprintable() or char in "\t\r\n" for char in text[:4096]):
            return (
                "is text without columns. If each line is a post, `stancekit classify < FILE` "
                "labels them; as a table it needs the names of its columns in its first line"
            )
    return None


def _tried(source: Source, formats: Sequence[str]) -> str:
    held = ", ".join(source.names[:5]) + (", …" if len(source.names) > 5 else "")
    return (
        f"not a format that is known (it holds {held}). Tried: {', '.join(formats)}. Name the "
        "format if detection is wrong (`stancekit formats` says what each is), or export the posts "
        "as CSV or JSON lines"
    )
