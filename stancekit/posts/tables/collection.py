"""Tables of several kinds in one folder or archive, or beside files that are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from stancekit.errors import FormatError, InputError, StancekitError
from stancekit.posts.files.source import Source, suffix_of
from stancekit.posts.files.unknown import NOT_POSTS
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice
from stancekit.posts.tables import csv_file, excel, json_array, jsonl, parquet
from stancekit.posts.tables.columns import ColumnMap

_WORKBOOK: Final = replace(
    excel.READER,
    sniff=lambda source: excel.is_inside(source, source.names[0]),
    read=excel.read_inside,
)
_KINDS: Final = (parquet.READER, _WORKBOOK, jsonl.READER, json_array.READER, csv_file.READER)
_ENDINGS: Final = frozenset(
    (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xlsm")
)


def sniff(source: Source) -> bool:
    """Tell whether a file called as tables are has a column called as texts are.

    Files that are all of one kind are a table of that kind, and none of these.
    """
    if any(source.find(name) for name, _ in NOT_POSTS) or _is_one_kind(source):
        return False
    alike = _are_alike(source)
    return any(
        _names_a_text(kind.read(replace(table, _opened=set())), alike)
        for table, kind in _tables(source)
        if len(source.names) > 1 or kind is _WORKBOOK
    )


def _is_one_kind(source: Source) -> bool:
    alike = _are_alike(source) or set(map(suffix_of, source.names)) <= _ENDINGS
    return alike and any(kind.sniff(source) for kind in _KINDS if kind is not _WORKBOOK)


def _tables(source: Source) -> Iterator[tuple[Source, Reader]]:
    """Yield each table, alone, and of what kind it is."""
    for name in source.names:
        if suffix_of(name) in _ENDINGS:
            table = source.only(name)
            kind = next((kind for kind in _KINDS if kind.sniff(table)), None)
            if kind is not None:
                yield table, kind


def _are_alike(source: Source) -> bool:
    """Tell whether all files are of one kind: their tables are then read as each is alone."""
    return len(set(map(suffix_of, source.names))) == 1


def _names_a_text(items: Iterator[Item], alike: bool) -> bool:
    try:
        return _why_not(next(items, None), alike) == ""
    except StancekitError:
        return False


def _why_not(first: Item | None, alike: bool) -> str:
    """Say why a table is not read, by the first thing its reader says; nothing if it is."""
    if first is None:
        return "there are no rows in it"
    columns = first.detail if isinstance(first, Notice) else None
    if isinstance(columns, ColumnMap) and columns.by_cells and not alike:
        return (
            "no column is called as texts are; if "
            f"{columns.fields['text']!r} holds them, name it, or give this table by itself"
        )
    return ""


def read(source: Source, **options: Any) -> Iterator[Item]:
    """Yield the rows of each table as records, each by its own columns.

    A table without a column for the text is not read, with a notice.

    Raises
    ------
    InputError
        If none is read; the message is that of the first.
    """
    read_any, reasons = False, list[Notice]()
    alike = _are_alike(source) or "text" in options
    for table, kind in _tables(source):
        own = {name: value for name, value in options.items() if name in kind.options}
        items = kind.read(table, **own)
        try:
            first = next(items, None)
            why = _why_not(first, alike)
        except (FormatError, InputError) as error:
            why = str(error).removeprefix(f"{table.names[0]}: ")
        if why:
            reasons.append(Notice(table.names[0], f"not read: {why}"))
            continue
        read_any = True
        if first is not None:
            yield first
        yield from items
    if not read_any:
        said = str(reasons[0]) if reasons else "there is no table in it"
        raise InputError(f"{source.path}: no table of posts in it; {said}")
    yield from reasons


def _options() -> tuple[str, ...]:
    return tuple(dict.fromkeys(option for kind in _KINDS for option in kind.options))


READER = Reader(
    "tables",
    "Folder or archive of tables of several kinds: CSV, Excel, JSON, Parquet",
    sniff,
    read,
    options=_options(),
    tested_on="invented folders and zips",
)
