"""Tables that commands of a study read and write: labelled files, files that a person filled in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancekit.cli import options
from stancekit.errors import ArgumentError, FormatError, InputError
from stancekit.show.cells import one_line, printable

if TYPE_CHECKING:
    import pandas as pd


#: A table that people filled in is read whole.
FILLED_BYTES = 1 << 28


def read_filled(path: Path) -> "pd.DataFrame":
    """Read a table that people filled in, every cell as text and as it was before it was written.

    Raises
    ------
    InputError, FormatError
        If there is none, or it cannot be read as one.
    """
    from stancekit.runs import restore_cells

    table = _read(path)
    typed = path.suffix.lower() in (".parquet", ".jsonl", ".ndjson")
    return table if typed else restore_cells(table)


def _read(path: Path) -> "pd.DataFrame":
    import pandas as pd

    if not path.is_file():
        raise InputError(f"{path}: is not there, or no file")
    if path.stat().st_size > FILLED_BYTES:
        raise InputError(f"{path}: larger than {FILLED_BYTES >> 20} MiB, as no sample to check is")
    ending = path.suffix.lower()
    try:
        if ending in (".xlsx", ".xlsm"):
            return _workbook(path)
        if ending == ".parquet":
            return pd.read_parquet(path)
        if ending in (".jsonl", ".ndjson"):
            return pd.read_json(path, lines=True, dtype=False)
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
        mark = max("\t;,", key=head.count)
        return pd.read_csv(path, sep=mark, dtype=str, encoding="utf-8-sig")
    except (ValueError, KeyError, OSError, ImportError, OverflowError) as error:
        said = one_line(str(error), 300)
        raise FormatError(f"{path}: no table can be read from it ({said})") from error


def _workbook(path: Path) -> "pd.DataFrame":
    """Read the first sheet; whatever openpyxl raises means a damaged file."""
    import pandas as pd

    from stancekit.posts.tables.excel import check_workbook

    check_workbook(path)
    try:
        return pd.read_excel(path, dtype=str)
    except Exception as error:
        raise ValueError(f"damaged workbook: {error or type(error).__name__}") from error


def write_table(table: "pd.DataFrame", output: str, force: bool) -> None:
    """Write a table whole or not at all: CSV, TSV or Excel by its ending, CSV for ``-``.

    Texts are other people's: none that a spreadsheet would run is written as it is.

    Raises
    ------
    ArgumentError
        If the ending is another.
    """
    table = table.apply(_unrun)
    if output == "-":
        written = table.to_csv(index=False)
        sys.stdout.write(printable(written) if sys.stdout.isatty() else written)
        return
    from stancekit.runs.files import whole
    from stancekit.runs.output.excel import write_sheet

    path = Path(output)
    ending = path.suffix.lower()
    if ending not in (".csv", ".tsv", ".xlsx"):
        raise ArgumentError(f"{path}: end the name in .csv, .tsv or .xlsx")
    options.check_file(path, force)
    with whole(path) as temporary:
        if ending == ".xlsx":
            rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
            write_sheet(temporary, [str(name) for name in table], rows)
        else:
            table.to_csv(temporary, index=False, sep="\t" if ending == ".tsv" else ",")


def _unrun(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Put an apostrophe before each text of a column that a spreadsheet would run."""
    import pyarrow as pa

    from stancekit.runs.output.formulas import escape_cells

    texts = cells.map(lambda cell: isinstance(cell, str)).to_numpy(bool)
    if not texts.any():
        return cells
    unrun = cells.astype(object)
    unrun[texts] = escape_cells(pa.array(unrun[texts].tolist(), pa.string())).to_pylist()
    return unrun
