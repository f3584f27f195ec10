"""Tables in files, as runs write them: the names of their columns, and their rows in batches."""

from __future__ import annotations

import sqlite3
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa

from stancekit.labels import CONFIDENCE, LABEL, MODEL, REASON
from stancekit.posts.table import TYPES
from stancekit.runs.output.excel_csv import without_formulas

#: Posts that are read at a time, and bytes of a CSV: no row may be longer.
_ROWS: Final = 20_000
_BLOCK: Final = 1 << 25


@dataclass(frozen=True)
class Stored:
    """A table in a file: the names of its columns, and what reads some of them in batches.

    The first batch may have no rows; there is always one.
    """

    names: list[str]
    batches: Callable[[list[str]], Iterator[pa.RecordBatch]]


def _csv(path: Path, delimiter: str = ",") -> Stored:
    import csv

    with path.open("rb") as start:
        excel = start.read(len(BOM_UTF8)) == BOM_UTF8
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter), [])
        if excel and LABEL not in names:
            file.seek(0)
            delimiter, names = ";", next(csv.reader(file, delimiter=";"))

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        import pyarrow.csv as pa_csv

        found = pa_csv.open_csv(
            path,
            read_options=pa_csv.ReadOptions(block_size=_BLOCK),
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(
                include_columns=columns,
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=[""],
            ),
        )
        yield _none(found.schema)
        for batch in found:
            held = [without_formulas(one) if excel else one for one in batch.columns]
            yield pa.RecordBatch.from_arrays(held, names=columns)

    return Stored(names, batches)


def _none(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)


def _jsonl(path: Path) -> Stored:
    with path.open("rb") as file:
        first = file.readline()
    names = list(orjson.loads(first)) if first else [*TYPES, LABEL, CONFIDENCE, REASON, MODEL]

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        yield _of_rows([], columns)
        with path.open("rb") as file:
            while lines := list(islice(file, _ROWS)):
                rows = [orjson.loads(line) for line in lines]
                yield _of_rows([[row[name] for name in columns] for row in rows], columns)

    return Stored(names, batches)


def _of_rows(rows: Sequence[Sequence[Any]], names: list[str]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    return pa.RecordBatch.from_arrays([pa.array(column) for column in columns], names=names)


def _parquet(path: Path) -> Stored:
    import pyarrow.parquet as pq

    parts = sorted(path.glob("part-*.parquet")) if path.is_dir() else [path]
    if not parts:
        raise ValueError("the folder holds no part-*.parquet")
    schema = pq.read_schema(parts[0])

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        yield _none(pa.schema([schema.field(name) for name in columns]))
        for part in parts:
            with pq.ParquetFile(part) as file:
                for batch in file.iter_batches(_ROWS, columns=columns):
                    yield batch.select(columns)

    return Stored(schema.names, batches)


def _sqlite(path: Path) -> Stored:
    def rows_of(columns: str) -> Iterator[sqlite3.Cursor]:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            yield base.execute(f"SELECT {columns} FROM posts ORDER BY rowid")

    names = [name for name, *_ in next(rows_of("*")).description]

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in columns)
        yield _of_rows([], columns)
        for found in rows_of(quoted or "rowid"):
            while rows := found.fetchmany(_ROWS):
                yield _of_rows(rows, columns)

    return Stored(names, batches)


def _xlsx(path: Path) -> Stored:
    from openpyxl import load_workbook

    def rows() -> Iterator[tuple[Any, ...]]:
        book = load_workbook(path, read_only=True)
        try:
            yield from book["posts"].iter_rows(values_only=True)
        finally:
            book.close()

    names = [str(name) for name in next(rows())]

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        places = [names.index(name) for name in columns]
        held = islice(rows(), 1, None)
        yield _of_rows([], columns)
        while some := list(islice(held, _ROWS)):
            yield _of_rows([[row[place] for place in places] for row in some], columns)

    return Stored(names, batches)


READERS: Final[Mapping[str, Callable[[Path], Stored]]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".tsv": lambda path: _csv(path, "\t"),
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".parquet": _parquet,
    "": _parquet,
    ".sqlite": _sqlite,
    ".sqlite3": _sqlite,
    ".db": _sqlite,
}
"""By the ending of the name; a folder has none."""
