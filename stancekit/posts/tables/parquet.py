"""Parquet tables, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from stancekit.errors import FormatError
from stancekit.posts.limits import ROWS_IN_BATCH
from stancekit.posts.tables.tabular import table_reader


def sniff(head: bytes) -> bool:
    """Tell whether a file begins as Parquet does."""
    return head.startswith(b"PAR1")


def rows(stream: BufferedReader, file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row with its number, from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        for batch in pq.ParquetFile(stream).iter_batches(ROWS_IN_BATCH):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FormatError(
            f"{file}: damaged Parquet file, after {number:,} rows ({error}); copy it again"
        ) from error


READER = table_reader(
    "parquet", "Parquet table", sniff, rows, tested_on="tables written by pandas and pyarrow"
)
