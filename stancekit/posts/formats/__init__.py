"""Every built-in format: one small module each, listed here and nowhere else.

To add a format, write a module with ``READER = Reader(name, description, sniff, read)``:

1. ``sniff(source)`` looks at names and first bytes (``source.head``) and says yes or no.
2. ``read(source, **options)`` yields a dict for each post, a ``Reject`` for each row that is
   none, a ``Notice`` for what the user should know. ``lines.json_lines`` reads NDJSON,
   ``arrays.array_items`` one huge array, ``times.parse_time`` any time; set ``source_ref``.
3. Add ``READER`` to ``EXPORTS`` below, before any format whose sniff would also say yes.

A table with columns of any name needs only ``tabular.table_reader``. Another package adds a
format through the entry point group ``stancekit.readers``, naming its ``Reader``.
"""

from typing import Final

from stancekit.posts.formats import (
    bluesky_car,
    bluesky_jetstream,
    bluesky_posts,
    delimited,
    facebook,
    instagram,
    json_array,
    jsonl,
    mastodon_outbox,
    mastodon_statuses,
    parquet,
    telegram,
    threads,
    tiktok,
    x_archive,
    youtube_takeout,
)
from stancekit.posts.reader import Reader

EXPORTS: Final[tuple[Reader, ...]] = (
    x_archive.READER,
    mastodon_outbox.READER,
    mastodon_statuses.READER,
    bluesky_car.READER,
    bluesky_jetstream.READER,
    bluesky_posts.READER,
    telegram.READER,
    instagram.READER,
    threads.READER,
    facebook.READER,
    youtube_takeout.READER,
    tiktok.READER,
)
"""Exports of one platform or tool, tried first."""

TABLES: Final[tuple[Reader, ...]] = (
    parquet.READER,
    jsonl.READER,
    json_array.READER,
    delimited.READER,
)
"""Tables of any origin, tried last: nearly any text passes for one."""
