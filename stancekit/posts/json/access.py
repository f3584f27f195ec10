"""Values out of JSON whose shape cannot be trusted; none of these raises."""

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
    if not isinstance(holder, dict):
        return None
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str):
            if value:
                return value
        elif isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def name_at(holder: Any, key: str) -> str | None:
    """Return a value that is text; a number is no name.

    Examples
    --------
    >>> name_at({"name": "ada"}, "name"), name_at({"name": 7}, "name")
    ('ada', None)
    """
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, str) and value else None


def mapping_at(holder: Any, *keys: str) -> Mapping[str, Any]:
    """Follow keys into nested mappings; an empty mapping where one is missing.

    Examples
    --------
    >>> mapping_at({"a": {"b": {"c": 1}}}, "a", "b"), mapping_at({"a": [1]}, "a", "b")
    ({'c': 1}, {})
    """
    for key in keys:
        holder = holder.get(key) if isinstance(holder, dict) else None
    return holder if isinstance(holder, dict) else {}


def mappings_at(holder: Any, key: str) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings in the list under a key, and nothing if there is no list."""
    found = holder.get(key) if isinstance(holder, dict) else None
    if isinstance(found, list):
        yield from (item for item in found if isinstance(item, dict))


def texts_at(holder: Any, key: str, *fields: str) -> list[str]:
    """Return the text under the first of some fields, of each mapping in a list that has one.

    Examples
    --------
    >>> texts_at({"tags": [{"name": "tram"}, {"name": ""}, 7]}, "tags", "name")
    ['tram']
    """
    found = (text_at(item, *fields) for item in mappings_at(holder, key))
    return [text for text in found if text]
