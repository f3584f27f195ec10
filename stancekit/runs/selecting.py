"""`select`: which columns to keep, told from a slip of the pen before any work."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from stancekit.errors import ArgumentError, FormatError, InputError
from stancekit.posts.files.source import Source
from stancekit.posts.record import Item, Notice, Record
from stancekit.posts.table import COLUMNS, to_batch
from stancekit.posts.tables.columns import ColumnMap
from stancekit.runs.reading import Reading, by_source

#: Posts of a source that are looked at for the names of a user's own columns, and sources.
SAMPLE: Final = 10_000
SOURCES: Final = 10
#: Columns that are named where one is not there.
NAMED: Final = 30


def checked_select(select: Any, reading: Reading, opened: Source | None = None) -> Sequence[str]:
    """See that `select` names columns that there are.

    A user's own column must be in one of the first `SAMPLE` posts. Whether later ones have it is
    known only at the end of the labelling, which is no time to tell of a slip of the pen.

    Parameters
    ----------
    select
        What the user gave.
    reading
        How to read the source.
    opened
        Some of the source, where it cannot be opened as a whole.

    Returns
    -------
    sequence of str
        Names of the output's columns: a table's own name for a column of the post table is given
        as that column's.

    Raises
    ------
    InputError
        Names the columns there are.
    """
    names = list(select) if isinstance(select, Iterable) else [select]
    if isinstance(select, str) or not all(isinstance(name, str) for name in names):
        raise ArgumentError(f'select is {select!r}: give a list of names, as in ["id", "text"]')
    unsure = [name for name in names if name not in COLUMNS and name not in reading.reserved]
    if not unsure:
        return names
    try:
        present, own_names = _present(replace(reading, opened=opened))
    except FormatError:
        if opened is None:
            raise
        return names  # packed, or of several formats: each piece will be read for itself
    if present and (
        unknown := [name for name in unsure if name not in present and name not in own_names]
    ):
        raise InputError(
            f"select: no column {', '.join(map(repr, unknown))} in the first {SAMPLE:,} posts; "
            f"there are {', '.join(present[:NAMED])}"
            + (f" and {len(present) - NAMED:,} more" if len(present) > NAMED else "")
        )
    return [name if name in present else own_names.get(name, name) for name in names]


def _present(reading: Reading) -> tuple[list[str], dict[str, str]]:
    """Give the output's columns, and what the file's own names for some of them stand for."""
    rows: list[Record] = []
    own_names: dict[str, str] = {}
    for _, items in islice(by_source(reading), SOURCES):
        with closing(items):
            rows += _some(items, own_names)
    return list(to_batch(rows, reading.reserved).schema.names), own_names


def _some(items: Iterable[Item], own_names: dict[str, str]) -> list[Record]:
    rows: list[Record] = []
    for item in items:
        if type(item) is dict:
            rows.append(item)
        elif isinstance(item, Notice) and isinstance(item.detail, ColumnMap):
            own_names |= {own: name for name, own in item.detail.fields.items()}
        if len(rows) == SAMPLE:
            break
    return rows
