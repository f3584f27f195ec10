"""CSV and its kin with columns of any name: comma, semicolon, tab or bar between cells."""

from __future__ import annotations

from typing import Final

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.files.unknown import is_commented
from stancekit.posts.limits import HEADER_BYTES
from stancekit.posts.tables.delimited import rows
from stancekit.posts.tables.dialect import KNOWN_NAMES, detect_dialect
from stancekit.posts.tables.names import plain_name
from stancekit.posts.tables.tabular import TESTED_ON, table_reader

_CONTROL: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\x1b\0")


def sniff(head: bytes) -> bool:
    """Tell whether a file is text in columns: known names above, or rows of one width."""
    text = decode_head(head)
    if not text.strip() or text.lstrip("\ufeff \r\n")[:1] in ("{", "[", "<") or is_commented(text):
        return False
    if not _CONTROL.isdisjoint(text[:HEADER_BYTES]) or text.count("\ufffd") > len(text) // 20:
        return False
    dialect = detect_dialect(head)
    if not KNOWN_NAMES.isdisjoint(plain_name(name) for name in dialect.header):
        return True
    return dialect.even >= 0.8


READER = table_reader(
    "csv",
    "CSV or TSV: a table as text, its first row naming the columns",
    sniff,
    rows,
    options=("encoding", "delimiter", "header"),
    tested_on=TESTED_ON,
)
