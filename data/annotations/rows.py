"""Rows of any file a corpus is given away in, every cell as text.

Wider than `stancekit.posts`, which must know what a column means: here whatever holds strings will
do, since a text is known by its digest. Read are CSV and TSV, JSON lines, JSON of any nesting,
Parquet, and plain text with a post a line; all of them also inside zip, tar and gzip.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from stancekit.errors import FormatError
from stancekit.posts.files.containers import explained
from stancekit.posts.files.encoding import decode_head, detect_encoding
from stancekit.posts.files.opening import open_source
from stancekit.posts.files.source import Source
from stancekit.posts.json.lines import is_json_lines
from stancekit.posts.record import Reject
from stancekit.posts.tables import csv_file, delimited, jsonl, parquet
from stancekit.posts.tables.dialect import detect_dialect

LINE: Final = "(line)"
"""The column of a whole line of a text file."""

LONGEST_NAME: Final = 40
"""A first row with a longer cell than this names no columns."""

_CONTROL: Final = frozenset(map(chr, range(9))) | frozenset(map(chr, range(14, 32)))


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Read every row of a file, or of every table in a folder or an archive: cells by column.

    A text file is read twice over: as the table it seems to be, and line by line without regard
    to quotation marks, since many a corpus is written without quoting.

    Raises
    ------
    InputError
        If nothing is there, or it cannot be read.
    FormatError
        If no table is in it, or it is damaged.
    """
    found = False
    with open_source(path) as source, explained(source.path):
        if source.find("[Content_Types].xml"):
            raise FormatError(f"{path}: an Office document; save the sheet as “CSV UTF-8”")
        for name in source.names:
            for cells in _tables(source, name):
                found = True
                yield cells
    if not found:
        raise FormatError(
            f"{path}: no table is in it. Read are CSV, TSV, JSON, JSON lines, Parquet and plain "
            "text with a post a line, also in zip, tar or gzip"
        )


def _tables(source: Source, name: str) -> Iterator[dict[str, str]]:
    head = source.head(name)
    if parquet.sniff(head):
        yield from _from_readers(source, name, parquet.rows)
    elif is_json_lines(head):
        yield from _from_readers(source, name, jsonl.rows)
    elif _is_text(head):
        if decode_head(head).lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
            yield from _from_json(source, name)
        else:
            if _has_header(head):
                yield from _from_readers(source, name, delimited.rows)
            yield from _lines(source, name)


def _has_header(head: bytes) -> bool:
    """Tell a table from posts one a line, whose first post would be taken for the header."""
    header = detect_dialect(head).header
    return all(len(cell) <= LONGEST_NAME for cell in header) and csv_file.sniff(head)


def _is_text(head: bytes) -> bool:
    text = decode_head(head)
    return bool(text.strip()) and _CONTROL.isdisjoint(text) and text.count("\ufffd") < 20


def _from_readers(source: Source, name: str, read: Any) -> Iterator[dict[str, str]]:
    with source.open(name) as stream:
        for item in read(stream, name):
            if not isinstance(item, Reject):
                yield from _objects(item[1])


def _from_json(source: Source, name: str) -> Iterator[dict[str, str]]:
    with source.open(name) as stream:
        data = stream.read()
    try:
        value = json.loads(data.decode(detect_encoding(data[: 1 << 16])))
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{name}: damaged JSON: {error}") from error
    yield from _objects(value)


def _objects(value: Any, name: str = "") -> Iterator[dict[str, str]]:
    """Give every object of a nested value, its own scalars before the objects inside it.

    Strings of a list, and of an object keyed by row numbers (how pandas writes columns), are a
    column each, named as the list is.
    """
    if isinstance(value, dict) and value and all(str(key).isdigit() for key in value):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _objects({name: item} if isinstance(item, str) else item, name)
    elif isinstance(value, dict):
        cells = {
            str(key): str(item)
            for key, item in value.items()
            if item is not None and not isinstance(item, (dict, list))
        }
        if cells:
            yield cells
        for key, item in value.items():
            yield from _objects(item, str(key))


def _lines(source: Source, name: str) -> Iterator[dict[str, str]]:
    encoding = detect_encoding(source.head(name))
    tabs = PurePosixPath(name).suffix.lower() != ".csv"
    with io.TextIOWrapper(source.open(name), encoding=encoding, errors="replace") as lines:
        for line in lines:
            whole = line.rstrip("\r\n")
            cells = whole.split("\t") if tabs and "\t" in whole else []
            yield {LINE: whole, **{f"{LINE} {n}": cell for n, cell in enumerate(cells, 1)}}
