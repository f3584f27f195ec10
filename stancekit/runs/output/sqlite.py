"""Write the label table as an SQLite database.

The posts are the table ``posts``; the model, its digest and the versions are rows of the table
``about``. SQLite takes ``Likes`` and ``likes`` for one name: the second gets a ``_2``.
"""

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from stancekit.runs.output.cells import json_cells
from stancekit.runs.output.writers import Batches, Style, plain


def write_sqlite(path: Path, schema: pa.Schema, batches: Batches, style: Style) -> None:
    """Write an SQLite database: lists as JSON texts, times as ISO 8601 in UTC, booleans as 0, 1."""
    names = [quoted(name) for name in distinct_names(schema.names)]
    columns = ", ".join(
        f"{name} {_sqlite_type(kind)}" for name, kind in zip(names, schema.types, strict=True)
    )
    marks = ", ".join("?" * len(names))
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            # Nobody reads the file before it is whole: a journal would guard nothing.
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("PRAGMA synchronous = OFF")
            base.execute("BEGIN")
            base.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
            base.executemany("INSERT INTO about VALUES (?, ?)", style.notes.items())
            if names:
                base.execute(f"CREATE TABLE posts ({columns})")
            for batch in batches:
                base.executemany(f"INSERT INTO posts VALUES ({marks})", _sqlite_rows(batch))
            base.execute("COMMIT")
    except sqlite3.Error as error:  # a full disk is one of these, and no OSError
        raise OSError(errno.EIO, str(error), str(path)) from error


def distinct_names(names: Sequence[str]) -> list[str]:
    """Make names that differ by more than capital letters.

    >>> distinct_names(["id", "Likes", "likes"])
    ['id', 'Likes', 'likes_2']
    """
    taken: set[str] = set()
    distinct = []
    for name in names:
        new, number = name, 1
        while new.lower() in taken or (number > 1 and new in names):
            number += 1
            new = f"{name}_{number}"
        taken.add(new.lower())
        distinct.append(new)
    return distinct


def quoted(name: str) -> str:
    """Quote a name for SQL, whatever stands in it."""
    return '"' + name.replace("\0", "").replace('"', '""') + '"'


def _sqlite_type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def _sqlite_rows(batch: pa.RecordBatch) -> Iterable[tuple[Any, ...]]:
    columns: Iterator[pa.Array] = map(plain, batch.columns)
    cells = [json_cells(one) if pa.types.is_list(one.type) else one for one in columns]
    return zip(*(one.to_pylist() for one in cells), strict=True)
