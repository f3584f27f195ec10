"""Rows of any table, as records: the part that CSV, JSON lines and Parquet share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from typing import Any, Final

from stancekit.errors import ArgumentError, FormatError, InputError, StancekitError
from stancekit.posts.chain import LED, UNTOLD, WHERE_LED, Chain
from stancekit.posts.files.source import Source
from stancekit.posts.ids import rounded_id, rounded_ids
from stancekit.posts.limits import ROWS_ASKED, ROWS_SAMPLED
from stancekit.posts.reader import Reader
from stancekit.posts.record import (
    MISSHAPEN,
    Item,
    Notice,
    Numbered,
    Record,
    records_from,
)
from stancekit.posts.tables.chain_column import opens_with_chain
from stancekit.posts.tables.clock import Clock
from stancekit.posts.tables.columns import ColumnMap, guess_columns
from stancekit.posts.tables.id_times import NOTHING, Held, IdTimes, told_by_ids
from stancekit.posts.tables.mapping import ID_FIELDS, mapper_of
from stancekit.posts.tables.mending import Mender
from stancekit.posts.tables.names import NAMES, X_IDS, plain_name
from stancekit.posts.tables.values import is_yes, value_at

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
    own = "source_format" in sample[0]  # a table of our own: mended and settled once
    said: list[Notice] = []
    if isinstance(given, ColumnMap):
        columns = given
        order = columns.day_first if day_first is None else day_first
        clock = Clock((), time_format, order, columns.zone)
    else:
        columns, said, ids = _guessed(sample, file, given)
        times = columns.fields.get("created_at", "")
        clock = Clock(_pairs(first, times, ids), time_format, day_first, columns.zone)
        if clock.undecided:
            more = list(islice(remaining, ROWS_ASKED))
            clock.look(_pairs(more, times, ids))
            first += more
        columns = replace(columns, day_first=clock.day_first)
        if not own:
            held, wrong = _held(columns, first[:ROWS_SAMPLED], ids, clock)
            columns = replace(columns, held=held)
            said += [Notice(file, wrong)] if wrong else []
        columns = replace(columns, opens=opens_with_chain(_tried(sample, columns)))
    yield Notice(file, str(columns), warning=False, detail=columns)
    yield from said
    late: dict[str, tuple[str, str]] = {}
    mender = Mender(keep=own or is_yes(keep_text, "keep_text", file))
    people = Chain({True: LED, False: UNTOLD, None: WHERE_LED}[columns.opens])
    id_times = IdTimes(columns.held) if columns.held.platform else None
    mapper = mapper_of(columns, clock, mender, people, late, id_times)
    yield from records_from(chain(first, remaining), file, mapper)
    for field, (name, cell) in late.items():
        yield Notice(file, rounded_ids(name, cell, field), quoted=cell)
    times = columns.fields.get("created_at", "")
    told = clock.said(times, filled=id_times is not None)
    told += id_times.said(times) if id_times else []
    cell = repr(clock.example) if clock.example else ""
    yield from (Notice(file, message, warns, quoted=cell) for message, warns in told)
    yield from (Notice(file, message) for message in mender.said())
    yield from (Notice(file, message, warning=False) for message in people.said())


def _tried(sample: list[dict[str, Any]], columns: ColumnMap) -> Iterator[Record]:
    """Make records of the first rows, and leave the rows as they are."""
    mapper = mapper_of(columns, Clock(), Mender(keep=True), Chain(), {})
    for row in sample:
        with suppress(*MISSHAPEN):
            yield mapper(dict(row))


def _pairs(items: list[Any], times: str, ids: str) -> Iterator[tuple[Any, Any]]:
    rows = (item[1] for item in items if isinstance(item, tuple))
    return ((value_at(row, times), value_at(row, ids)) for row in rows)


def _held(columns: ColumnMap, first: list[Any], ids: str, clock: Clock) -> tuple[Held, str]:
    """Tell from the first rows what ids say of the times."""
    times = columns.fields.get("created_at", "")
    if not (times and ids):
        return NOTHING, ""
    rows = (item[1] for item in first if isinstance(item, tuple))
    cells = ((_at(row, times, columns.hour), value_at(row, ids)) for row in rows)
    read = ((cell, clock.told(cell), post_id) for cell, post_id in cells)
    return told_by_ids(ids, read, of_x=plain_name(ids) in X_IDS)


def _at(row: Mapping[str, Any], times: str, hour: str) -> Any:
    cell = value_at(row, times)
    return f"{cell} {row.get(hour)}" if hour else cell


def _guessed(
    sample: list[dict[str, Any]], file: str, given: Mapping[str, str | None]
) -> tuple[ColumnMap, list[Notice], str]:
    """Guess the columns; ids that a spreadsheet has rounded are none, and that is said.

    The column of ids is given apart: rounded ones still hold their time.
    """
    names = list(dict.fromkeys(chain.from_iterable(sample)))
    given = {field: _by_place(name, names) for field, name in given.items()}
    columns = guess_columns(names, sample, where=file, given=given)
    said, ids = [], columns.fields.get("id", "")
    for field, name in columns.fields.items():
        if field in ID_FIELDS and (cell := rounded_id(value_at(row, name) for row in sample)):
            columns = columns.without(field)
            said.append(Notice(file, rounded_ids(name, cell, field), quoted=cell))
    return columns, said, ids


def _by_place(name: str | None, names: list[str]) -> str | None:
    """Take a number for a column's place, where it is the name of none."""
    place = f"column_{name}"
    return place if name not in names and place in names else name
