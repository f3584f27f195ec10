"""Put the parts together into the destination, one part in memory at a time."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from stancekit.posts.table import TYPES
from stancekit.runs.files import remove, saving_run
from stancekit.runs.output.outputs import Output
from stancekit.runs.output.writers import Style


def assemble(
    parts: Sequence[Path], path: Path, write: Output, schema: pa.Schema, style: Style
) -> None:
    """Stream `parts` into `path`.

    Parameters
    ----------
    parts
        Part files in the order of their posts.
    path
        File or folder to write; not yet under its final name.
    write
        What `stancekit.runs.output.outputs.output_for` chose.
    schema
        What `output_schema` gives.
    style
        How to write it.
    """
    with saving_run(path):
        remove(path)  # what a run that was stopped while writing left
        write(path, schema, _batches(parts, schema), style)


def _batches(parts: Sequence[Path], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for path in parts:
        with pa.OSFile(str(path), "rb") as file:
            yield conform(pa.ipc.open_file(file).get_batch(0), schema)


def output_schema(
    parts: Iterable[Sequence[str]], added: pa.Schema, select: Sequence[str] | None
) -> pa.Schema:
    """Give the one schema of all parts: post columns, the user's as they first appear, labels.

    Parameters
    ----------
    parts
        Names of each part's columns.
    added
        The label columns; they stand last and are always there.
    select
        Post columns to keep, in this order; one that no post has is kept empty. None keeps all.
    """
    labels = set(added.names)
    found = dict.fromkeys(name for names in parts for name in names if name not in labels)
    if select is not None:
        names = [name for name in dict.fromkeys(select) if name not in labels]
    else:  # of a source without posts there are no names
        found = found or dict.fromkeys(TYPES)
        names = [name for name in TYPES if name in found]
        names += [name for name in found if name not in TYPES]
    return pa.schema([*((name, TYPES.get(name, pa.string())) for name in names), *added])


def conform(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Give a part exactly the columns of `schema`; those it lacks are missing values."""
    held = dict(zip(batch.schema.names, batch.columns, strict=True))
    columns = [
        held[field.name] if field.name in held else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    # Parquet gives the codes of labels back with another width
    return pa.RecordBatch.from_arrays(columns, names=schema.names).cast(schema)
