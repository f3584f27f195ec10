"""Ids as text, and the refusal of ids that a spreadsheet has rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from stancekit.errors import InputError

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


def refuse_rounded(ids: Iterable[Any], *, where: str, column: str, without: str = "id=''") -> None:
    """Look at the ids of the first rows and refuse a column that a spreadsheet has rounded.

    ``without`` is the option that leaves the column out, for the message.

    Raises
    ------
    InputError
        If an id is in scientific notation, or all long ids end in zeros after 15 digits.
    """
    long = []
    for value in ids:
        try:
            text = as_id(value)
        except ValueError as error:
            raise rounded(str(error), where=where, column=column, without=without) from None
        if text and text.isdigit() and len(text) > EXACT_DIGITS:
            long.append(text)
    if len(long) >= 3 and not any(text[EXACT_DIGITS:].strip("0") for text in long):
        raise rounded(long[0], where=where, column=column, without=without)


def rounded(value: str, *, where: str, column: str, without: str = "id=''") -> InputError:
    """Make the error for an id that was rounded."""
    return InputError(
        f"{where}: column {column!r} holds {value}: a spreadsheet or a float has rounded the ids, "
        "and different posts may now share one. Export the table again with the column as text, "
        f"or read it without that column ({without})"
    )
