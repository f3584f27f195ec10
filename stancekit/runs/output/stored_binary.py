"""Tables in Parquet, a file or a folder of parts, in SQLite and in a workbook."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from stancekit.errors import StancekitError
from stancekit.posts.files.opening import check_regular
from stancekit.posts.limits import WORKBOOK_ROWS
from stancekit.posts.tables.excel import check_workbook
from stancekit.runs.output.stored import (
    ROWS,
    Stored,
    characters,
    in_blocks,
    none_of,
    of_rows,
)


def read_parquet(path: Path) -> Stored:
    """Open a Parquet file, or a folder of parts."""
    import pyarrow.parquet as pq

    parts = sorted(path.glob("part-*.parquet")) if path.is_dir() else [path]
    if not parts:
        raise ValueError("the folder holds no part-*.parquet")
    for part in parts:
        check_regular(part)
    with _damage_told():
        schema = pq.read_schema(parts[0])

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        yield none_of(pa.schema([schema.field(name) for name in columns]))
        for part in parts:
            with _damage_told(), pq.ParquetFile(part) as file:
                for batch in file.iter_batches(ROWS, columns=columns):
                    yield batch.select(columns)

    return Stored(schema.names, batches)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Tell damage, which Arrow calls an error of the system without its number, as what it is."""
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            raise
        raise ValueError(str(error)) from error


def read_sqlite(path: Path) -> Stored:
    """Open the table ``posts`` of a database.

    A view could be anything, also a sum without an end: it is no table that a run wrote.
    """
    with closing(_database(path)) as base:
        found = base.execute("SELECT type, sql FROM sqlite_master WHERE name = 'posts'").fetchall()
        if [(kind, str(sql)[:12].upper()) for kind, sql in found] != [("table", "CREATE TABLE")]:
            raise ValueError("it holds no table 'posts'")
        columns = base.execute("PRAGMA table_xinfo(posts)").fetchall()
    if any(hidden for *_, hidden in columns):
        raise ValueError("a column of it is computed, as none is that a run writes")
    names = [str(name) for _, name, *_ in columns]

    def rows(wanted: list[str]) -> Iterator[tuple[Any, ...]]:
        quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in wanted) or "rowid"
        room = path.stat().st_size
        with closing(_database(path)) as base:
            for number, row in enumerate(
                base.execute(f"SELECT {quoted} FROM posts ORDER BY rowid")
            ):
                if number > room:
                    raise ValueError("it has more rows than it has bytes: the file is damaged")
                yield row

    def batches(wanted: list[str]) -> Iterator[pa.RecordBatch]:
        yield of_rows([], wanted)
        for block in in_blocks(rows(wanted), characters):
            yield of_rows(block, wanted)

    return Stored(names, batches)


def _database(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def read_xlsx(path: Path) -> Stored:
    """Open the sheet ``posts`` of a workbook."""
    check_workbook(path)
    names = [str(name) for name in next(_rows(path), ())]
    nothing = (None,) * len(names)  # behind a row whose last cells are empty

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        places = [names.index(name) for name in columns]
        yield of_rows([], columns)
        rows = (row + nothing for row in islice(_rows(path), 1, None))
        wanted = ([row[place] for place in places] for row in rows)
        for block in in_blocks(wanted, characters):
            yield of_rows(block, columns)

    return Stored(names, batches)


def _rows(path: Path) -> Iterator[tuple[Any, ...]]:
    """Give the rows of the sheet; whatever openpyxl raises means a damaged file."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, keep_links=False)
        try:
            for number, row in enumerate(book["posts"].iter_rows(values_only=True)):
                if number > WORKBOOK_ROWS:
                    raise ValueError(f"it names a row past {WORKBOOK_ROWS:,}; no Excel wrote that")
                if any(cell is not None for cell in row):
                    yield row
        finally:
            book.close()
    except StancekitError:
        raise
    except Exception as error:
        raise ValueError(f"damaged workbook ({error or type(error).__name__})") from error
