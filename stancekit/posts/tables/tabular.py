"""Rows of any table, as records: the part that CSV, JSON lines and Parquet share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, Final

from stancekit.errors import ArgumentError, FormatError, InputError, StancekitError
from stancekit.posts.files.source import Source
from stancekit.posts.ids import as_id, rounded_id, rounded_ids
from stancekit.posts.limits import ROWS_ASKED, ROWS_SAMPLED
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Numbered, Record, UnreadableError, records_from
from stancekit.posts.table import COLUMNS
from stancekit.posts.tables.cells import as_links, as_list, as_name, as_text, is_missing
from stancekit.posts.tables.clock import Clock
from stancekit.posts.tables.columns import ColumnMap, guess_columns
from stancekit.posts.tables.kinds import KindTeller
from stancekit.posts.tables.mending import Mender
from stancekit.posts.tables.names import NAMES
from stancekit.posts.tables.values import is_yes, value_at
from stancekit.posts.times import is_date_only, snowflake_time

FIELDS: Final = (*(name for name in NAMES if name not in {"id", "author"}),)
"""Columns of the post table that an option of the same name says where to find."""

TESTED_ON: Final = (
    "invented files of many dialects and encodings; real tables of twarc, minet, rtweet and Kaggle"
)

OPTIONS: Final = (
    "text",
    "id",
    "author",
    "time",
    "columns",
    "time_format",
    "day_first",
    "keep_text",
    *FIELDS,
)
"""Options of every table: the names of its columns (of any as a mapping), and how times are
written."""

ID_FIELDS: Final = frozenset(
    ("id", "author_id", "reply_to_id", "quoted_id", "repost_of", "conversation_id")
)

_CONVERT: Final[dict[str, Callable[[Any], Any]]] = {
    **{name: as_text for name, dtype in COLUMNS.items() if dtype == "string"},
    **{name: as_list for name, dtype in COLUMNS.items() if dtype == "object"},
    **dict.fromkeys(ID_FIELDS, as_id),
    **dict.fromkeys(("author", "reply_to_author", "quoted_author"), as_name),
    "urls": as_links,
}


def table_reader(
    name: str,
    description: str,
    sniff: Callable[[bytes], bool],
    rows: Callable[..., Numbered],
    options: tuple[str, ...] = (),
    tested_on: str = "",
) -> Reader:
    """Make the reader of a table format.

    Parameters
    ----------
    name, description, tested_on
        As in :class:`Reader`.
    sniff : callable
        ``sniff(head) -> bool`` on the first bytes of a file. A folder is of the format if every
        file in it is.
    rows : callable
        ``rows(stream, file, **options)`` yields ``(line, row)`` for each row, the row a dict that
        may be taken apart, rejects, and notices.
    options : tuple of str
        Options of ``rows``, besides those that every table has.
    """

    def sniff_all(source: Source) -> bool:
        return bool(source.names) and all(sniff(source.head(file)) for file in source.names)

    def read(
        source: Source,
        *,
        text: str | None = None,
        id: str | None = None,  # noqa: A002 (the column's name)
        author: str | None = None,
        time: str | None = None,
        columns: Mapping[str, str] | ColumnMap | None = None,
        time_format: str | None = None,
        day_first: str | bool | None = None,
        keep_text: str | bool = False,
        **own: Any,
    ) -> Iterator[Item]:
        given: Mapping[str, str | None] | ColumnMap
        if isinstance(columns, ColumnMap):
            given = columns
        else:
            named = {name: own.pop(name) for name in FIELDS if name in own}
            given = {"text": text, "id": id, "author": author, "created_at": time}
            given = {**given, **(columns or {}), **named}

        def table_of(file: str) -> Iterator[Item]:
            with source.open(file) as stream:
                yield from table_records(
                    rows(stream, file, **own),
                    file,
                    given=given,
                    time_format=time_format,
                    day_first=day_first,
                    keep_text=keep_text,
                )

        return _each(table_of, source.names)

    return Reader(name, description, sniff_all, read, (*OPTIONS, *options), tested_on)


def _each(table_of: Callable[[str], Iterator[Item]], files: Sequence[str]) -> Iterator[Item]:
    """Yield what each file holds; one of several that is no table of posts is told, not read."""
    reasons: list[StancekitError] = []
    for file in files:
        table = table_of(file)
        try:
            first = next(table, None)
        except ArgumentError:
            raise
        except (FormatError, InputError) as error:
            reasons.append(error)
            why = str(error).removeprefix(f"{file}: ")
            if len(reasons) == len(files):
                raise reasons[0] from None
            yield Notice(file, f"not read: {why}")
            continue
        if first is not None:
            yield first
        elif len(files) > 1:
            yield Notice(file, "there are no rows in it", warning=False)
        yield from table


def table_records(
    rows: Numbered,
    file: str,
    *,
    given: Mapping[str, str | None] | ColumnMap,
    time_format: str | None = None,
    day_first: str | bool | None = None,
    keep_text: str | bool = False,
) -> Iterator[Item]:
    """Turn the rows of one table into records.

    Parameters
    ----------
    rows : iterable of (line, row), Reject or Notice
        Each row a dict that may be taken apart; the others are passed on.
    file : str
        Name of the file, for messages and ``source_ref``.
    given : mapping
        The columns that the user named; see :func:`guess_columns`. A :class:`ColumnMap` is taken
        as it is: the rows are a piece of a table whose start was looked at before.
    time_format, day_first
        As :class:`Clock` takes them.
    keep_text : bool, or "yes" or "no"
        Leave texts as they stand, rather than as :class:`Mender` gives them.

    Yields
    ------
    Notice
        First, and not as a warning: which columns were taken for what.
    Record or Reject
        One for each row.
    Notice
        Last, if times could not be read.
    """
    remaining = iter(rows)
    for item in remaining:
        if isinstance(item, tuple):
            break
        yield item  # what is broken before the first row, however much of it there is
    else:
        return
    first = [item, *islice(remaining, ROWS_SAMPLED - 1)]
    sample = [item[1] for item in first if isinstance(item, tuple)]
    said: list[Notice] = []
    if isinstance(given, ColumnMap):
        columns = given
        order = columns.day_first if day_first is None else day_first
        clock = Clock((), time_format, order, columns.zone)
    else:
        columns, said = _guessed(sample, file, given)
        times, ids = (columns.fields.get(field, "") for field in ("created_at", "id"))
        clock = Clock(_pairs(first, times, ids), time_format, day_first, columns.zone)
        if clock.undecided:
            more = list(islice(remaining, ROWS_ASKED))
            clock.look(_pairs(more, times, ids))
            first += more
        columns = replace(columns, day_first=clock.day_first)
    yield Notice(file, str(columns), warning=False, detail=columns)
    yield from said
    late: dict[str, tuple[str, str]] = {}
    own = "source_format" in sample[0]  # a table of our own, whose texts were mended once
    mender = Mender(keep=own or is_yes(keep_text, "keep_text", file))
    mapper = _mapper(columns, clock, mender, late)
    yield from records_from(chain(first, remaining), file, mapper)
    for field, (name, cell) in late.items():
        yield Notice(file, rounded_ids(name, cell, field))
    times = columns.fields.get("created_at", "")
    yield from (Notice(file, message, warns) for message, warns in clock.said(times))
    yield from (Notice(file, message) for message in mender.said())


def _pairs(items: list[Any], times: str, ids: str) -> Iterator[tuple[Any, Any]]:
    rows = (item[1] for item in items if isinstance(item, tuple))
    return ((value_at(row, times), value_at(row, ids)) for row in rows)


def _guessed(
    sample: list[dict[str, Any]], file: str, given: Mapping[str, str | None]
) -> tuple[ColumnMap, list[Notice]]:
    """Guess the columns; ids that a spreadsheet has rounded are none, and that is said."""
    names = list(dict.fromkeys(chain.from_iterable(sample)))
    given = {field: _by_place(name, names) for field, name in given.items()}
    columns = guess_columns(names, sample, where=file, given=given)
    said = []
    for field, name in columns.fields.items():
        if field in ID_FIELDS and (cell := rounded_id(value_at(row, name) for row in sample)):
            columns = columns.without(field)
            said.append(Notice(file, rounded_ids(name, cell, field)))
    return columns, said


def _by_place(name: str | None, names: list[str]) -> str | None:
    """Take a number for a column's place, where it is the name of none."""
    place = f"column_{name}"
    return place if name not in names and place in names else name


def _mapper(
    columns: ColumnMap, clock: Clock, mender: Mender, late: dict[str, tuple[str, str]]
) -> Callable[[dict[str, Any]], Record]:
    """Make the function from a row to a record; it runs once a row, so it does little."""
    fields = dict(columns.fields)
    text_name = fields.pop("text")
    time_name = fields.pop("created_at", None)
    fields.pop("kind", None)
    kinds = KindTeller(columns, late)
    plan = [(field, name, _CONVERT[field]) for field, name in fields.items()]
    reserved = COLUMNS.keys()
    taken = (*columns.fields.values(), *columns.flags.values())
    nested = tuple(name for name in taken if "." in name)

    def to_record(row: dict[str, Any]) -> Record:
        for name in nested:
            if name not in row:
                row[name] = value_at(row, name)
        record: Record = {"text": mender.mend(_text(row.pop(text_name, None), text_name))}
        for field, name, convert in plan:
            value = row.pop(name, None)
            if value is not None and not is_missing(value):
                try:
                    record[field] = convert(value)
                except ValueError:  # an id that was rounded is none
                    late.setdefault(field, (name, str(value)))
                    row[name] = value
        if time_name is not None:
            _take_time(record, row, time_name, columns.hour, clock)
        elif columns.time_by_id:
            moment = snowflake_time(record.get("id") or "")
            record |= {"created_at": moment, "time_known": moment is not None}
        kinds.tell(record, row)
        if reserved.isdisjoint(row):
            record.update(row)
        else:
            record.update((columns.extra_name(k), v) for k, v in row.items() if k not in _DERIVED)
        return record

    return to_record


def _text(value: Any, name: str) -> str | None:
    if isinstance(value, (dict, list)):
        raise UnreadableError(f"column {name!r} holds an object here, no text")
    return as_text(value)


def _take_time(record: Record, row: dict[str, Any], name: str, hour: str, clock: Clock) -> None:
    """Take a row's time; a cell that is none stays among the columns carried through."""
    value = row.pop(name, None)
    if value is None or is_missing(value):
        return
    if hour and not is_missing(at := row.pop(hour, None)):
        value = f"{value} {at}"
    moment = record["created_at"] = clock.read(value)
    record["time_known"] = moment is not None and not is_date_only(value)
    if moment is None:
        row[name] = value


_DERIVED: Final = frozenset({"time_known", "source_format", "source_ref"})
