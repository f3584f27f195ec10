"""Every built-in format: one small module each, listed here and nowhere else."""

from typing import Final

from stancekit.posts.formats import delimited, json_array, jsonl, parquet, x_archive
from stancekit.posts.reader import Reader

EXPORTS: Final[tuple[Reader, ...]] = (x_archive.READER,)
"""Exports of one platform or tool, tried first."""

TABLES: Final[tuple[Reader, ...]] = (
    parquet.READER,
    jsonl.READER,
    json_array.READER,
    delimited.READER,
)
"""Tables of any origin, tried last: nearly any text passes for one."""
