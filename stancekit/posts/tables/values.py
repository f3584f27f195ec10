"""Cells of a table's first rows, by the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from stancekit.errors import ArgumentError
from stancekit.posts.limits import NESTED_COLUMNS
from stancekit.posts.tables.cells import is_missing

NUMBER: Final = re.compile(r"\s*[-+]?[\d.,]+(?:[eE][-+]?\d+)?\s*")
_YES: Final = frozenset(("1", "true", "yes", "y", "t"))
_NO: Final = frozenset(("0", "false", "no", "n", "f", "", "none", "nan", "na", "null"))


def nested_names(sample: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name the values of objects in cells by the way to them.

    Examples
    --------
    >>> nested_names([{"id": 7, "user": {"name": "Ada", "place": {"id": 1}}}])
    ['user.name', 'user.place.id']
    """
    found: dict[str, None] = {}
    for row in sample:
        for name, value in row.items():
            if isinstance(value, dict):
                found.update(dict.fromkeys(_within(name, value, 2)))
        if len(found) > NESTED_COLUMNS:
            break
    return list(found)[:NESTED_COLUMNS]


def _within(name: str, holder: Mapping[str, Any], deeper: int) -> Iterator[str]:
    for key, value in holder.items():
        if isinstance(value, dict):
            if deeper > 1:
                yield from _within(f"{name}.{key}", value, deeper - 1)
        elif isinstance(key, str):
            yield f"{name}.{key}"


def value_at(row: Mapping[str, Any], name: str) -> Any:
    """Return the value of a column, or the one inside an object that a dotted name leads to.

    Examples
    --------
    >>> value_at({"user": {"name": "Ada"}}, "user.name"), value_at({"user": None}, "user.name")
    ('Ada', None)
    """
    if name in row:
        return row[name]
    value: Any = row
    for key in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def flag_of(value: Any) -> bool | None:
    """Read a yes or a no; None for anything else.

    Examples
    --------
    >>> flag_of("TRUE"), flag_of(0), flag_of("maybe")
    (True, False, None)
    """
    said = str(value if value is not None else "").strip().lower().removesuffix(".0")
    return True if said in _YES else False if said in _NO else None


def is_yes(value: str | bool, option: str, where: str) -> bool:
    """Read an option that is a yes or a no.

    Raises
    ------
    InputError
        If it is neither.
    """
    said = flag_of(value)
    if said is None:
        raise ArgumentError(f"{where}: {option} is {value!r}: give True or False")
    return said


def is_numeric(name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a column has cells, and all of them are numbers."""
    values = values_of(name, sample)
    return bool(values) and all(NUMBER.fullmatch(str(value)) for value in values)


def is_object(name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a column holds objects or lists, at least in half of its cells."""
    values = values_of(name, sample)
    return bool(values) and 2 * sum(isinstance(v, (dict, list)) for v in values) >= len(values)


def values_of(name: str, sample: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return the cells of a column that are not missing."""
    found = (value_at(row, name) for row in sample)
    return [value for value in found if not is_missing(value)]


def quoted(names: Iterable[str]) -> str:
    """Write names for a message; of very many the first."""
    shown = list(names)
    return ", ".join(map(repr, shown[:40])) + (" …" if len(shown) > 40 else "")
