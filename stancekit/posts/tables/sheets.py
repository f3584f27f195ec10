"""CSV exports whose columns a tool has fixed: told by their header, read by its names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.files.source import Source
from stancekit.posts.ids import refuse_rounded
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record, Reject
from stancekit.posts.tables.columns import ColumnMap, plain_name
from stancekit.posts.tables.delimited import detect_dialect
from stancekit.posts.tables.delimited import rows as delimited_rows

Take: TypeAlias = Callable[[str], "str | None"]
"""Takes a cell out of a row by its column's plain name; None if there is none, or it is empty."""

_SUFFIXES: Final = frozenset((".csv", ".tsv", ".tab", ".txt"))
_NO_COLUMNS: Final = ColumnMap({})


@dataclass(frozen=True)
class Sheet:
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
    """

    columns: frozenset[str]
    record: Callable[[Take], Record]
    drop: tuple[str, ...] = ()
    id_column: str = "id"
    mend: Callable[[str], str] | None = None


def sheet_reader(name: str, description: str, *sheets: Sheet) -> Reader:
    """Make the reader of a tool's CSV exports; other files beside them are passed over.

    Parameters
    ----------
    name, description
        As in :class:`Reader`.
    *sheets : Sheet
        The kinds of file, the one with the most particular columns first.
    """

    def kinds(source: Source) -> Iterator[tuple[str, Sheet]]:
        for file in source.names:
            if len(source.names) == 1 or PurePosixPath(file).suffix.lower() in _SUFFIXES:
                sheet = sheet_of(source.head(file), sheets)
                if sheet is not None:
                    yield file, sheet

    def sniff(source: Source) -> bool:
        return next(kinds(source), None) is not None

    def read(source: Source) -> Iterator[Item]:
        for file, sheet in kinds(source):
            yield from _items(source, file, sheet)

    return Reader(name, description, sniff, read)


def sheet_of(head: bytes, sheets: tuple[Sheet, ...]) -> Sheet | None:
    """Return the kind of CSV file that starts like this."""
    start = decode_head(head[:4096]).lstrip("\ufeff \r\n")
    if not start or start[0] in "{[<":
        return None
    header = {plain_name(cell) for cell in detect_dialect(head).header}
    return next((sheet for sheet in sheets if sheet.columns <= header), None)


def _items(source: Source, file: str, sheet: Sheet) -> Iterator[Item]:
    with source.open(file) as stream:
        first: list[tuple[int, dict[str, str]] | Reject] = []
        rows = delimited_rows(stream, file, mend=sheet.mend)
        for item in rows:
            first.append(item)
            if len(first) == 200:
                break
        names: dict[str, str] = {}
        for item in first:
            if not isinstance(item, Reject):
                for name in item[1]:
                    names.setdefault(plain_name(name), name)
        id_name = names.get(sheet.id_column)
        if id_name is not None:
            ids = (item[1].get(id_name) for item in first if not isinstance(item, Reject))
            refuse_rounded(ids, where=file, column=id_name, without="format='csv', id=''")
        convert = _converter(names, sheet)
        for batch in (first, rows):
            for item in batch:
                yield item if isinstance(item, Reject) else convert(file, *item)


def _converter(names: Mapping[str, str], sheet: Sheet) -> Callable[..., Record | Reject]:
    def convert(file: str, line: int, row: dict[str, str]) -> Record | Reject:
        whole = dict(row)

        def take(name: str) -> str | None:
            return row.pop(names[name], None) or None if name in names else None

        try:
            record = sheet.record(take)
        except ValueError as error:
            return Reject(file, line, str(error), ",".join(whole.values()))
        for name in sheet.drop:
            take(name)
        record.update((_NO_COLUMNS.extra_name(name), value) for name, value in row.items())
        record["source_ref"] = f"{file}:{line}"
        return record

    return convert
