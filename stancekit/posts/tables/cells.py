"""Single cells of a user's table, as the post table wants them."""

from __future__ import annotations

import re
from typing import Any, Final

import orjson

from stancekit.posts.strings import as_json

_MISSING: Final = frozenset(("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT"))
_SEPARATORS: Final = re.compile(r"[\s,;|]+")


def is_missing(value: Any) -> bool:
    """Tell whether a cell says that there is nothing in it, as pandas, R or SQL write it.

    Examples
    --------
    >>> is_missing("NaN"), is_missing(float("nan")), is_missing(""), is_missing("none of it")
    (True, True, True, False)
    """
    if type(value) is str:
        return value in _MISSING
    return bool(value != value) if type(value) is float else value is None


def as_text(value: Any) -> str | None:
    """Write a cell as text; an empty one is missing.

    Examples
    --------
    >>> as_text("no tram"), as_text(7), as_text(None), as_text({"a": 1})
    ('no tram', '7', None, '{"a":1}')
    """
    if value is None or type(value) is str:
        return value or None
    if isinstance(value, (dict, list)):
        return as_json(value)
    return None if value != value else str(value)


def as_list(value: Any) -> list[str] | None:
    """Read a list of names, tags or links: a list, a JSON list in a cell, or words in a row.

    Examples
    --------
    >>> as_list('["tram", "noord"]'), as_list("@ada, @bo"), as_list([{"tag": "tram"}])
    (['tram', 'noord'], ['ada', 'bo'], ['tram'])
    """
    if isinstance(value, str):
        if value.startswith("["):
            try:
                return as_list(orjson.loads(value))
            except orjson.JSONDecodeError:
                pass
        value = _SEPARATORS.split(value.strip("[] "))
    if not isinstance(value, list):
        return None
    words = (_word(item) for item in value)
    return [word for word in words if word]


def _word(item: Any) -> str:
    if isinstance(item, dict):
        keys = ("username", "screen_name", "tag", "text", "expanded_url", "url")
        item = next((item[key] for key in keys if isinstance(item.get(key), str)), "")
    return str(item).strip("'\" ").lstrip("@#")
