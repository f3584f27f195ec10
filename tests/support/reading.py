"""Posts apart from what else a reader says."""

from collections.abc import Iterable
from typing import Any


def split(items: Iterable[Any]) -> tuple[list[dict], list[Any]]:
    """The records, and the rejects and notices."""
    items = list(items)
    records = [item for item in items if isinstance(item, dict)]
    return records, [item for item in items if not isinstance(item, dict)]
