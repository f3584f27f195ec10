"""CSV exports whose columns a tool has fixed: told by their header, read by its names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, TypeAlias

from stancekit.errors import FormatError
from stancekit.posts.answers import with_answered
from stancekit.posts.chain import OWN
from stancekit.posts.files.encoding import decode_head
from stancekit.posts.files.source import Source
from stancekit.posts.ids import rounded_id, rounded_ids
from stancekit.posts.limits import HEADER_BYTES, ROWS_SAMPLED
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, records_from
from stancekit.posts.tables.columns import ColumnMap
from stancekit.posts.tables.delimited import rows
from stancekit.posts.tables.dialect import detect_dialect
from stancekit.posts.tables.names import plain_name

Take: TypeAlias = Callable[[str], "str | None"]
"""Takes a cell out of a row by its column's plain name; None if there is none, or it is empty."""

_SUFFIXES: Final = (".csv", ".tsv", ".tab", ".txt")
_NO_COLUMNS: Final = ColumnMap({})


@dataclass(frozen=True)
class FixedTable:
    """One kind of CSV file.

    Attributes
    ----------
    columns : frozenset of str
        Columns that all files of the kind have, as :func:`plain_name` writes them.
    record : callable
        ``record(take)`` makes the record; raises ValueError for a row that is no post. What it
        does not take is carried through under the file's own names.
    drop : tuple of str
        Columns that must not be carried through.
    id_column : str
        Column of ids that a spreadsheet may have rounded.
    mend : callable, optional
        Applied to each line before it is split; see :func:`delimited.rows`.
    answered : bool
        Whether replies get the author of the row they answer; see :func:`with_answered`.
    """

    columns: frozenset[str]
    record: Callable[[Take], Record]
    drop: tuple[str, ...] = ()
    id_column: str = "id"
    mend: Callable[[str], str] | None = None
    answered: bool = False


def fixed_reader(
    name: str,
    description: str,
    *tables: FixedTable,
    tested_on: str = "",
    beside: re.Pattern[str] | None = None,
    chain: str = OWN,
) -> Reader:
    """Make the reader of a tool's CSV exports; other files beside them are passed over.

    Parameters
    ----------
    name, description, tested_on, beside, chain
        As in :class:`Reader`.
    *tables : FixedTable
        The kinds of file, the one with the most particular columns first.
    """

    def kinds(source: Source) -> Iterator[tuple[str, FixedTable]]:
        for file in source.named(*_SUFFIXES):
            header = _header(source.head(file))
            table = next((table for table in tables if table.columns <= header), None)
            if table is not None:
                yield file, table

    def sniff(source: Source) -> bool:
        return any(True for _ in kinds(source))

    def read(source: Source) -> Iterator[Item]:
        found = list(kinds(source))
        if not found:
            file = next(iter(source.named(*_SUFFIXES)), None)
            header = _header(source.head(file)) if file else set()
            nearest = min(tables, key=lambda table: len(table.columns - header))
            require(nearest.columns, header, file or str(source.path), name)
        for file, table in found:
            yield from _records(source, file, table)

    return Reader(name, description, sniff, read, tested_on=tested_on, beside=beside, chain=chain)


def require(columns: Iterable[str], header: Iterable[str], where: str, name: str) -> None:
    """See that a table has the columns of its format.

    Raises
    ------
    FormatError
        Names those that are missing.
    """
    missing = sorted(set(columns) - set(header))
    if missing:
        raise FormatError(
            f"{where}: no table of the format {name!r}: it lacks the columns {', '.join(missing)}. "
            "Leave the format out to have it detected, or read it as any table (format csv)"
        )


def _header(head: bytes) -> set[str]:
    start = decode_head(head[:HEADER_BYTES]).lstrip("\ufeff \r\n")
    if not start or start[0] in "{[<":
        return set()
    return {plain_name(cell) for cell in detect_dialect(head).header}


def _records(source: Source, file: str, table: FixedTable) -> Iterator[Item]:
    with source.open(file) as stream:
        items = rows(stream, file, mend=table.mend)
        first = list(islice(items, ROWS_SAMPLED))
        sample = [item[1] for item in first if isinstance(item, tuple)]
        names: dict[str, str] = {}
        for name in chain.from_iterable(sample):
            names.setdefault(plain_name(name), name)
        id_name = names.get(table.id_column)
        cell = rounded_id(row.get(id_name) for row in sample) if id_name else None
        if id_name and cell:
            yield Notice(file, rounded_ids(id_name, cell, "id"), quoted=cell)
            del names[table.id_column]
        records = records_from(chain(first, items), file, _converter(table, names))
        yield from with_answered(records) if table.answered else records


def _converter(table: FixedTable, names: Mapping[str, str]) -> Callable[[dict[str, str]], Record]:
    dropped = frozenset(names[name] for name in table.drop if name in names)

    def record_of(row: dict[str, str]) -> Record:
        taken: set[str] = set()

        def take(name: str) -> str | None:
            own = names.get(name, "")
            taken.add(own)
            return row.get(own) or None

        record = table.record(take)
        for name, cell in row.items():
            if name not in taken and name not in dropped:
                record[_NO_COLUMNS.extra_name(name)] = cell
        return record

    return record_of
