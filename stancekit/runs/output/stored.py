"""A table in a file, as a run wrote one: the names of its columns, and its rows in batches.

Such a file may come from a stranger as an archive may: what is no regular file is not opened, and
no more of it is held at a time than a batch of bounded size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import pyarrow as pa

#: Posts that are read at a time, and about how many characters of them; no line may be longer.
ROWS: Final = 20_000
BLOCK: Final = 1 << 25

Row = TypeVar("Row")


@dataclass(frozen=True)
class Stored:
    """A table in a file: the names of its columns, and what reads some of them in batches.

    The first batch may have no rows; there is always one.
    """

    names: list[str]
    batches: Callable[[list[str]], Iterator[pa.RecordBatch]]


def in_blocks(rows: Iterable[Row], size: Callable[[Row], int]) -> Iterator[list[Row]]:
    """Gather rows until they are many or large.

    >>> [len(some) for some in in_blocks(["a" * (BLOCK // 2)] * 5, len)]
    [2, 2, 1]
    """
    block: list[Row] = []
    held = 0
    for row in rows:
        block.append(row)
        held += size(row)
        if len(block) == ROWS or held >= BLOCK:
            yield block
            block, held = [], 0
    if block:
        yield block


def characters(row: Sequence[Any]) -> int:
    """Count the characters of a row's texts."""
    return sum(len(cell) for cell in row if isinstance(cell, (str, bytes)))


def none_of(schema: pa.Schema) -> pa.RecordBatch:
    """Give a batch without rows."""
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)


def of_rows(rows: Sequence[Sequence[Any]], names: list[str]) -> pa.RecordBatch:
    """Make a batch of rows.

    Raises
    ------
    ValueError
        If a column holds what no column can.
    """
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    arrays = [_array(name, column) for name, column in zip(names, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=names)


def _array(name: str, cells: Sequence[Any]) -> pa.Array:
    try:
        return pa.array(cells)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"column {name!r} holds values of several kinds ({error})") from error
