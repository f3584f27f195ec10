"""Writers of the label table to a stream: CSV, TSV, JSON lines, Parquet; batch after batch."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Final

import orjson
import pyarrow as pa
import pyarrow.csv as pa_csv

from stancekit.runs.output.cells import json_cells, time_cells
from stancekit.runs.output.excel_csv import IDS, excel_cells
from stancekit.runs.output.formulas import escape_cells

Batches = Iterable[pa.RecordBatch]

#: Rows of a Parquet row group: enough to compress well, few enough to hold in memory.
ROW_GROUP: Final = 50_000


@dataclass(frozen=True)
class Style:
    """How to write a table; a format takes no notice of what it has no place for.

    Attributes
    ----------
    raw
        Leave texts as they are, where a spreadsheet might run them.
    notes
        Metadata: model, digest, versions.
    excel
        The mark between cells of a CSV that Excel opens by a double click: a comma, or a
        semicolon with decimal commas; empty for a CSV as others read it.
    """

    raw: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    excel: str = ""


def write_csv(
    file: IO[bytes], schema: pa.Schema, batches: Batches, style: Style, *, delimiter: str = ","
) -> None:
    """Write UTF-8 CSV: texts in quotes, missing cells empty, spreadsheet-safe unless raw."""
    options = pa_csv.WriteOptions(delimiter=style.excel or delimiter)
    empty = _csv_batch(schema.empty_table().combine_chunks(), style)
    if style.excel:
        file.write(codecs.BOM_UTF8)
    with pa_csv.CSVWriter(file, empty.schema, write_options=options) as writer:
        for batch in batches:
            writer.write(_csv_batch(batch, style))


def write_tsv(file: IO[bytes], schema: pa.Schema, batches: Batches, style: Style) -> None:
    """Write what `write_csv` writes with a TAB between cells."""
    write_csv(file, schema, batches, style, delimiter="\t")


def write_jsonl(file: IO[bytes], schema: pa.Schema, batches: Batches, style: Style) -> None:
    """Write one JSON object a line; every line has every column, missing values are null."""
    for batch in batches:
        names = batch.schema.names
        columns = [plain(column).to_pylist() for column in batch.columns]
        rows = (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
        file.write(b"".join(_lines(rows)))


def write_parquet(file: IO[bytes], schema: pa.Schema, batches: Batches, style: Style) -> None:
    """Write Parquet, the notes in the file's metadata."""
    import pyarrow.parquet as pq

    schema = schema.with_metadata(dict(style.notes))
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for table in grouped(batches, schema, ROW_GROUP):
            writer.write_table(table, row_group_size=ROW_GROUP)


def grouped(batches: Batches, schema: pa.Schema, rows: int) -> Iterator[pa.Table]:
    """Gather batches into tables of `rows` rows each; the last has fewer."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        batch = batch.cast(schema)
        held = sum(map(len, waiting))
        while held + len(batch) >= rows:
            yield pa.Table.from_batches([*waiting, batch.slice(0, rows - held)], schema)
            waiting, batch, held = [], batch.slice(rows - held), 0
        if len(batch):
            waiting.append(batch)
    if waiting:
        yield pa.Table.from_batches(waiting, schema)


Writer = Callable[[IO[bytes], pa.Schema, Batches, Style], None]
WRITERS: Final[Mapping[str, Writer]] = {
    ".csv": write_csv,
    ".tsv": write_tsv,
    ".jsonl": write_jsonl,
    ".ndjson": write_jsonl,
    ".parquet": write_parquet,
}
"""Writers to a stream, by the ending of a file's name."""


def _lines(rows: Iterable[dict[str, object]]) -> Iterator[bytes]:
    for row in rows:
        yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def _csv_batch(batch: pa.RecordBatch | pa.Table, style: Style) -> pa.RecordBatch | pa.Table:
    columns, names = [], pa.array(batch.schema.names, pa.string())
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        column = plain(column)
        if pa.types.is_list(column.type):
            column = json_cells(column)
        if pa.types.is_string(column.type) and not style.raw:
            column = escape_cells(column)
        if style.excel:
            column = excel_cells(column, name in IDS, comma=style.excel == ";")
        columns.append(column)
    names = names if style.raw else escape_cells(names)
    return pa.RecordBatch.from_arrays(columns, names=names.to_pylist())


def plain(column: pa.Array) -> pa.Array:
    """Write out what formats of text have no type for: dictionaries and times."""
    if pa.types.is_dictionary(column.type):
        return column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type):
        return time_cells(column)
    return column
