"""Which formats there are, and which of them a source is in."""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from stancekit.errors import FormatError, InputError
from stancekit.posts.files.containers import reading
from stancekit.posts.files.source import Source, open_source
from stancekit.posts.platforms import EXPORTS, TABLES
from stancekit.posts.reader import Reader

ENTRY_POINTS: Final = "stancekit.readers"
"""Entry point group in which another package names its :class:`Reader` values."""

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

OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
"""How Office documents of before 2007 begin, and those locked by a password."""


@cache
def formats() -> tuple[Reader, ...]:
    """Return every known format, in the order in which they are tried.

    Examples
    --------
    >>> "x-archive" in [reader.name for reader in formats()]
    True
    """
    added = tuple(point.load() for point in entry_points(group=ENTRY_POINTS))
    return (*EXPORTS, *added, *TABLES)


def reader_named(name: str) -> Reader:
    """Return the format of that name.

    Raises
    ------
    InputError
        If there is none; the message lists the names.
    """
    for reader in formats():
        if reader.name == name:
            return reader
    known = ", ".join(reader.name for reader in formats())
    raise InputError(f"no format is called {name!r}; known formats: {known}")


def detect(path: str | os.PathLike[str]) -> Reader:
    """Return the format that a file, folder or archive is in, judged by its content.

    Raises
    ------
    FormatError
        If none fits; the message names what was looked for.
    """
    with open_source(path) as source:
        return detect_source(source)


def detect_source(source: Source) -> Reader:
    """Return the format of an opened source; see :func:`detect`."""
    with reading(source.path):
        for reader in formats():
            if reader.sniff(source):
                return reader
    for name, what in NOT_POSTS:
        if source.find(name):
            raise FormatError(f"{source.path}: this is {what}")
    if source.names and source.head(source.names[0], 4) == OLD_OFFICE:
        raise FormatError(
            f"{source.path}: this is an old Excel file (.xls), or one locked by a password; "
            "save it without password as .xlsx, or as “CSV UTF-8”"
        )
    looked_for = "\n".join(f"  {reader.name}: {reader.description}" for reader in formats())
    held = ", ".join(source.names[:5]) or "no files"
    raise FormatError(
        f"{source.path}: not a format that is known (it holds {held}). Looked for:\n{looked_for}\n"
        "Name the format (format=…) if detection is wrong, or export the posts as CSV or JSONL"
    )
