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
    if isinstance(holder, dict):
        for key in keys:
            value = holder.get(key)
            if type(value) is str and value:
                return value
            if type(value) is int:
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
    if found and isinstance(found, list):
        for item in found:
            if isinstance(item, dict):
                yield item


def texts_at(holder: Any, key: str, *fields: str) -> list[str]:
    """Return the text under the first of some fields, of each mapping in a list that has one.

    Examples
    --------
    >>> texts_at({"tags": [{"name": "tram"}, {"name": ""}, 7]}, "tags", "name")
    ['tram']
    """
    found = holder.get(key) if isinstance(holder, dict) else None
    texts = []
    for item in found if isinstance(found, list) else ():
        for field in fields if isinstance(item, dict) else ():
            text = item.get(field)
            if text and isinstance(text, str):
                texts.append(text)
                break
    return texts
