"""A whole table as one JSON object, as ``DataFrame.to_json()`` writes it unless told otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BufferedReader
from typing import Any, Final

from stancekit.errors import FormatError
from stancekit.posts.files.encoding import decode_head
from stancekit.posts.json.stream import small_json
from stancekit.posts.json.values import Parsed
from stancekit.posts.limits import SMALL_BYTES
from stancekit.posts.record import Numbered, Reject, as_raw

_START: Final = re.compile(
    r'\ufeff?\s*\{\s*(?:"[^"\\]+"\s*:\s*\{\s*"0"\s*:'  # by columns
    r'|"\d+"\s*:\s*\{\s*"'  # by rows
    r'|"columns"\s*:\s*\[[^\]]*\]\s*,\s*"(?:index|data)"\s*:\s*\[)'  # names and values apart
)
_ID_DIGITS: Final = re.compile(r"\d{15,20}")


def is_frame(head: bytes) -> bool:
    r"""Tell whether a file starts as a table in one object: by columns, by rows, or "split".

    Examples
    --------
    >>> is_frame(b'{"text":{"0":"no tram","1":"so proud"}}'), is_frame(b'{"7":{"text":"no"}}')
    (True, True)
    >>> is_frame(b'{"text":"no tram","user":{"0":1}}')
    False
    """
    return _START.match(decode_head(head)) is not None


def frame_rows(stream: BufferedReader, file: str) -> Numbered:
    """Yield each row with its number, from 1.

    Rows that are called by a long number (posts by their ids) get it as ``id`` if they have none.

    Raises
    ------
    FormatError
        If the file is damaged, or too large to be read whole.
    """
    document = small_json(stream)
    if not isinstance(document, dict):
        raise FormatError(
            f"{file}: a table in one JSON object that is broken or larger than "
            f"{SMALL_BYTES >> 20} MiB; write it again as JSON lines, in pandas "
            "to_json(path, orient='records', lines=True)"
        )
    columns, data = document.get("columns"), document.get("data")
    if isinstance(columns, list) and isinstance(data, list):
        yield from _split(columns, data, file)
    elif next(iter(document), "").isdecimal():
        for number, (key, row) in enumerate(document.items(), 1):
            if not isinstance(row, dict):
                yield Reject(file, number, "a row that is not a JSON object", str(row))
                continue
            if _ID_DIGITS.fullmatch(key):
                row.setdefault("id", key)
            yield number, row
    else:
        cells = {name: column for name, column in document.items() if isinstance(column, dict)}
        keys = dict.fromkeys(key for column in cells.values() for key in column)
        for number, key in enumerate(keys, 1):
            yield number, {name: column.get(key) for name, column in cells.items()}


def list_rows(items: Iterable[Parsed], file: str) -> Numbered:
    """Name the values of rows that are bare lists by their places: column_1, column_2.

    Examples
    --------
    >>> list(list_rows([(1, ["7", "no tram"])], "a.json"))
    [(1, {'column_1': '7', 'column_2': 'no tram'})]
    """
    for item in items:
        if not isinstance(item, tuple):
            yield item
        elif isinstance(item[1], list):
            yield item[0], {f"column_{place}": cell for place, cell in enumerate(item[1], 1)}
        else:
            yield Reject(file, item[0], "not a list of values", as_raw(item[1]))


def _split(columns: list[Any], data: list[Any], file: str) -> Numbered:
    names = [str(name) for name in columns]
    for number, row in enumerate(data, 1):
        if isinstance(row, list) and len(row) == len(names):
            yield number, dict(zip(names, row, strict=True))
        else:
            yield Reject(file, number, f"not a list of {len(names)} values", str(row))
