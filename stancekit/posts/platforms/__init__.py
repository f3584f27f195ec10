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

from stancekit.posts.platforms import fourcat, telegram, tiktok
from stancekit.posts.platforms.bluesky import car as bluesky_car
from stancekit.posts.platforms.bluesky import jetstream as bluesky_jetstream
from stancekit.posts.platforms.bluesky import posts as bluesky_posts
from stancekit.posts.platforms.mastodon import outbox as mastodon_outbox
from stancekit.posts.platforms.mastodon import statuses as mastodon_statuses
from stancekit.posts.platforms.meta import crowdtangle, facebook, instagram, threads
from stancekit.posts.platforms.reddit import download as reddit_download
from stancekit.posts.platforms.reddit import dump as reddit_dump
from stancekit.posts.platforms.x import api_v1 as x_api_v1
from stancekit.posts.platforms.x import api_v2 as x_api_v2
from stancekit.posts.platforms.x import archive as x_archive
from stancekit.posts.platforms.x import classic as x_classic
from stancekit.posts.platforms.x import twarc_csv
from stancekit.posts.platforms.youtube import data_tools as youtube_tools
from stancekit.posts.platforms.youtube import takeout as youtube_takeout
from stancekit.posts.platforms.zeeschuimer import captures as zeeschuimer
from stancekit.posts.reader import Reader
from stancekit.posts.tables import delimited, excel, json_array, jsonl, parquet

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
