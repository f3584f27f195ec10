"""Values out of JSON whose shape cannot be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def text_at(holder: Any, *keys: str) -> str | None:
    """Return the first of some keys' values that is text or a whole number, as text.

    Examples
    --------
    >>> text_at({"id": 7, "name": ""}, "name", "id"), text_at(None, "id")
    ('7', None)
    """
    if not isinstance(holder, Mapping):
        return None
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def mapping_at(holder: Any, *keys: str) -> Mapping[str, Any]:
    """Follow keys into nested mappings; an empty mapping where one is missing.

    Examples
    --------
    >>> mapping_at({"a": {"b": {"c": 1}}}, "a", "b"), mapping_at({"a": [1]}, "a", "b")
    ({'c': 1}, {})
    """
    for key in keys:
        holder = holder.get(key) if isinstance(holder, Mapping) else None
    return holder if isinstance(holder, Mapping) else {}


def mappings_at(holder: Any, key: str) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings in the list under a key, and nothing if there is no list."""
    found = holder.get(key) if isinstance(holder, Mapping) else None
    if isinstance(found, list):
        yield from (item for item in found if isinstance(item, Mapping))
