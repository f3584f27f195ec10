"""`read_labels`: a table that a run wrote, as it was before it became a file."""

from __future__ import annotations

import re
import sqlite3
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import ArgumentError, FormatError, InputError
from stancekit.labels import CONFIDENCE, EVIDENCE, LABEL, MODEL, REASON
from stancekit.posts.table import TYPES, pandas_column
from stancekit.runs import extracting
from stancekit.runs.output.excel_csv import without_formulas
from stancekit.runs.output.formulas import restored

if TYPE_CHECKING:
    import pandas as pd

_WHOLE: Final = re.compile("0|-?[1-9][0-9]{0,17}")
_WORDS: Final = pa.dictionary(pa.int32(), pa.string())
_LABELS: Final[Mapping[str, pa.DataType]] = {
    LABEL: _WORDS,
    CONFIDENCE: pa.float64(),
    REASON: pa.string(),
    EVIDENCE: pa.string(),
    MODEL: _WORDS,
}


def read_labels(path: str | Path, *, raw: bool = False) -> pd.DataFrame:
    """Read a table that `label_archive` or the command line wrote, with its types.

    Parameters
    ----------
    path
        The file, in any of the formats that are written, or the folder of Parquet parts.
    raw
        Whether a CSV or TSV was written with `raw`, without apostrophes before formulas.

    Returns
    -------
    pandas.DataFrame
        Texts as they were in the archive; columns of the post table as `read_posts` gives them;
        ``label`` and ``model`` Categorical, the categories of ``label`` in the order of the
        model's classes; confidence and probabilities float64. All but the names that SQLite takes
        for one, which have a number at their end.

    Raises
    ------
    InputError
        When there is nothing at `path`, or its ending says nothing.
    FormatError
        When it is no table of labels.

    Examples
    --------
    >>> import stancekit
    >>> labels = stancekit.read_labels("labels.csv")  # doctest: +SKIP
    >>> labels.groupby("label").size()  # doctest: +SKIP
    """
    place = Path(path)
    if not place.exists():
        raise InputError(f"{place}: is not there")
    ending = "" if place.is_dir() else place.suffix.lower()
    if ending not in _READERS:
        raise ArgumentError(f"{place}: {place.suffix!r} is no ending of a table that a run writes")
    import pandas as pd

    try:
        table = _READERS[ending](place)
        if ending in (".csv", ".tsv") and not raw:
            table = _without_apostrophes(table)
        names = table.schema.names
        types = _types(names)
        columns = {
            name: _typed(column.combine_chunks(), types[name])
            for name, column in zip(names, table.columns, strict=True)
        }
        columns[LABEL], classes = _labels(columns[LABEL], _classes(names), ending)
        frame = pd.DataFrame(
            {name: pandas_column(column) for name, column in columns.items()},
            index=pd.RangeIndex(table.num_rows),
        )
        frame[LABEL] = pd.Categorical(columns[LABEL].to_pylist(), categories=classes)
        frame[MODEL] = frame[MODEL].astype("category")
    except (pa.ArrowException, sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise FormatError(f"{place}: no table of labels: {error}") from error
    return frame


def _csv(path: Path, delimiter: str = ",") -> pa.Table:
    import csv

    import pyarrow.csv as pa_csv

    with path.open("rb") as start:
        excel = start.read(len(BOM_UTF8)) == BOM_UTF8
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter), [])
        if excel and LABEL not in names:
            file.seek(0)
            delimiter, names = ";", next(csv.reader(file, delimiter=";"))
    if not names:
        return pa.table({})
    found = pa_csv.read_csv(
        path,
        parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        ),
    )
    if excel:
        found = pa.table({n: without_formulas(found[n]) for n in found.column_names})
    return found.rename_columns(names)


def _jsonl(path: Path) -> pa.Table:
    with path.open("rb") as file:
        rows = [orjson.loads(line) for line in file]
    names = list(rows[0]) if rows else [*TYPES, LABEL, CONFIDENCE, REASON, MODEL]
    return pa.table({name: pa.array([row[name] for row in rows]) for name in names})


def _parquet(path: Path) -> pa.Table:
    import pyarrow.parquet as pq

    parts = sorted(path.glob("part-*.parquet")) if path.is_dir() else [path]
    return pa.concat_tables([pq.read_table(part, partitioning=None) for part in parts])


def _sqlite(path: Path) -> pa.Table:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        found = base.execute("SELECT * FROM posts ORDER BY rowid")
        names = [name for name, *_ in found.description]
        columns: Iterable[tuple[Any, ...]] = zip(*found, strict=True)
        held = [pa.array(column) for column in columns] or [pa.nulls(0)] * len(names)
    return pa.Table.from_arrays(held, names=names)


def _xlsx(path: Path) -> pa.Table:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        names, *rows = book["posts"].iter_rows(values_only=True)
    finally:
        book.close()
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    held = [pa.array(column) for column in columns]
    return pa.Table.from_arrays(held, names=[str(name) for name in names])


_READERS: Final[Mapping[str, Callable[[Path], pa.Table]]] = {
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


def _without_apostrophes(table: pa.Table) -> pa.Table:
    names = restored(pa.array(table.schema.names, pa.string())).to_pylist()
    return pa.Table.from_arrays([restored(column) for column in table.columns], names=names)


def _classes(names: list[str]) -> list[str]:
    return names[names.index(CONFIDENCE) + 1 : names.index(REASON)]


def _labels(
    labels: pa.Array, classes: list[str], ending: str
) -> tuple[pa.Array, list[str] | list[int]]:
    """Give labels and classes that are whole numbers their numbers; a CSV has only texts."""
    numbers = pa.types.is_integer(labels.type) or ending in (".csv", ".tsv")
    if not numbers or not all(_WHOLE.fullmatch(name) for name in classes):
        return labels, classes
    return labels.cast(pa.int64()), [int(name) for name in classes]


def _types(names: list[str]) -> dict[str, pa.DataType]:
    """Tell the types of columns by their names and places; a user's own are texts."""
    types = {name: TYPES.get(name, pa.string()) for name in names}
    types |= dict.fromkeys(_classes(names), pa.float64())
    found = extracting.schema()
    first = names.index(LABEL) - len(found.names)
    if first >= 0 and names[first : names.index(LABEL)] == found.names:
        types |= dict(zip(found.names, found.types, strict=True))
    return {**types, **_LABELS}


def _typed(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_dictionary(kind):
        return column
    if pa.types.is_list(kind) and not pa.types.is_list(column.type):
        values = [None if cell is None else orjson.loads(cell) for cell in column.to_pylist()]
        return pa.array(values, kind)
    if pa.types.is_timestamp(kind) and pa.types.is_string(column.type):
        column = pc.replace_substring_regex(column, "Z$", "+00:00")
    if pa.types.is_floating(kind) and pa.types.is_string(column.type):
        column = pc.replace_substring(column, ",", ".")  # as a CSV for Excel has it
    return column.cast(kind)
