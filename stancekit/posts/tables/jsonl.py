"""JSON lines: one object a line, with columns of any name."""

from __future__ import annotations

from io import BufferedReader

from stancekit.posts.json.lines import is_json_lines, json_lines
from stancekit.posts.json.values import objects_of
from stancekit.posts.record import Numbered
from stancekit.posts.tables.json_document import row_lists
from stancekit.posts.tables.json_frame import is_frame
from stancekit.posts.tables.tabular import TESTED_ON, table_reader


def sniff(head: bytes) -> bool:
    """Tell whether a file starts with a line that is an object, and no document of a list."""
    return is_json_lines(head) and not is_frame(head) and not row_lists(head)


def rows(stream: BufferedReader, file: str, first_line: int = 1) -> Numbered:
    """Yield each object with its line; lines that hold none are rejects.

    ``first_line`` is the number of the stream's first line, where it is a piece of a larger file.
    """
    return objects_of(json_lines(stream, file, int(first_line)), file)


READER = table_reader(
    "jsonl",
    "JSON lines (NDJSON): one object a line",
    sniff,
    rows,
    options=("first_line",),
    tested_on=TESTED_ON,
)
