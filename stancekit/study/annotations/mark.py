"""One annotation as a reader gives it, what was asked of the reader, and what it left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from stancekit.errors import InputError
from stancekit.posts.record import MISSHAPEN


class AskError(InputError):
    """More than one column could be meant: the caller is to say which."""


class Mark(NamedTuple):
    """A label that an annotator gave a post.

    ``item`` and ``text`` say of which post; ``ref`` is ``file:line``; ``question`` is what was
    asked where a tool asks several things of a post.
    """

    item: str | None
    text: str | None
    annotator: str | None
    label: str
    time: datetime | None
    ref: str
    question: str = ""


@dataclass(frozen=True)
class Asked:
    """What the caller named: columns, or keys of an export's records; empty where nothing is."""

    item: str | None = None
    text: str | None = None
    annotator: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    keep_all: bool = False


@dataclass
class Part:
    """One file, or what belongs together, as it is read.

    Attributes
    ----------
    name : str
        Of the file or sheet.
    format : str
        What it was read as, with the columns taken.
    marks : list of Mark
    by_row : bool
        Whether each row is a post of its own, if no id says otherwise.
    texts : dict of str to str
        Texts by id, of a file that has no labels.
    left_out : Counter
        What was left out and why.
    typed : bool
        Whether cells know that they are text, as in a workbook, and need no sign that says so.
    spans : int
        Labels on parts of texts, which are no labels of posts.
    """

    name: str
    format: str = ""
    marks: list[Mark] = field(default_factory=list)
    by_row: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    spans: int = 0
    typed: bool = False


Row = dict[str, Any]
Numbered = tuple[int, Row]


def each(rows: Iterable[Any], part: Part) -> Iterator[Numbered]:
    """Yield rows, and count what is none."""
    for row in rows:
        if isinstance(row, tuple) and isinstance(row[1], dict):
            yield row
        elif isinstance(row, tuple) or hasattr(row, "reason"):
            part.left_out["rows that cannot be read"] += 1


def collect(part: Part, number: int, found: Iterator[Mark]) -> None:
    """Take the marks of one record; one of another shape than its tool's is counted."""
    try:
        part.marks.extend(found)
    except MISSHAPEN:
        part.left_out["records of a shape that is not known"] += 1


def take_whole(part: Part, found: list[Mark]) -> None:
    """Take labels of parts of texts that span all of it; where most do not, none is of a post."""
    if len(found) < part.spans:
        part.spans += len(found)
    else:
        part.marks.extend(found)


def words(value: Any) -> str | None:
    """Write a value as a label or name: 1.0 is 1; what is empty is None.

    >>> words(1.0), words("2.0"), words(" for "), words(True), words(None), words(" ")
    ('1', '2', 'for', 'True', None, None)
    """
    if type(value) is not str:
        if value is None or isinstance(value, (dict, list)) or value != value:
            return None
        value = str(value)
    said: str = value.strip()
    if said[-2:] == ".0" and said[:-2].lstrip("-").isdigit():  # gaps make floats of integers
        return said[:-2]
    return said or None
