"""Tables in text: CSV, TSV and JSON Lines."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import IO, AnyStr

import orjson
import pyarrow as pa

from stancekit.labels import CONFIDENCE, LABEL, MODEL, REASON
from stancekit.posts.table import TYPES
from stancekit.runs.output.excel_csv import without_formulas
from stancekit.runs.output.stored import BLOCK, Stored, in_blocks, none_of, of_rows


def read_csv(path: Path, delimiter: str = ",") -> Stored:
    """Open a CSV; one for Excel may have semicolons."""
    with path.open("rb") as start:
        excel = start.read(len(BOM_UTF8)) == BOM_UTF8
    names = _header(path, delimiter)
    if excel and LABEL not in names:
        delimiter = ";"
        names = _header(path, delimiter)

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        import pyarrow.csv as pa_csv

        found = pa_csv.open_csv(
            path,
            read_options=pa_csv.ReadOptions(block_size=BLOCK),
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(
                include_columns=columns,
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=[""],
            ),
        )
        yield none_of(found.schema)
        for batch in found:
            held = [without_formulas(one) if excel else one for one in batch.columns]
            yield pa.RecordBatch.from_arrays(held, names=columns)

    return Stored(names, batches)


def _header(path: Path, delimiter: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return next(csv.reader(_lines(file), delimiter=delimiter), [])
        except csv.Error as error:
            raise ValueError(f"the names of its columns cannot be read ({error})") from error


def read_jsonl(path: Path) -> Stored:
    """Open JSON Lines; a file without a line is a table without a post."""
    with path.open("rb") as file:
        first = next(_lines(file), b"")
    names = list(_row(first)) if first else [*TYPES, LABEL, CONFIDENCE, REASON, MODEL]

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        yield of_rows([], columns)
        with path.open("rb") as file:
            for lines in in_blocks(_lines(file), len):
                rows = [_row(line) for line in lines]
                yield of_rows([[row[name] for name in columns] for row in rows], columns)

    return Stored(names, batches)


def _row(line: bytes) -> dict[str, object]:
    row = orjson.loads(line)
    if not isinstance(row, dict):
        raise ValueError("a line is no JSON object, as each is that a run writes")
    return row


def _lines(file: IO[AnyStr]) -> Iterator[AnyStr]:
    """Give the lines, if none is longer than a row can be."""
    while line := file.readline(BLOCK):
        if len(line) == BLOCK:
            raise ValueError(f"a line is longer than {BLOCK >> 20} MiB, as no post's is")
        yield line
