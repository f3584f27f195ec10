"""What a post is, and readers that turn every export into one table of posts."""

from stancekit.posts.columns import ColumnMap
from stancekit.posts.read import columns_of, read_posts, read_records
from stancekit.posts.reader import Reader
from stancekit.posts.record import Notice, Record, Reject
from stancekit.posts.registry import detect, formats
from stancekit.posts.source import Source
from stancekit.posts.table import COLUMNS, KINDS, to_frame

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
