"""The post table: one set of columns, with the same types whatever a post was read from.

In memory it is a pandas DataFrame (`to_frame`); a run holds it as Arrow batches (`to_batch`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from stancekit.posts.record import Record
from stancekit.posts.strings import as_json
from stancekit.surrogates import without_surrogates

if TYPE_CHECKING:
    import pandas as pd

TIME_DTYPE: Final = "datetime64[us, UTC]"

COLUMNS: Final[dict[str, str]] = {
    "id": "string",
    "text": "string",
    "author_id": "string",
    "author": "string",
    "created_at": TIME_DTYPE,
    "kind": "string",
    "reply_to_id": "string",
    "reply_to_author": "string",
    "quoted_id": "string",
    "quoted_author": "string",
    "repost_of": "string",
    "conversation_id": "string",
    "mentions": "object",
    "inherited": "object",
    "hashtags": "object",
    "urls": "object",
    "lang": "string",
    "visibility": "string",
    "time_known": "boolean",
    "source_format": "string",
    "source_ref": "string",
}
"""Columns of the post table and their dtypes, in order.

``mentions``, ``inherited``, ``hashtags`` and ``urls`` hold lists of str (without ``@`` and ``#``);
``kind`` is one of :data:`KINDS`; ``source_ref`` is ``file:line``.

``mentions`` are all accounts that a post names. ``inherited`` are those that a reply goes to only
because its thread did, in the platform's order and without the account answered; missing where
the source cannot tell them from names that the writer put there, empty where it can and there are
none. So a post is at ``reply_to_author``, whom it answers; at those of ``mentions`` that are
neither inherited nor answered, whom its writer addresses; and at ``quoted_author``.
"""

KINDS: Final = ("post", "reply", "quote", "repost")

_ARROW: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "object": pa.list_(pa.string()),
    "boolean": pa.bool_(),
    TIME_DTYPE: pa.timestamp("us", "UTC"),
}
TYPES: Final[Mapping[str, pa.DataType]] = {name: _ARROW[dtype] for name, dtype in COLUMNS.items()}
"""Arrow types of the post table's columns; columns of the user's own are texts."""


def to_frame(records: Iterable[Record]) -> pd.DataFrame:
    """Make a post table of records.

    Parameters
    ----------
    records : iterable of dict
        Keys of :data:`COLUMNS`; further keys become further columns of text, in the order in
        which they first appear (numbers and nested values written as JSON), so that their
        dtype does not hang on which rows fell into a chunk.

    Returns
    -------
    pandas.DataFrame
        All of :data:`COLUMNS`, then the extra columns. Missing is ``<NA>`` (``NaT`` for times).

    Examples
    --------
    >>> frame = to_frame([{"id": "7", "text": "Save the tram", "likes": 3}])
    >>> frame[["id", "text", "author", "likes"]].iloc[0].tolist()
    ['7', 'Save the tram', <NA>, '3']
    """
    import pandas as pd  # runs do without it

    rows = records if isinstance(records, Sequence) else list(records)
    batch = to_batch(rows)
    columns = {name: pa.nulls(len(rows), kind) for name, kind in TYPES.items()}
    columns |= dict(zip(batch.schema.names, batch.columns, strict=True))
    table = {name: pandas_column(values) for name, values in columns.items()}
    return pd.DataFrame(table, index=pd.RangeIndex(len(rows)))


def to_batch(
    rows: Sequence[Record], reserved: frozenset[str] | set[str] = frozenset()
) -> pa.RecordBatch:
    """Turn post rows into one Arrow batch.

    Parameters
    ----------
    rows
        Records as `to_frame` takes them.
    reserved
        Names the label table needs for itself. A user's column of such a name becomes
        ``source_<name>``.

    Returns
    -------
    pyarrow.RecordBatch
        Of the post table the columns that some row has, in their fixed order; then the user's.

    Examples
    --------
    >>> to_batch([{"text": "Save the tram", "label": 3}], {"label"}).to_pylist()
    [{'text': 'Save the tram', 'source_label': '3'}]
    """
    present = _present(rows)
    names = [name for name in COLUMNS if name in present]
    own = [name for name in present if name not in COLUMNS]
    arrays = [_array(name, rows) for name in [*names, *own]]
    free = free_names([str(_text(name)) for name in own], {*COLUMNS, *reserved}, reserved)
    return pa.RecordBatch.from_arrays(arrays, names=[*names, *free])


def column_of(batch: pa.RecordBatch, name: str) -> pa.Array:
    """Give one column of a batch, all missing if it has none of that name."""
    position = batch.schema.get_field_index(name)
    if position >= 0:
        return batch.column(position)
    return pa.nulls(len(batch), TYPES.get(name, pa.string()))


def free_names(names: Iterable[str], taken: Iterable[str], reserved: Iterable[str]) -> list[str]:
    """Rename columns that are called like others which must keep their names.

    Parameters
    ----------
    names
        Columns, which may keep a name that is only `taken`.
    taken, reserved
        What a new name must not be; what no column may be called.

    Examples
    --------
    >>> free_names(["id", "label", "source_label"], ["id"], ["label"])
    ['id', 'source_source_label', 'source_label']
    """
    given, reserved = list(names), set(reserved)
    known, free = {*given, *taken, *reserved}, []
    for name in given:
        new = name
        while new in reserved or (new != name and new in known):
            new = f"source_{new}"
        known.add(new)
        free.append(new)
    return free


def _present(rows: Sequence[Record]) -> dict[str, None]:
    """Names of the columns that some row has, as they first appear."""
    present: dict[str, None] = {}
    for row in rows:
        if not row.keys() <= present.keys():
            present.update(dict.fromkeys(row))
    return present


def _array(name: str, rows: Sequence[Record]) -> pa.Array:
    values = [row.get(name) for row in rows]
    kind = TYPES.get(name)
    if kind is None:
        return pa.array([_text(value) for value in values], pa.string())
    try:
        return pa.array(values, kind)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        # half an emoji, cut apart by whoever wrote the file, or a value of another type
        return pa.array([_fitted(value, kind) for value in values], kind)


def _fitted(value: Any, kind: pa.DataType) -> Any:
    """Make a value what its column holds: a text, or missing where it can be none."""
    if value is None:
        return None
    if pa.types.is_list(kind):
        return [_text(one) for one in (value if isinstance(value, list) else [value])]
    if pa.types.is_string(kind):
        return _text(value)
    try:
        return pa.scalar(value, kind).as_py()
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return None


def _text(value: Any) -> str | None:
    """Give a text as it is, half an emoji mended, and any other value as JSON."""
    if value is None:
        return None
    if isinstance(value, str):
        return without_surrogates(value)
    return as_json(value)


def pandas_column(values: pa.Array) -> Any:
    """Give an Arrow column as `to_frame` gives those of its type; numbers as numpy does."""
    import pandas as pd

    if pa.types.is_floating(values.type) or pa.types.is_integer(values.type):
        return values.to_numpy(zero_copy_only=False)

    if pa.types.is_list(values.type):
        lists = [pd.NA if value is None else value for value in values.to_pylist()]
        return pd.Series(lists, dtype=object)
    if pa.types.is_timestamp(values.type):
        stamps = values.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
        return pd.Series(stamps).dt.tz_localize("UTC").array
    if pa.types.is_boolean(values.type):
        return pd.array(values.to_pylist(), dtype="boolean")
    # compact, and the same dtype under pandas 2 and 3
    return pd.array(values.cast(pa.large_string()), dtype=pd.StringDtype("pyarrow"))
