"""A JSON array of objects, as ``DataFrame.to_json(orient="records")`` and many tools write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BufferedReader
from typing import Any, Final

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.json.arrays import array_items
from stancekit.posts.json.values import objects_of
from stancekit.posts.record import Reject
from stancekit.posts.tables.tabular import TESTED_ON, table_reader

_START: Final = re.compile(r"\ufeff?\s*\[\s*\{")


def sniff(head: bytes) -> bool:
    """Tell whether a file starts as an array of objects does."""
    return _START.match(decode_head(head)) is not None


def rows(stream: BufferedReader, file: str) -> Iterator[tuple[int, dict[str, Any]] | Reject]:
    """Yield each object with its number, from 1; items that are none are rejects."""
    for item in objects_of(array_items(stream, file), file):
        if isinstance(item, Reject):
            yield item
        else:
            yield item[0], {name: _plain(value) for name, value in item[1].items()}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


READER = table_reader("json", "JSON array of objects", sniff, rows, tested_on=TESTED_ON)
