"""The post table: one set of columns, with the same dtypes whatever a post was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from stancekit.posts.record import Record
from stancekit.posts.strings import without_surrogates
from stancekit.posts.tables.cells import as_json

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
    "hashtags": "object",
    "urls": "object",
    "lang": "string",
    "visibility": "string",
    "time_known": "boolean",
    "source_format": "string",
    "source_ref": "string",
}
"""Columns of the post table and their dtypes, in order.

``mentions``, ``hashtags`` and ``urls`` hold lists of str (without ``@`` and ``#``); ``kind`` is
one of :data:`KINDS`; ``source_ref`` is ``file:line``.
"""

KINDS: Final = ("post", "reply", "quote", "repost")


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
    rows = records if isinstance(records, Sequence) else list(records)
    present: dict[str, None] = {}
    for row in rows:
        if not row.keys() <= present.keys():
            present.update(dict.fromkeys(row))
    data = {name: _column(name, rows, name in present) for name in COLUMNS}
    for name in present.keys() - COLUMNS.keys():
        data[name] = _extra(name, rows)
    order = [*COLUMNS, *(name for name in present if name not in COLUMNS)]
    return pd.DataFrame({name: data[name] for name in order}, index=pd.RangeIndex(len(rows)))


def _column(name: str, rows: Sequence[Record], present: bool) -> Any:
    dtype = COLUMNS[name]
    values: list[Any] = [row.get(name) for row in rows] if present else [None] * len(rows)
    if dtype == "string":
        return _strings(values)
    if dtype == TIME_DTYPE:
        return _times(values)
    if dtype == "boolean":
        return pd.array(values, dtype="boolean")
    return pd.Series(_lists(values), dtype=object)


def _extra(name: str, rows: Sequence[Record]) -> Any:
    return _strings([_as_text(row.get(name)) for row in rows])


def _as_text(value: Any) -> str | None:
    if value is None or type(value) is str:
        return value
    return as_json(value)


def _lists(values: Sequence[Any]) -> list[Any]:
    return [pd.NA if value is None else value for value in values]


def _strings(values: list[str | None]) -> Any:
    """Text as Arrow strings: compact, and the same dtype under pandas 2 and 3."""
    try:
        array = pa.array(values, type=pa.large_string())
    except UnicodeEncodeError:  # half an emoji, cut apart by whoever wrote the file
        mended = [None if value is None else without_surrogates(value) for value in values]
        array = pa.array(mended, type=pa.large_string())
    return pd.array(array, dtype=pd.StringDtype("pyarrow"))


def _times(values: list[datetime | None]) -> Any:
    array = pa.array(values, type=pa.timestamp("us", tz="UTC"))
    stamps = array.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    return pd.Series(stamps).dt.tz_localize("UTC").array
