"""Every built-in format, listed here and nowhere else, and which of them a source is in.

To add a format, write a module with ``READER = Reader(name, description, sniff, read)`` in the
room of its platform (``platforms/``), or in ``tools/`` if it is what a tool keeps of several:

1. ``sniff(source)`` looks at names and first bytes (``source.head``) and says yes or no.
2. ``read(source, **options)`` yields a dict for each post, a ``Reject`` for each row that is
   none, a ``Notice`` for what the user should know. ``record.records_from`` makes them of
   numbered items, which ``json.lines.json_lines`` reads from NDJSON, ``json.arrays.array_items``
   from one huge array, ``json.nested.nested_items`` from inside a document; ``times.parse_time``
   reads any time. ``tested_on`` names the real files it was run on; without it the format is
   called experimental.
3. Add ``READER`` to ``EXPORTS`` below, before any format whose sniff would also say yes, and a
   row to the table of docs/formats.md.

A table with columns of any name needs only ``tables.tabular.table_reader``, and a CSV whose columns
a tool has fixed ``tables.fixed_columns.fixed_reader``. Another package adds a format through the
entry point group ``stancekit.readers``, naming its ``Reader``.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from stancekit.errors import ArgumentError, FormatError
from stancekit.posts.files.containers import explained
from stancekit.posts.files.opening import open_source
from stancekit.posts.files.source import Source
from stancekit.posts.files.unknown import what_it_is
from stancekit.posts.platforms import discord, telegram, whatsapp
from stancekit.posts.platforms.bluesky import api as bluesky_posts
from stancekit.posts.platforms.bluesky import car as bluesky_car
from stancekit.posts.platforms.bluesky import jetstream as bluesky_jetstream
from stancekit.posts.platforms.mastodon import outbox as mastodon_outbox
from stancekit.posts.platforms.mastodon import statuses as mastodon_statuses
from stancekit.posts.platforms.meta import crowdtangle, facebook, instagram, threads
from stancekit.posts.platforms.reddit import download as reddit_download
from stancekit.posts.platforms.reddit import dump as reddit_dump
from stancekit.posts.platforms.tiktok import download as tiktok
from stancekit.posts.platforms.x import api_v1 as x_api_v1
from stancekit.posts.platforms.x import api_v2 as x_api_v2
from stancekit.posts.platforms.x import archive as x_archive
from stancekit.posts.platforms.x import classic as x_classic
from stancekit.posts.platforms.x import community, graphql_pages, twarc_csv
from stancekit.posts.platforms.youtube import comments as youtube_comments
from stancekit.posts.platforms.youtube import data_tools as youtube_tools
from stancekit.posts.platforms.youtube import takeout as youtube_takeout
from stancekit.posts.reader import Reader
from stancekit.posts.record import MISSHAPEN
from stancekit.posts.tables import collection, csv_file, excel, json_array, jsonl, parquet
from stancekit.posts.tools import fourcat, meltwater, zeeschuimer

EXPORTS: Final[tuple[Reader, ...]] = (
    x_archive.READER,
    community.READER,
    x_api_v2.READER,
    x_api_v1.READER,
    x_classic.READER,
    twarc_csv.READER,
    reddit_dump.READER,
    reddit_download.READER,
    fourcat.READER,
    zeeschuimer.READER,
    graphql_pages.READER,
    crowdtangle.READER,
    meltwater.READER,
    youtube_tools.READER,
    mastodon_outbox.READER,
    mastodon_statuses.READER,
    bluesky_car.READER,
    bluesky_jetstream.READER,
    bluesky_posts.READER,
    discord.READER,
    telegram.READER,
    whatsapp.READER,
    instagram.READER,
    threads.READER,
    facebook.READER,
    youtube_takeout.READER,
    youtube_comments.READER,
    tiktok.READER,
)
"""Exports of one platform or tool, tried first."""

TABLES: Final[tuple[Reader, ...]] = (
    collection.READER,
    parquet.READER,
    excel.READER,
    jsonl.READER,
    json_array.READER,
    csv_file.READER,
)
"""Tables of any origin, tried last: nearly any text passes for one."""

ENTRY_POINTS: Final = "stancekit.readers"
"""Entry point group in which another package names its :class:`Reader` values."""


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
    raise ArgumentError(f"no format is called {name!r}; known formats: {known}")


def detect(path: str | os.PathLike[str]) -> Reader:
    """Return the format that a file, folder or archive is in, judged by its content.

    Parameters
    ----------
    path : str or path
        An export as it was downloaded.

    Returns
    -------
    Reader
        Of the format.

    Raises
    ------
    FormatError
        If none fits; the message names what was looked for.
    """
    with open_source(path) as source:
        return detect_source(source)


def detect_source(source: Source) -> Reader:
    """Return the format of an opened source; see :func:`detect`."""
    with explained(source.path):
        for reader in formats():
            if _sniffed(reader, source):
                return reader
        tried = [reader.name for reader in formats()]
        raise FormatError(f"{source.path}: {what_it_is(source, tried)}")


def _sniffed(reader: Reader, source: Source) -> bool:
    """Ask a format whether a source is its own; what it stumbles over is not."""
    try:
        return reader.sniff(source)
    except (*MISSHAPEN, csv.Error):
        return False
