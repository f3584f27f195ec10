"""Put the parts together into the destination, one part in memory at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from stancekit.runs.folder import remove, saving_run
from stancekit.runs.output.columns import TYPES, conform, union_schema
from stancekit.runs.output.outputs import Output
from stancekit.runs.output.writers import Style


def assemble(
    parts: Sequence[Path],
    path: Path,
    write: Output,
    *,
    added: Sequence[str],
    select: Sequence[str] | None,
    style: Style,
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
    added
        Names of the label columns; they stand last and are always written.
    select
        Post columns to keep, in this order; one that no post has is kept empty. None keeps all.
    style
        How to write it.
    """
    schema = union_schema((_schema(path) for path in parts), added)
    schema = narrowed(schema, select, added)
    with saving_run(path):
        remove(path)  # what a run that was stopped while writing left
        write(path, schema, _batches(parts, schema), style)


def _schema(path: Path) -> pa.Schema:
    with pa.OSFile(str(path), "rb") as file:
        return pa.ipc.open_file(file).schema


def _batches(parts: Sequence[Path], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for path in parts:
        with pa.OSFile(str(path), "rb") as file:
            yield conform(pa.ipc.open_file(file).get_batch(0), schema)


def _added_type(name: str) -> pa.DataType:
    words = name in ("label", "reason", "evidence", "model")
    return pa.string() if words else pa.float64()


def narrowed(schema: pa.Schema, select: Sequence[str] | None, added: Sequence[str]) -> pa.Schema:
    """Keep the columns of `select`, in its order, and those `added`."""
    if not schema.names:  # there were no posts
        schema = pa.schema([*TYPES.items(), *((name, _added_type(name)) for name in added)])
    if select is None:
        return schema
    types = {**TYPES, **{field.name: field.type for field in schema}}
    wanted = [name for name in dict.fromkeys(select) if name not in added]
    return pa.schema([(name, types.get(name, pa.string())) for name in [*wanted, *added]])
