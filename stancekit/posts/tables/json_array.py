"""A JSON array of objects, as ``DataFrame.to_json(orient="records")`` and many tools write.

The array may be a list inside one object, or the table one object by columns or rows.
"""

from __future__ import annotations

import re
from io import BufferedReader
from typing import Final

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.json.arrays import array_items
from stancekit.posts.json.values import objects_of
from stancekit.posts.limits import HEAD_BYTES
from stancekit.posts.record import Numbered
from stancekit.posts.tables.json_document import document_rows, row_lists
from stancekit.posts.tables.json_frame import frame_rows, is_frame, list_rows
from stancekit.posts.tables.tabular import TESTED_ON, table_reader

_START: Final = re.compile(r"\ufeff?\s*\[\s*(?:\{|\[\s*[^\s\[])")
_LISTS: Final = re.compile(r"\ufeff?\s*\[\s*\[\s*[^\s\[{]")


def sniff(head: bytes) -> bool:
    """Tell whether a file starts as an array of objects does, or as an object with one inside."""
    return _START.match(decode_head(head)) is not None or is_frame(head) or bool(row_lists(head))


def rows(stream: BufferedReader, file: str, items: str | None = None) -> Numbered:
    """Yield each object with its number, from 1; items that are none are rejects.

    ``items`` names the list in which they are, if the file is one object; see
    :func:`document_rows`.
    """
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    if items is None and is_frame(head):
        return frame_rows(stream, file)
    if _LISTS.match(decode_head(head)):
        return list_rows(array_items(stream, file), file)
    return (
        document_rows(stream, file, head, items)
        if items or decode_head(head).lstrip("\ufeff \t\r\n").startswith("{")
        else objects_of(array_items(stream, file), file)
    )


READER = table_reader(
    "json",
    "JSON array of objects, or an object with such a list",
    sniff,
    rows,
    options=("items",),
    tested_on=TESTED_ON,
)
