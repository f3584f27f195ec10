"""Single cells of a user's table, as the post table wants them."""

from __future__ import annotations

import ast
import re
from typing import Any, Final

import orjson

from stancekit.posts.limits import LIST_CHARACTERS
from stancekit.posts.strings import as_json

_MISSING: Final = frozenset(("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT"))
_NAMING: Final = (
    *("username", "screen_name", "userName", "screenName", "acct", "handle", "tag", "text"),
    *("expanded_url", "expandedUrl", "url"),
)
"""Keys of what an object in a list is called by."""
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
    """Read a list of names, tags or links: a list, a JSON or Python list in a cell, words in a row.

    Examples
    --------
    >>> as_list('["tram", "noord"]'), as_list("@ada, @bo"), as_list([{"tag": "tram"}])
    (['tram', 'noord'], ['ada', 'bo'], ['tram'])
    >>> as_list("[{'screen_name': 'bo', 'name': 'bo o’hara'}]"), as_list("['tram']"), as_list("[]")
    (['bo'], ['tram'], [])
    """
    if isinstance(value, str):
        listed = objects_in(value)
        if listed is not None:
            return listed
        value = _SEPARATORS.split(value.strip("[] "))
    if not isinstance(value, list):
        return None
    words = (_word(item) for item in value)
    return [word for word in words if word]


def objects_in(value: Any) -> list[str] | None:
    """Name what is in a list that a cell holds, as JSON or as Python writes it; None if it is none.

    Examples
    --------
    >>> objects_in("[{'screen_name': 'ada', 'id': '55'}]"), objects_in("1260000000000000001")
    (['ada'], None)
    """
    if isinstance(value, str):
        start = value.lstrip()[:1]
        if start not in ("[", "{") or len(value) > LIST_CHARACTERS:
            return None
        value = _parsed(value)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return None
    return [word for word in map(_word, value) if word]


def _parsed(cell: str) -> Any:
    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError:
        pass
    try:
        return ast.literal_eval(cell.strip())  # literals only: it runs nothing
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _word(item: Any) -> str:
    if isinstance(item, dict):
        found = (item.get(key) for key in _NAMING)
        item = next((word for word in found if isinstance(word, str) and word), "")
    return "" if item is None else str(item).strip("'\" ").lstrip("@#")
