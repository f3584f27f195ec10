"""Excel workbooks (.xlsx, .xlsm): one sheet, row by row."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from io import BufferedReader, BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from stancekit.errors import FormatError, InputError, StancekitError
from stancekit.posts.files.containers import explained, open_zip
from stancekit.posts.files.opening import plain_file
from stancekit.posts.files.source import Source
from stancekit.posts.ids import EXACT_DIGITS
from stancekit.posts.limits import (
    ROWS_ABOVE,
    WORKBOOK_BYTES,
    WORKBOOK_ROWS,
    WORKBOOK_ROWS_IN_BATCH,
    WORKBOOK_STRING_BYTES,
)
from stancekit.posts.record import Item, Notice
from stancekit.posts.tables.delimited import unique_names
from stancekit.posts.tables.dialect import header_score
from stancekit.posts.tables.tabular import table_reader

FULL_CELL: Final = 32_767
"""A cell holds no more characters, and Excel cuts what is longer."""

_CODED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOSSES: Final = {
    "cut": "cells are as long as a cell can be: Excel has cut what was longer",
    "#NAME?": "cells hold #NAME?: Excel took text that starts with =, + or - for a formula, and "
    "the words are lost; import the original table with that column as text",
}


def sniff(source: Source) -> bool:
    """Tell a workbook by the parts inside it."""
    return "[Content_Types].xml" in source.names and "xl/workbook.xml" in source.names


def read(source: Source, **options: Any) -> Iterator[Item]:
    """Yield the rows of one sheet as records; see :func:`table_reader` for the options.

    Formulas give the value that Excel computed last; a date without a time of day leaves
    ``time_known`` false. Numbers past 15 digits are no ids any more and are refused as such.
    """
    _check_parts(source)
    found = source.find("workbook.xml")  # among several sources a workbook has a name for it
    book = found[0] if found else ""  # no workbook at all: told as a damaged one
    name = book.removesuffix("xl/workbook.xml").rstrip("/") or source.path.name
    yield from _TABLE.read(replace(plain_file(source.path), names=(name,)), **options)


def is_inside(source: Source, file: str) -> bool:
    """Tell whether a file of a folder or archive is a workbook."""
    if not source.head(file).startswith(b"PK\x03\x04"):
        return False
    try:
        with _parts(source, file, _held(source.opener(file), file)) as parts:
            return sniff(parts)
    except StancekitError:
        return False


def read_inside(source: Source, **options: Any) -> Iterator[Item]:
    """Yield the rows of a workbook that is the only file of a source, as :func:`read` does."""
    (file,) = source.names
    raw = _held(source.open(file), file)
    with _parts(source, file, raw) as parts:
        _check_parts(parts)
    held = Source(source.path, source.names, lambda _: BufferedReader(BytesIO(raw)))
    yield from _TABLE.read(held, **options)


def _held(stream: BufferedReader, file: str) -> bytes:
    """Hold a workbook: its parts are read here and there, which a file in an archive cannot."""
    with stream:
        raw = stream.read(WORKBOOK_BYTES)
        if stream.read(1):
            raise InputError(f"{file}: too large a workbook; unpack it, or save it as CSV UTF-8")
    return raw


def _parts(source: Source, file: str, raw: bytes) -> Source:
    return open_zip(source.path / file, BytesIO(raw))


def check_workbook(path: Path) -> None:
    """Refuse a workbook of which a part would unpack to the whole memory.

    Raises
    ------
    FormatError
        If it is damaged, or would.
    """
    with explained(path), open_zip(path) as parts:
        _check_parts(parts)


def _check_parts(parts: Source) -> None:
    for name in parts.names:
        parts.open(name).close()  # refuses a part that would unpack to the whole memory


def rows(
    stream: BufferedReader, file: str, sheet: str | None = None
) -> Iterator[tuple[int, dict[str, Any]] | Notice]:
    """Yield each row below the header with its number in the sheet; at the end, what is lost.

    Raises
    ------
    InputError
        If no sheet has that name, or more than one could be meant.
    FormatError
        If the workbook is damaged.
    """
    header: list[str] = []
    losses: Counter[str] = Counter()
    for number, cells in _cells(stream, file, sheet):
        if not header:
            header = unique_names([str(cell) if cell is not None else "" for cell in cells])
        elif any(cell is not None for cell in cells):
            row = dict(zip(header, (_value(cell, losses) for cell in cells), strict=False))
            yield number, {**dict.fromkeys(header), **row}
    for loss, count in losses.items():
        yield Notice(file, f"{count:,} {_LOSSES[loss]}")


def titles(stream: BufferedReader, file: str) -> list[str]:
    """Name the sheets of a workbook.

    Raises
    ------
    FormatError
        If it is damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [sheet.title for sheet in _opened(stream, file).worksheets]
    except StancekitError:
        raise
    except Exception as error:
        raise FormatError(f"{file}: damaged workbook ({error or type(error).__name__})") from error


def _cells(
    stream: BufferedReader, file: str, sheet: str | None
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the header and the rows below it; whatever openpyxl raises means a damaged file."""
    number = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and filters, which are not read
            book = _opened(stream, file)
            chosen, skip = _sheet(book, file, sheet)
        numbered = enumerate(chosen.iter_rows(values_only=True), 1)
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(numbered, WORKBOOK_ROWS_IN_BATCH))
            for number, cells in batch:
                if number > skip:
                    yield number, cells
            if not batch:
                return
            if number > WORKBOOK_ROWS:
                raise FormatError(
                    f"{file}: names a row past {WORKBOOK_ROWS:,}; no Excel wrote that"
                )
    except StancekitError:
        raise
    except Exception as error:
        raise FormatError(
            f"{file}: damaged workbook, after {number:,} rows ({error or type(error).__name__}); "
            "open it in a spreadsheet and save it again, or save the sheet as CSV UTF-8"
        ) from error


def _opened(stream: BufferedReader, file: str) -> Any:
    from openpyxl import load_workbook

    with ZipFile(stream) as archive:
        for part in archive.infolist():
            if (
                part.filename.endswith("sharedStrings.xml")
                and part.file_size > WORKBOOK_STRING_BYTES
            ):
                raise InputError(f"{file}: too much text for Excel; save the sheet as CSV UTF-8")
    stream.seek(0)
    return load_workbook(stream, read_only=True, data_only=True, keep_links=False)


def _sheet(book: Any, file: str, wanted: str | None) -> tuple[Any, int]:
    """Choose the sheet, and how many rows stand above its header."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for sheet in sheets.values():
        sheet.reset_dimensions()  # what other programs state there is often wrong
    if wanted is not None:
        if wanted not in sheets:
            raise InputError(f"{file}: no sheet {wanted!r}; there are: {', '.join(sheets)}")
        return sheets[wanted], _above_header(sheets[wanted])[0]
    found = {title: _above_header(sheet) for title, sheet in sheets.items()}
    best = max((score for _, score in found.values()), default=-1)
    fitting = [title for title, (_, score) in found.items() if score == best]
    if best > 0 and len(fitting) > 1:
        raise InputError(
            f"{file}: more than one sheet could hold the posts: {', '.join(fitting)}; "
            f"say which one, as in sheet={fitting[0]!r}"
        )
    if best >= 0:
        return sheets[fitting[0]], found[fitting[0]][0]
    raise InputError(f"{file}: a workbook without rows; save the sheet with the posts in it")


def _above_header(sheet: Any) -> tuple[int, int]:
    """Return how many rows stand above the header, and its score; -1 for an empty sheet."""
    first: tuple[int, int] | None = None
    alone = False
    for number, cells in enumerate(sheet.iter_rows(max_row=ROWS_ABOVE, values_only=True)):
        score = header_score(cells)
        if score == 2 or (score and first is None):
            return number, score
        filled = sum(cell is not None for cell in cells)
        if (first is None and filled) or (alone and filled > 2):  # below a title that stands alone
            first, alone = (number, 0), filled == 1
    return first or (0, -1)


def _value(cell: Any, losses: Counter[str]) -> Any:
    if type(cell) is str:
        if len(cell) >= FULL_CELL:
            losses["cut"] += 1
        elif cell == "#NAME?":
            losses["#NAME?"] += 1
        if "_x" in cell:
            cell = _CODED.sub(lambda found: chr(int(found[1], 16)), cell)
        return cell.replace("\r\n", "\n").replace("\r", "\n") or None
    if type(cell) is datetime:
        at_midnight = cell.time() == time()
        return cell.date().isoformat() if at_midnight else cell
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if type(cell) is int and abs(cell) >= 10**EXACT_DIGITS and cell % 10 == 0:
        digits = str(abs(cell))
        if not digits[EXACT_DIGITS:].strip("0"):
            return float(cell)  # rounded: a sheet's numbers keep 15 digits
    return cell


_TABLE: Final = table_reader(
    "xlsx",
    "Excel workbook: one sheet, with the names of the columns above",
    lambda _: False,
    rows,
    options=("sheet",),
    tested_on="workbooks written by openpyxl; a real one of annotators",
)
READER = replace(_TABLE, sniff=sniff, read=read)
