"""The label table as an Excel workbook: ids and texts as text, nothing as a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa

from stancekit.errors import RunError
from stancekit.runs.output.cells import json_cells
from stancekit.runs.output.writers import Batches, Style, plain

#: What a sheet and a cell of Excel hold.
ROWS: Final = 1_048_576
CELL: Final = 32_767

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CLOCK: Final = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT[\d:]+Z(?=<)")


def write_xlsx(path: Path, schema: pa.Schema, batches: Batches, style: Style) -> None:
    """Write one sheet, ``posts``, with the names of the columns above.

    A text past 32,767 characters, the most that a cell holds, is cut there and ends in "…".
    The same table gives the same bytes.

    Raises
    ------
    RunError
        If there are more posts than rows in a sheet.
    """
    write_sheet(path, schema.names, _rows(path, batches))


def write_sheet(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write one sheet of rows below their names, as `write_xlsx` does."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("posts")
    made = path.with_name(f"{path.name}.made")
    try:
        sheet.append([_cell(sheet, name) for name in names])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
        with _writing(made) as file:
            book.save(file)
        _without_clock(made, path)
    finally:
        if not sheet.closed:
            sheet.close()
        made.unlink(missing_ok=True)


class _Patient(FileIO):
    """A file that keeps its first failure: ZipFile writes on after one, and again when it goes."""

    failure: OSError | None = None

    def write(self, data: Any) -> int:
        left = memoryview(data)
        try:
            while left and self.failure is None:
                left = left[super().write(left) :]
        except OSError as error:
            self.failure = error
        return len(data)


@contextmanager
def _writing(path: Path) -> Iterator[FileIO]:
    with _Patient(path, "w+") as file:
        yield file
        if file.failure is not None:
            raise file.failure


def _rows(path: Path, batches: Batches) -> Iterator[tuple[Any, ...]]:
    written = 1
    for batch in batches:
        written += len(batch)
        if written > ROWS:
            raise RunError(
                f"{path.name}: more than {ROWS - 1:,} posts, which a sheet of Excel does not hold. "
                "Name the output .csv or .parquet"
            )
        yield from zip(*map(_values, batch.columns), strict=True)


def _values(column: pa.Array) -> list[Any]:
    column = plain(column)
    if pa.types.is_list(column.type):
        column = json_cells(column)
    values: list[Any] = column.to_pylist()
    return values


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return None if value != value else value
    value = _ILLEGAL.sub("\ufffd", value)
    if len(value) > CELL:
        value = f"{value[: CELL - 1]}…"
    if not value.startswith("="):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # or it would be a formula
    return cell


def _without_clock(made: Path, path: Path) -> None:
    """Copy a workbook, its parts dated alike: the same posts are the same file."""
    with ZipFile(made) as old, _writing(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            with old.open(name) as source, new.open(part, "w") as target:
                while block := source.read(1 << 20):
                    told = name == "docProps/core.xml"
                    target.write(_CLOCK.sub(b"1980-01-01T00:00:00Z", block) if told else block)
