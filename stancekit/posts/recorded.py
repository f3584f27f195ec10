"""The one loop of readers: numbered items in; records, and rejects for what is none, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from stancekit.posts.record import Record, Reject


def recorded(
    items: Iterable[tuple[int, Any] | Reject],
    file: str,
    record_of: Callable[[Any], Record | None],
) -> Iterator[Record | Reject]:
    """Turn the items of a file into records.

    Parameters
    ----------
    items : iterable of (number, value) or Reject
        Number is the line, or the place in an array; rejects are passed on.
    file : str
        Name of the file, for ``source_ref``.
    record_of : callable
        Gives the record of a value, None for one to pass over, and raises ValueError with what
        is wrong with a value that is no post.

    Examples
    --------
    >>> found = recorded([(1, "7"), (2, "x")], "a.csv", lambda text: {"id": str(int(text))})
    >>> next(found)
    {'id': '7', 'source_ref': 'a.csv:1'}
    >>> next(found).line
    2
    """
    for item in items:
        if isinstance(item, Reject):
            yield item
            continue
        number, value = item
        try:
            record = record_of(value)
        except ValueError as error:
            yield Reject(file, number, str(error), str(value))
            continue
        if record is not None:
            record["source_ref"] = f"{file}:{number}"
            yield record
