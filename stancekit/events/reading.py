"""Labelled posts for events, batch by batch, from a table in memory or from where a run put one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import FormatError, InputError
from stancekit.labels import CONFIDENCE, LABEL, LABELS
from stancekit.posts.limits import FIRST_SECOND, LAST_SECOND
from stancekit.posts.table import TYPES
from stancekit.runs.output.read_back import labelled_batches
from stancekit.surrogates import without_surrogates

if TYPE_CHECKING:
    import pandas as pd

#: Rows of a table in memory that are looked at together.
ROWS: Final = 50_000

#: What events are made of; a table may lack any but the label.
COLUMNS: Final = (
    *("id", "text", "author_id", "author", "created_at", "kind", "reply_to_id"),
    *("reply_to_author", "quoted_id", "quoted_author", "repost_of", "conversation_id"),
    *("mentions", "inherited", "hashtags", "urls", "time_known", LABEL, *LABELS),
)


def batches_of(
    posts: pd.DataFrame | str | Path, columns: Sequence[str] = COLUMNS
) -> Iterator[pa.RecordBatch]:
    """Give the columns of labelled posts, those that there are.

    Parameters
    ----------
    posts
        A labelled table, as `stancekit.label_frame` gives it, or the path of one: a file of any
        of the formats that are written, or a folder of Parquet parts, a cluster's among them.
    columns
        Names of those wanted.

    Yields
    ------
    pyarrow.RecordBatch
        Labels as texts; at least one batch, which may have no rows.

    Raises
    ------
    InputError
        When the table has no column of labels, or none of the four labels is in it.
    FormatError
        When there is no such table at the path.
    """
    if isinstance(posts, (str, Path)):
        try:
            yield from map(_checked, labelled_batches(posts, columns))
        except FormatError as error:
            said = str(error).rstrip(".")
            raise FormatError(
                f"{said}. If labels of your own are in it, read it with stancekit.read_posts, see "
                f"that they are in the column {LABEL!r}, and give the table."
            ) from error
        return
    check_table(posts, columns)
    if LABEL not in posts:
        raise InputError(
            f"the table has no column {LABEL!r}: events are made of labelled posts. "
            "stancekit.label_frame labels a table, label_archive an archive."
        )
    wanted = [name for name in columns if name in posts]
    for start in range(0, max(len(posts), 1), ROWS):
        yield _checked(_batch(posts.iloc[start : start + ROWS], wanted))


def check_table(posts: Any, columns: Sequence[str] = COLUMNS) -> None:
    """Refuse what is no table, and one in which a name does not say which column is meant.

    Raises
    ------
    InputError
    """
    import pandas as pd

    if not isinstance(posts, pd.DataFrame):
        raise InputError(
            f"posts is {type(posts).__name__}: give a labelled DataFrame, or the path of a table "
            "that a run wrote"
        )
    names = posts.columns.tolist()
    for name in columns:
        if names.count(name) > 1:
            raise InputError(f"two columns of the table are called {name!r}: rename or drop one")


def _batch(posts: pd.DataFrame, names: Sequence[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([_column(posts[name], name) for name in names], names=names)


def _column(values: pd.Series[Any], name: str) -> pa.Array:
    """Give a column its type.

    Raises
    ------
    InputError
        When it holds what a post table does not have there.
    """
    kind = pa.float64() if name in (*LABELS, CONFIDENCE) else TYPES.get(name, pa.string())
    try:
        try:
            return _typed(values, kind)
        except UnicodeEncodeError:
            return _typed(values.map(_whole), kind)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise InputError(
            f"column {name!r} does not hold what a post table has there ({kind}): {error}"
        ) from error


def _typed(values: pd.Series[Any], kind: pa.DataType) -> pa.Array:
    import pandas as pd

    if pa.types.is_list(kind):
        return pa.array(map(_list_of, values), kind)
    if pa.types.is_timestamp(kind):
        if pd.api.types.is_numeric_dtype(values) and values.notna().any():
            raise ValueError(
                "numbers may be seconds or milliseconds: pandas.to_datetime, told the unit, makes "
                "times of them"
            )
        times = pd.to_datetime(values, utc=True).dt.tz_localize(None)
        return pa.array(times.to_numpy("datetime64[us]"), from_pandas=True).cast(kind)
    if pa.types.is_floating(kind):
        return pa.array(values.to_numpy(np.float64, na_value=np.nan), from_pandas=True)
    dtype: Any = "boolean" if pa.types.is_boolean(kind) else "string"
    found = pa.array(values.astype(dtype).array).cast(kind)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _whole(cell: object) -> object:
    """Give a cell without halves of characters, which Arrow does not take."""
    if isinstance(cell, str):
        return without_surrogates(cell)
    return list(map(_whole, cell)) if isinstance(cell, (list, tuple, np.ndarray)) else cell


def _list_of(cell: object) -> list[Any] | None:
    """Give what a cell lists, as pandas reads lists from Parquet or as they stand in a CSV."""
    if isinstance(cell, str) and cell.lstrip().startswith("["):
        try:
            cell = orjson.loads(cell)
        except ValueError:
            return None
    return list(cell) if isinstance(cell, (list, tuple, np.ndarray)) else None


def _checked(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Give the batch with labels as texts, and no time that cannot be written."""
    when = batch.schema.get_field_index("created_at")
    if when >= 0:
        batch = batch.set_column(when, "created_at", _written(batch.column(when)))
    place = batch.schema.get_field_index(LABEL)
    if place < 0:
        raise InputError(f"the table has no column {LABEL!r}")
    labels = batch.column(place)
    if pa.types.is_dictionary(labels.type):
        labels = labels.dictionary_decode()
    return batch.set_column(place, LABEL, labels.cast(pa.string()))


def _written(times: pa.Array) -> pa.Array:
    """Take away times of years that neither Python nor a picture can say."""
    first, last = (
        pa.scalar(second * 1_000_000, pa.timestamp("us", "UTC"))
        for second in (FIRST_SECOND, LAST_SECOND)
    )
    known = pc.and_(pc.greater_equal(times, first), pc.less_equal(times, last))
    return pc.if_else(known, times, None)
