"""Single cells of a user's table, as the post table wants them."""

from __future__ import annotations

import ast
import re
from typing import Any, Final

import orjson

from stancekit.posts.limits import LIST_CHARACTERS
from stancekit.posts.strings import as_json

_MISSING: Final = frozenset(
    ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT", r"\N")
)
_LINK: Final = ("expanded_url", "expandedUrl", "unwound_url", "url", "href", "uri")
_NAMING: Final = (
    *("username", "screen_name", "userName", "screenName", "acct", "handle", "tag", "text"),
    *("hashtag", "name", "title", *_LINK),
)
"""Keys of what an object in a list is called by."""
#: An account that is gone stands in a row of names in brackets, which are no list's.
_GONE: Final = re.compile(r"\[(?:deleted|removed)\]", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"[\s,;|]+")
_QUOTED: Final = re.compile(r"'([^']*)'|\"((?:[^\"\\]|\\.)*)\"")
_R_VECTOR: Final = re.compile(r"c\(.*\)|character\(0\)|list\(\)", re.DOTALL)
_ARRAY: Final = re.compile(r"\[[^{]*['\"]\s+['\"][^{]*\]")
"""As numpy writes an array of words; Python would take its words for one."""


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


def as_name(value: Any) -> str | None:
    """Write an account's name as text, without the ``@`` that some put before it.

    Examples
    --------
    >>> as_name("@ada"), as_name("@ada@social.example"), as_name("Ada A"), as_name("")
    ('ada', 'ada@social.example', 'Ada A', None)
    """
    text = as_text(value)
    return text.strip().removeprefix("@") or None if text else None


def as_list(value: Any, naming: tuple[str, ...] = _NAMING) -> list[str] | None:
    """Read a list of names, tags or links: a list, words in a row, or a list written in a cell.

    Lists are read as JSON, Python, numpy, R and SQL write them. ``naming`` has the keys of what an
    object in the list is called by, the likeliest first.

    Examples
    --------
    >>> as_list('["tram", "noord"]'), as_list("@ada, @bo"), as_list([{"tag": "tram"}])
    (['tram', 'noord'], ['ada', 'bo'], ['tram'])
    >>> as_list("[{'screen_name': 'bo', 'name': 'bo o’hara'}]"), as_list("['tram']"), as_list("[]")
    (['bo'], ['tram'], [])
    >>> as_list("[deleted] bo")
    ['[deleted]', 'bo']
    >>> as_list('c("tram", "noord")'), as_list("['tram' 'noord']"), as_list("{tram,noord}")
    (['tram', 'noord'], ['tram', 'noord'], ['tram', 'noord'])
    """
    if isinstance(value, str):
        listed = objects_in(value, naming)
        if listed is not None:
            return listed
        value = _SEPARATORS.split(value.strip(" " if _GONE.search(value) else "[]{} "))
    if not isinstance(value, list):
        return None
    words = (_word(item, naming) for item in value)
    return [word for word in words if word]


def as_links(value: Any) -> list[str] | None:
    """Read a list of links; of an object the address, whatever text it has.

    Examples
    --------
    >>> as_links([{"text": "a.example", "url": "https://a.example"}])
    ['https://a.example']
    """
    return as_list(value, (*_LINK, *_NAMING))


def objects_in(value: Any, naming: tuple[str, ...] = _NAMING) -> list[str] | None:
    """Name what is in a list that a cell holds, as JSON or as Python writes it; None if it is none.

    Examples
    --------
    >>> objects_in("[{'screen_name': 'ada', 'id': '55'}]"), objects_in("1260000000000000001")
    (['ada'], None)
    """
    if isinstance(value, str):
        value = value.strip()
        if len(value) > LIST_CHARACTERS:
            return None
        if (value[:1] in "cl" and _R_VECTOR.fullmatch(value)) or _ARRAY.fullmatch(value):
            value = [found[1] or found[2] or "" for found in _QUOTED.finditer(value)]
        elif value[:1] in ("[", "{"):
            value = _parsed(value)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return None
    return [word for item in value if (word := _word(item, naming))]


def _parsed(cell: str) -> Any:
    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError:
        pass
    try:
        return ast.literal_eval(cell)  # literals only: it runs nothing
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _word(item: Any, naming: tuple[str, ...]) -> str:
    if isinstance(item, dict):
        found = (item.get(key) for key in naming)
        item = next((word for word in found if isinstance(word, str) and word), "")
    return "" if item is None else str(item).strip("'\" ").lstrip("@#")
