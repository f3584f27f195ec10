"""What a reader yields: a record for each post, a reject for each row that cannot be one.

:func:`records_from` is the one loop that makes them of numbered items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from stancekit.posts.limits import KINDS_SAID, REJECT_CHARACTERS

Record: TypeAlias = dict[str, Any]
"""One post: keys of :data:`stancekit.posts.COLUMNS`, and any extra columns of the user's own.

An absent key and ``None`` both mean that the value is missing.
"""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row of the source that could not be read as a post.

    Attributes
    ----------
    file : str
        Name of the file inside the source.
    line : int or None
        Line of a text file, or number of the item in a JSON array; both count from 1.
    reason : str
        What is wrong with it, in words.
    raw : str
        The row as it stands in the file, cut to :data:`REJECT_CHARACTERS`.
    lines, size : int
        Lines and bytes of a part of the file that is not read, if it is no line of its own.
    stretch : bool
        Whether that part may hold more than one row, nobody knows how many.
    """

    file: str
    line: int | None
    reason: str
    raw: str = ""
    lines: int = 0
    size: int = 0
    stretch: bool = False

    def __post_init__(self) -> None:
        if len(self.raw) > REJECT_CHARACTERS:
            object.__setattr__(self, "raw", self.raw[:REJECT_CHARACTERS] + "…")

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about a source; no row is lost by it.

    Attributes
    ----------
    file : str
        Name of the file inside the source, or of the source.
    message : str
        What was found, and what was done about it.
    warning : bool
        True for what may spoil a study (rows that the archive's own list counts and the file
        lacks), False for what is merely told (which columns were taken for what).
    detail : object
        The same as a value, where there is one: a table's :class:`ColumnMap`.
    quoted : str
        What of the message is a cell's own words; empty where none are.
    """

    file: str
    message: str
    warning: bool = True
    detail: object = None
    quoted: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"

    @property
    def bare(self) -> str:
        """The message without the words of a cell, and without the file's name."""
        return self.message.replace(self.quoted, "…") if self.quoted else self.message


Item: TypeAlias = Record | Reject | Notice

Numbered: TypeAlias = Iterable["tuple[int, Any] | Reject | Notice"]
"""Values with their line, or their place in an array from 1; rejects for what is unreadable."""


MISSHAPEN: Final = (
    *(TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError),
)
"""What code raises that meets values of other types than a format has."""


class UnreadableError(ValueError):
    """A value cannot be read as a post; says why, in words that quote nothing of it."""


class NotAPostError(Exception):
    """A value is rightly no post (an advertisement, a like); says what it is, in the plural."""


def records_from(
    items: Numbered,
    file: str,
    record_of: Callable[[Any], Record],
    left_out: Counter[str] | None = None,
) -> Iterator[Item]:
    """Turn the items of a file into records.

    Parameters
    ----------
    items : iterable of (number, value), Reject or Notice
        Rejects and notices are passed on.
    file : str
        Name of the file, for ``source_ref``.
    record_of : callable
        Gives the record of a value. Raises :class:`UnreadableError` with what is wrong with a
        value that is no post, and :class:`NotAPostError` where it is right that it is none.
    left_out : Counter, optional
        Counts what was rightly no post. Without it a notice at the end says so of the file.

    Examples
    --------
    >>> found = records_from([(1, "7"), (2, "x")], "a.csv", lambda text: {"id": str(int(text))})
    >>> next(found)
    {'id': '7', 'source_ref': 'a.csv:1'}
    >>> next(found).line
    2
    """
    counted: Counter[str] = Counter() if left_out is None else left_out
    for item in items:
        if not isinstance(item, tuple):
            yield item
            continue
        number, value = item
        try:
            record = record_of(value)
        except MISSHAPEN as error:
            yield Reject(file, number, reason_of(error), as_raw(value))
        except NotAPostError as other:
            counted[str(other)] += 1
        else:
            record["source_ref"] = f"{file}:{number}"
            yield record
    if left_out is None:
        yield from notices_of(counted, file)


def reason_of(error: Exception) -> str:
    """Say why a value is no post; what other code than ours says of it may quote the value.

    Examples
    --------
    >>> reason_of(UnreadableError("no post: it has no id"))
    'no post: it has no id'
    >>> reason_of(ValueError("invalid literal for int() with base 10: 'Ada'"))
    'a value of another kind than its place has (ValueError)'
    """
    if isinstance(error, UnreadableError):
        return str(error)
    return f"a value of another kind than its place has ({type(error).__name__})"


def parts_of(items: Numbered, unpack: Callable[[Any], Iterable[Any]]) -> Iterator[Any]:
    """Put what each value holds (a page's posts) in its place, under its number.

    Examples
    --------
    >>> list(parts_of([(1, "ab"), (2, "c")], list))
    [(1, 'a'), (1, 'b'), (2, 'c')]
    """
    for item in items:
        if not isinstance(item, tuple):
            yield item
        else:
            number, value = item
            try:
                parts = list(unpack(value))
            except MISSHAPEN:
                parts = [value]  # no post either, and told as such
            for part in parts:
                yield number, part


def notices_of(left_out: Counter[str], where: str) -> Iterator[Notice]:
    """Say in one line what was rightly no post, and how often; nothing if there was nothing.

    Examples
    --------
    >>> print(*notices_of(Counter({"likes": 1200, "polls": 3}), "outbox.json"))
    outbox.json: left out: 1,200 likes, 3 polls
    """
    if left_out:
        said = [f"{count:,} {what}" for what, count in left_out.most_common(KINDS_SAID)]
        more = ", …" if len(left_out) > KINDS_SAID else ""
        yield Notice(where, f"left out: {', '.join(said)}{more}", warning=False)


def as_raw(value: Any) -> str:
    """Write a value for a reject."""
    try:
        return str(value)
    except RecursionError:
        return f"a {type(value).__name__} of values deep inside one another"
