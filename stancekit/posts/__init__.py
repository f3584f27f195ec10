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

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.posts.files.source import Source as Source
    from stancekit.posts.reader import Reader as Reader
    from stancekit.posts.reading import columns_of as columns_of
    from stancekit.posts.reading import read_posts as read_posts
    from stancekit.posts.reading import read_records as read_records
    from stancekit.posts.record import Notice as Notice
    from stancekit.posts.record import Record as Record
    from stancekit.posts.record import Reject as Reject
    from stancekit.posts.registry import detect as detect
    from stancekit.posts.registry import formats as formats
    from stancekit.posts.table import COLUMNS as COLUMNS
    from stancekit.posts.table import KINDS as KINDS
    from stancekit.posts.table import to_frame as to_frame
    from stancekit.posts.tables.columns import ColumnMap as ColumnMap

# Imported when asked for: the table of posts needs none of the readers.
_HOMES = {
    "COLUMNS": "stancekit.posts.table",
    "KINDS": "stancekit.posts.table",
    "ColumnMap": "stancekit.posts.tables.columns",
    "Notice": "stancekit.posts.record",
    "Reader": "stancekit.posts.reader",
    "Record": "stancekit.posts.record",
    "Reject": "stancekit.posts.record",
    "Source": "stancekit.posts.files.source",
    "columns_of": "stancekit.posts.reading",
    "detect": "stancekit.posts.registry",
    "formats": "stancekit.posts.registry",
    "read_posts": "stancekit.posts.reading",
    "read_records": "stancekit.posts.reading",
    "to_frame": "stancekit.posts.table",
}
__all__ = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
