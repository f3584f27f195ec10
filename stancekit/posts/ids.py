"""Ids as text, and the refusal of ids that a spreadsheet has rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

_ROUNDED: Final = re.compile(r"\d[.,]\d+[eE]\+?\d+|\d[eE]\+\d+|\d{16,}[.,]0*")
EXACT_DIGITS: Final = 15
"""A spreadsheet's numbers keep 15 digits; X ids have 19."""


def as_id(value: Any) -> str | None:
    """Write an id as text.

    Raises
    ------
    ValueError
        If it was rounded: ``1.62E+18``, or a float past 15 digits.

    Examples
    --------
    >>> as_id(1169246717864136705), as_id("t3_abc"), as_id(42.0)
    ('1169246717864136705', 't3_abc', '42')
    """
    if type(value) is str:
        if ("E" in value or "e" in value or "." in value) and _ROUNDED.fullmatch(value):
            raise ValueError(value)
        if value[:1] == "x" and len(value) > 1 and value[1:].isdigit():
            return value[1:]  # rtweet's way to keep spreadsheets from rounding it
        return value or None
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    if isinstance(value, float):
        if value != value:  # NaN: how pandas writes a missing id
            return None
        if abs(value) >= 10**EXACT_DIGITS or not value.is_integer():
            raise ValueError(repr(value))
        return str(int(value))
    return str(value)


def rounded_id(ids: Iterable[Any]) -> str | None:
    """Return one of the ids that a spreadsheet has rounded, None if it has not.

    It has if one is in scientific notation, or if all long ones end in zeros after 15 digits.

    Examples
    --------
    >>> rounded_id(["570306133677760513", "5.70306E+17"]), rounded_id(["570306133677760513"])
    ('5.70306E+17', None)
    """
    long = []
    for value in ids:
        try:
            text = as_id(value)
        except ValueError as error:
            return str(error)
        if text and text.isdigit() and len(text) > EXACT_DIGITS:
            long.append(text)
    if len(long) >= 3 and not any(text[EXACT_DIGITS:].strip("0") for text in long):
        return long[0]
    return None


def rounded_ids(column: str, cell: str, field: str) -> str:
    """Say that a column of ids was rounded, and what becomes of it."""
    return (
        f"column {column!r} holds {cell}: a spreadsheet or a float has rounded the ids, and "
        f"different posts may share one. It is not taken for {field}, only carried through; export "
        "the table again with that column as text to have its ids"
    )
