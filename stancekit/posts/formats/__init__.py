"""Every built-in format: one small module each, listed here and nowhere else.

To add a format, write a module with ``READER = Reader(name, description, sniff, read)``:

1. ``sniff(source)`` looks at names and first bytes (``source.head``) and says yes or no.
2. ``read(source, **options)`` yields a dict for each post, a ``Reject`` for each row that is
   none, a ``Notice`` for what the user should know. ``lines.json_lines`` reads NDJSON,
   ``arrays.array_items`` one huge array, ``times.parse_time`` any time; set ``source_ref``.
3. Add ``READER`` to ``EXPORTS`` below, before any format whose sniff would also say yes.

A table with columns of any name needs only ``tabular.table_reader``, and a CSV whose columns a
tool has fixed ``sheets.sheet_reader``. Another package adds a
format through the entry point group ``stancekit.readers``, naming its ``Reader``.
"""

from typing import Final

from stancekit.posts.formats import (
    bluesky_car,
    bluesky_jetstream,
    bluesky_posts,
    crowdtangle,
    delimited,
    excel,
    facebook,
    fourcat,
    instagram,
    json_array,
    jsonl,
    mastodon_outbox,
    mastodon_statuses,
    parquet,
    reddit_download,
    reddit_dump,
    telegram,
    threads,
    tiktok,
    twarc_csv,
    x_api_v1,
    x_api_v2,
    x_archive,
    x_classic,
    youtube_takeout,
    youtube_tools,
    zeeschuimer,
)
from stancekit.posts.reader import Reader

EXPORTS: Final[tuple[Reader, ...]] = (
    x_archive.READER,
    x_api_v2.READER,
    x_api_v1.READER,
    x_classic.READER,
    twarc_csv.READER,
    reddit_dump.READER,
    reddit_download.READER,
    fourcat.READER,
    zeeschuimer.READER,
    crowdtangle.READER,
    youtube_tools.READER,
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
    excel.READER,
    jsonl.READER,
    json_array.READER,
    delimited.READER,
)
"""Tables of any origin, tried last: nearly any text passes for one."""
