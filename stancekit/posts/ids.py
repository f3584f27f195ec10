"""Ids as text, and the refusal of ids that a spreadsheet has rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from stancekit.posts.record import UnreadableError

_ROUNDED: Final = re.compile(r"\d[.,]\d+[eE]\+?\d+|\d[eE]\+\d+|\d{16,}[.,]0*")
_ADDRESS: Final = re.compile(
    r"https?://(?:\w+\.)?(?:twitter|x)\.com/\w+/status(?:es)?/(\d+)(?:[/?#].*)?"
)
_PEER: Final = re.compile(r"\w+\((?:.*\W)?(?:user|channel|chat|reply_to_msg)_id=(\d+)\W.*")
EXACT_DIGITS: Final = 15
"""A spreadsheet's numbers keep 15 digits; X ids have 19."""


_ROUNDED_ID: Final = "an id that a program has rounded"


def as_id(value: Any) -> str | None:
    """Write an id as text, without what tools put around it.

    rtweet writes ``x`` before it, Excel's users ``="…"``, Brandwatch the address of the post,
    Telethon ``PeerUser(user_id=…)``.

    Raises
    ------
    ValueError
        If it was rounded: ``1.62E+18``, or a float past 15 digits.

    Examples
    --------
    >>> as_id(1169246717864136705), as_id("t3_abc"), as_id(42.0)
    ('1169246717864136705', 't3_abc', '42')
    >>> as_id('="1169246717864136705"'), as_id("https://x.com/ada/status/7"), as_id("x55")
    ('1169246717864136705', '7', '55')
    """
    if type(value) is str:
        return _bare(value)
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    if isinstance(value, float):
        if value != value:  # NaN: how pandas writes a missing id
            return None
        if abs(value) >= 10**EXACT_DIGITS or not value.is_integer():
            raise UnreadableError(_ROUNDED_ID)
        return str(int(value))
    return str(value)


def _bare(value: str) -> str | None:
    if value[-1:] in ("'", '"'):
        value = value.removeprefix("=").strip("'\"")
    if ("E" in value or "e" in value or "." in value) and _ROUNDED.fullmatch(value):
        raise UnreadableError(_ROUNDED_ID)
    if value[:1] == "x" and len(value) > 1 and value[1:].isdigit():
        return value[1:]  # rtweet's way to keep spreadsheets from rounding it
    pattern = _ADDRESS if value[:4] == "http" else _PEER if value[-1:] == ")" else None
    found = pattern.fullmatch(value) if pattern else None
    return found[1] if found else value or None


def bare_id(value: Any) -> str:
    """Write an id as :func:`as_id` does; empty if there is none, or one that was rounded.

    Examples
    --------
    >>> bare_id("x55"), bare_id(None), bare_id("1.62E+18")
    ('55', '', '')
    """
    try:
        return as_id(value) or ""
    except UnreadableError:
        return ""


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
        except ValueError:
            return str(value)
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
