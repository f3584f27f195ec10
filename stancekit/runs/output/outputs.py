"""What a destination is, told by its name: a file, a workbook, a database, a folder of parts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, count, islice
from pathlib import Path
from typing import Final

import pyarrow as pa

from stancekit.errors import ArgumentError
from stancekit.runs.output.excel import write_xlsx
from stancekit.runs.output.sqlite import write_sqlite
from stancekit.runs.output.writers import (
    ROW_GROUP,
    WRITERS,
    Batches,
    Style,
    Writer,
    grouped,
    write_parquet,
)

#: Row groups in one file of a folder of Parquet parts: 500,000 posts.
PART_GROUPS: Final = 10

Output = Callable[[Path, pa.Schema, Batches, Style], None]
"""Writes a whole table to a path that is not there yet."""

TO_PATH: Final[Mapping[str, Output]] = {
    ".xlsx": write_xlsx,
    ".sqlite": write_sqlite,
    ".sqlite3": write_sqlite,
    ".db": write_sqlite,
}


def output_for(destination: Path) -> Output:
    """Choose how to write by the name's ending; a name without one is a folder of parts.

    Raises
    ------
    InputError
        When the ending says nothing.

    Examples
    --------
    >>> output_for(Path("labels.sqlite")).__name__, output_for(Path("labels")).__name__
    ('write_sqlite', 'write_parts')
    """
    ending = destination.suffix.lower()
    if ending in WRITERS:
        return to_file(WRITERS[ending])
    if ending in TO_PATH:
        return TO_PATH[ending]
    if not ending:
        return write_parts
    raise ArgumentError(
        f"{destination}: cannot tell what to write from the ending {destination.suffix!r}. End "
        f"the name in one of {', '.join([*WRITERS, *TO_PATH])}, or give a name without an "
        "ending for a folder of Parquet parts."
    )


def to_file(writer: Writer) -> Output:
    """Let a writer to a stream write a file."""
    return partial(_write_file, writer)


def _write_file(
    writer: Writer, path: Path, schema: pa.Schema, batches: Batches, style: Style
) -> None:
    with path.open("wb") as file:
        writer(file, schema, batches, style)


def write_parts(path: Path, schema: pa.Schema, batches: Batches, style: Style) -> None:
    """Write a folder of Parquet files of one schema, ``part-00000.parquet`` and so on.

    In the order of their names they hold the posts in the order of the source. Dask, DuckDB,
    Spark and `pandas.read_parquet` read the folder as one table.
    """
    path.mkdir()
    groups = grouped(batches, schema, ROW_GROUP)
    first = next(groups, schema.empty_table())
    for number in count():
        part = path / f"part-{number:05d}.parquet"
        rows = _batches(chain([first], islice(groups, PART_GROUPS - 1)))
        _write_file(write_parquet, part, schema, rows, style)
        following = next(groups, None)
        if following is None:
            return
        first = following


def _batches(tables: Iterable[pa.Table]) -> Iterator[pa.RecordBatch]:
    for table in tables:
        yield from table.to_batches()


def is_parts(path: Path) -> bool:
    """Tell whether a folder holds nothing but Parquet parts, so that it may be replaced."""
    return path.is_dir() and all(
        found.is_file() and found.match("part-*.parquet") for found in path.iterdir()
    )
