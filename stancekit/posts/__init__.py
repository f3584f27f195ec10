"""What a post is, and readers that turn every export into one table of posts.

- `read_posts` reads an export as post tables, chunk by chunk; `read_records` post by post;
- `detect` says which format a file, folder or archive is in; `formats` lists those that are known;
- `columns_of` says which column of a user's own table is taken for which of `COLUMNS`, before
  the table is read: look there first when a text, a time or an author comes out wrong.

Rooms, each of which looks only into those before it: helpers (``limits``, ``record``, ``times``
and their like), ``files`` and how they are packed, ``json`` that cannot be trusted, ``tables`` of
any columns, ``platforms``, ``tools``; above them ``registry`` lists every format, and ``reading``
reads.
"""

from stancekit.posts.files.source import Source
from stancekit.posts.reader import Reader
from stancekit.posts.reading import columns_of, read_posts, read_records
from stancekit.posts.record import Notice, Record, Reject
from stancekit.posts.registry import detect, formats
from stancekit.posts.table import COLUMNS, KINDS, to_frame
from stancekit.posts.tables.columns import ColumnMap

__all__ = [
    "COLUMNS",
    "KINDS",
    "ColumnMap",
    "Notice",
    "Reader",
    "Record",
    "Reject",
    "Source",
    "columns_of",
    "detect",
    "formats",
    "read_posts",
    "read_records",
    "to_frame",
]
