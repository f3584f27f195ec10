"""`read_labels`: a table that a run wrote, as it was before it became a file."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import ArgumentError, FormatError, InputError, StancekitError
from stancekit.labels import CONFIDENCE, EVIDENCE, LABEL, MODEL, REASON
from stancekit.posts.files.opening import check_regular
from stancekit.posts.table import TYPES, pandas_column
from stancekit.runs import extracting
from stancekit.runs.output.formulas import restored
from stancekit.runs.output.stored import Stored
from stancekit.runs.output.stored_binary import read_parquet, read_sqlite, read_xlsx
from stancekit.runs.output.stored_text import read_csv, read_jsonl
from stancekit.show.cells import one_line

if TYPE_CHECKING:
    import pandas as pd

#: Columns of the screen that the reason takes, which may quote a cell.
_SAID: Final = 300
_WHOLE: Final = re.compile("0|-?[1-9][0-9]{0,17}")
_WORDS: Final = pa.dictionary(pa.int32(), pa.string())
_UNFIT: Final = (
    *(pa.ArrowException, sqlite3.Error, ValueError, TypeError, KeyError, IndexError, OverflowError),
)
#: By the ending of the name; a folder has none.
_READERS: Final[Mapping[str, Callable[[Path], Stored]]] = {
    ".xlsx": read_xlsx,
    ".csv": read_csv,
    ".tsv": lambda path: read_csv(path, "\t"),
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".parquet": read_parquet,
    "": read_parquet,
    ".sqlite": read_sqlite,
    ".sqlite3": read_sqlite,
    ".db": read_sqlite,
}
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
    import pandas as pd

    names, batches = _opened(Path(path), None, raw)
    place, ending = Path(path), _ending(Path(path))
    try:
        tables = [pa.Table.from_batches([batch]) for batch in batches]
        table = pa.concat_tables(tables, promote_options="default").combine_chunks()
        columns = {name: _whole(table[name]) for name in names}
        columns[LABEL], classes = _labels(columns[LABEL], _classes(names), ending)
        frame = pd.DataFrame(
            {name: pandas_column(column) for name, column in columns.items()},
            index=pd.RangeIndex(table.num_rows),
        )
        labels = columns[LABEL].to_pylist()
        if strange := sorted(map(str, {*labels} - {*classes, None})):
            known = ", ".join(map(str, classes))
            raise ValueError(f"column {LABEL!r} holds {strange[0]!r}, which is none of {known}")
        frame[LABEL] = pd.Categorical(labels, categories=classes)
        frame[MODEL] = frame[MODEL].astype("category")
    except StancekitError:
        raise
    except _UNFIT as error:
        raise _no_labels(place, error) from error
    return frame


def labelled_batches(
    path: str | Path, columns: Iterable[str] | None = None, *, raw: bool = False
) -> Iterator[pa.RecordBatch]:
    """Read a table that a run wrote some ten thousand posts at a time, so that memory is bounded.

    Parameters
    ----------
    path, raw
        As `read_labels` takes them.
    columns
        Those to read, as far as the table has them; all if None.

    Yields
    ------
    pyarrow.RecordBatch
        Types as `read_labels` has them, but labels and models are plain texts, or numbers. At
        least one batch, which may have no rows.

    Raises
    ------
    InputError, FormatError
        As `read_labels` raises them; the latter also in the midst of the table.

    Examples
    --------
    >>> for batch in labelled_batches("labels.parquet", ["id", "label"]):  # doctest: +SKIP
    ...     print(batch.num_rows)
    """
    _, batches = _opened(Path(path), None if columns is None else frozenset(columns), raw)
    try:
        yield from batches
    except StancekitError:
        raise
    except _UNFIT as error:
        raise _no_labels(Path(path), error) from error


def _ending(place: Path) -> str:
    return "" if place.is_dir() else place.suffix.lower()


def _no_labels(place: Path, error: Exception) -> FormatError:
    return FormatError(f"{place}: no table of labels: {one_line(str(error), _SAID)}")


def _opened(
    place: Path, wanted: frozenset[str] | None, raw: bool
) -> tuple[list[str], Iterator[pa.RecordBatch]]:
    """Give the names of those columns that are read, and the batches."""
    if not place.exists():
        raise InputError(f"{place}: is not there")
    check_regular(place)
    ending = _ending(place)
    if ending not in _READERS:
        raise ArgumentError(f"{place}: {place.suffix!r} is no ending of a table that a run writes")
    try:
        stored = _READERS[ending](place)
        quoted = ending in (".csv", ".tsv") and not raw
        held = pa.array(stored.names, pa.string())
        names = (restored(held) if quoted else held).to_pylist()
        if twice := [name for name, found in Counter(names).items() if found > 1]:
            raise ValueError(f"two columns of it are called {twice[0]!r}")
        types = _types(names)
    except StancekitError:
        raise
    except _UNFIT as error:
        raise _no_labels(place, error) from error
    kept = [n for n, name in enumerate(names) if wanted is None or name in wanted]

    def typed(batch: pa.RecordBatch) -> pa.RecordBatch:
        columns = [restored(column) for column in batch.columns] if quoted else batch.columns
        found = [
            _named(names[n], column, types[names[n]])
            for column, n in zip(columns, kept, strict=True)
        ]
        return pa.RecordBatch.from_arrays(found, names=[names[n] for n in kept])

    return [names[n] for n in kept], map(typed, stored.batches([stored.names[n] for n in kept]))


def _whole(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return found if isinstance(found, pa.Array) else pa.concat_arrays(found.chunks)


def _classes(names: list[str]) -> list[str]:
    for name in (LABEL, CONFIDENCE, REASON):
        if name not in names:
            raise ValueError(f"it has no column {name!r}, as a table that a run labelled has it")
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


def _named(name: str, column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Give a column its type; where it cannot have it, say which column that is."""
    try:
        return _typed(column, kind)
    except _UNFIT as error:
        shown = "text" if pa.types.is_dictionary(kind) else kind
        raise ValueError(
            f"column {name!r} does not hold what it should ({shown}): {error}"
        ) from error


def _lists(kind: pa.DataType) -> bool:
    """Tell whether a column has lists; polars writes them large."""
    return bool(
        pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    )


def _typed(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_dictionary(kind):
        kept = (pa.types.is_null, pa.types.is_integer, pa.types.is_boolean)
        return column if any(one(column.type) for one in kept) else column.cast(kind.value_type)
    if pa.types.is_list(kind) and not _lists(column.type):
        values = [None if cell is None else orjson.loads(cell) for cell in column.to_pylist()]
        return pa.array(values, kind)
    if pa.types.is_timestamp(kind) and pa.types.is_string(column.type):
        column = pc.replace_substring_regex(column, "Z$", "+00:00")
    if pa.types.is_floating(kind) and pa.types.is_string(column.type):
        column = pc.replace_substring(column, ",", ".")  # as a CSV for Excel has it
    # whoever wrote the table anew with pandas has nanoseconds, which say no more
    return column.cast(kind, safe=not pa.types.is_timestamp(kind))
