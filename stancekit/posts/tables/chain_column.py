"""Which column of a table lists whom a reply goes to, or else whether its texts open with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from stancekit.posts.chain import opening_names, same_account
from stancekit.posts.record import Record
from stancekit.posts.removed import is_nobody
from stancekit.posts.tables.cells import as_list, is_missing, objects_in
from stancekit.posts.tables.names import CHAINS
from stancekit.posts.tables.values import values_of

_NAME: Final = r"(?:@?[\w.-]+(?:@[\w.-]+)?|\[[A-Za-z ]{1,40}\])"
"""An account, or what is written where one was."""
_NAMES: Final = re.compile(rf"\s*{_NAME}(?:[\s,;|]+{_NAME})*\s*")
_EACH: Final = re.compile(_NAME)


def chain_column(plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]]) -> str:
    """Return the column that lists all accounts a reply goes to; empty if none does.

    twint's ``reply_to`` is a list of accounts; what is so called elsewhere may be an id.

    Examples
    --------
    >>> row = {"reply_to": "[{'screen_name': 'ana', 'id': '55'}]"}
    >>> chain_column({"reply_to": "reply_to"}, [row])
    'reply_to'
    >>> chain_column({"reply_to": "reply_to"}, [{"reply_to": "1260000000000000001"}])
    ''
    """
    for name in (plain[guess] for guess in CHAINS if guess in plain):
        cells = values_of(name, sample)
        lists = [isinstance(cell, list) or objects_in(cell) is not None for cell in cells]
        if cells and all(lists):
            return name
        if name != plain.get("reply_to") and cells and all(map(_are_names, cells)):
            return name
    return ""


def chain_names(cell: Any) -> list[str]:
    """Read a cell that lists accounts; who is gone keeps the place.

    Examples
    --------
    >>> chain_names("ana bo"), chain_names("[deleted] @bo"), chain_names('["ana", "bo"]')
    (['ana', 'bo'], ['[deleted]', 'bo'], ['ana', 'bo'])
    >>> chain_names("[ana]"), chain_names("")
    (['ana'], [])
    """
    if is_missing(cell):
        return []
    if isinstance(cell, str) and _NAMES.fullmatch(cell):
        names = _EACH.findall(cell)
        if all(name[0] != "[" or is_nobody(name) for name in names):
            return [name.removeprefix("@") for name in names]
    return as_list(cell) or []


def _are_names(cell: Any) -> bool:
    """Tell names of accounts in a row, or in a list, from numbers and words."""
    if isinstance(cell, list) or objects_in(cell) is not None:
        return True
    text = str(cell)
    return _NAMES.fullmatch(text) is not None and not text.strip().isdecimal()


def opens_with_chain(records: Iterable[Record]) -> bool | None:
    """Tell whether the replies among records open with the names that they go to, as those of X do.

    Returns
    -------
    bool or None
        None if none is a reply to somebody else, and so nothing tells.

    Examples
    --------
    >>> opens_with_chain([{"kind": "reply", "text": "@ana no"}, {"kind": "reply", "text": "no"}])
    True
    >>> opens_with_chain([{"kind": "post", "text": "@ana no"}])
    """
    opens = [
        bool(opening_names(record.get("text")))
        for record in records
        if record.get("kind") == "reply" and not _to_oneself(record)
    ]
    return 2 * sum(opens) >= len(opens) if opens else None


def _to_oneself(record: Record) -> bool:
    author, answered = record.get("author"), record.get("reply_to_author")
    return bool(author and answered and same_account(author, answered))
