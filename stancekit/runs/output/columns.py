"""Rows of posts as Arrow columns, and one schema for parts whose columns differ."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from stancekit.posts.strings import without_surrogates
from stancekit.posts.table import COLUMNS
from stancekit.posts.tables.cells import as_json

_ARROW: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "object": pa.list_(pa.string()),
    "boolean": pa.bool_(),
}
#: Arrow types of the post table's columns.
TYPES: Final[Mapping[str, pa.DataType]] = {
    name: _ARROW.get(kind, pa.timestamp("us", "UTC")) for name, kind in COLUMNS.items()
}


def to_batch(rows: Sequence[Mapping[str, Any]], reserved: frozenset[str]) -> pa.RecordBatch:
    """Turn post rows into one Arrow batch.

    Parameters
    ----------
    rows
        Post rows; a missing key is a missing value. Keys that are no column of the post table
        become columns of text, whatever rows fell into the batch.
    reserved
        Names the label table needs for itself. A user's column of such a name becomes
        ``source_<name>``.

    Returns
    -------
    pyarrow.RecordBatch
        Post-table columns in their fixed order, then the user's in order of first appearance.
    """
    seen: dict[str, None] = {}
    for row in rows:
        if not row.keys() <= seen.keys():
            seen.update(dict.fromkeys(row))
    own = [name for name in seen if name not in TYPES]
    names = [name for name in TYPES if name in seen]
    arrays = [_column([row.get(name) for row in rows], TYPES[name]) for name in names]
    arrays += [pa.array([as_text(row.get(name)) for row in rows], pa.string()) for name in own]
    return pa.RecordBatch.from_arrays(arrays, names=names + _free_names(own, reserved))


def union_schema(schemas: Iterable[pa.Schema], last: Sequence[str]) -> pa.Schema:
    """One schema for all parts: post columns, the user's as they first appear, then `last`."""
    types = {field.name: field.type for schema in schemas for field in schema}
    first = [name for name in COLUMNS if name in types]
    own = [name for name in types if name not in COLUMNS and name not in last]
    order = [*first, *own, *(name for name in last if name in types)]
    return pa.schema([(name, types[name]) for name in order])


def conform(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Give a part exactly the columns of `schema`; those it lacks are missing values."""
    held = dict(zip(batch.schema.names, batch.columns, strict=True))
    columns = [
        held[field.name] if field.name in held else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def column_of(table: pa.RecordBatch, name: str) -> pa.Array:
    """Give one column of a batch, all missing if it has none of that name."""
    position = table.schema.get_field_index(name)
    if position >= 0:
        return table.column(position)
    return pa.nulls(len(table), TYPES.get(name, pa.string()))


def as_text(value: object) -> str | None:
    """Give a text as it is and any other value as JSON.

    >>> as_text("ten"), as_text(10), as_text({"likes": 10})
    ('ten', '10', '{"likes":10}')
    """
    if value is None:
        return None
    if isinstance(value, str):
        # Half an emoji (a lone surrogate, from a file cut mid-character) has no UTF-8 form.
        return value if value.isascii() else without_surrogates(value)
    return as_json(value)


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, type=kind)
    except UnicodeEncodeError:
        whole = [[as_text(v) for v in x] if isinstance(x, list) else as_text(x) for x in values]
        return pa.array(whole, type=kind)


def _free_names(own: Sequence[str], reserved: frozenset[str]) -> list[str]:
    taken, free = {*own, *COLUMNS, *reserved}, []
    for name in own:
        new = str(as_text(name))
        while new in reserved or (new != name and new in taken):
            new = f"source_{new}"
        taken.add(new)
        free.append(new)
    return free
