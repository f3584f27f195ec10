"""Posts into files that annotation tools and spreadsheets take."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
import pandas as pd
import pyarrow as pa

from stancekit.errors import ArgumentError, InputError
from stancekit.posts.tables.excel import FULL_CELL
from stancekit.runs.files import check_parent, check_replaceable, whole
from stancekit.runs.output.formulas import escape_cells
from stancekit.study.annotations import forms
from stancekit.study.annotations.handout import Handout, handout
from stancekit.surrogates import without_surrogates

_BY_ENDING: Final = {".csv": "csv", ".xlsx": "xlsx"}


def write_annotations(
    posts: pd.DataFrame,
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 (what it is called)
    *,
    text: str = "text",
    labels: Sequence[Any] | None = None,
    predictions: str | None = None,
    question: str = "stance",
    force: bool = False,
) -> Path:
    """Write posts for annotators, as a tool or a spreadsheet takes them.

    Parameters
    ----------
    posts : DataFrame
        Posts, with ``id`` or ``item_id`` if they have ids; or the table of
        `stancekit.read_annotations`, whose annotations are written, too.
    path : path
        The file to write.
    format : str, optional
        ``label-studio`` (JSON, with its labelling interface beside it, ``….config.xml``),
        ``doccano``, ``prodigy`` (JSON lines), ``argilla`` (JSON), ``csv`` or ``xlsx``; the last
        two are told by the ending of the name.
    text : str
        Column of the texts.
    labels : sequence, optional
        Labels to choose from; those of the table, or stancekit's own, if not given.
    predictions : str, optional
        Column of a model's labels, to be shown to annotators; ``confidence`` goes with it.
        Annotators who see a prediction tend to agree with it: leave it out of samples by which a
        model is judged.
    question : str
        What the question is called in the tool.
    force : bool
        Replace a file that is there.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ArgumentError
        If there is no such format, or the file is there.
    InputError
        If a column is missing, or no post has a text.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import stancekit
    >>> posts = pd.DataFrame({"id": ["7"], "text": ["Save the tram"]})
    >>> with TemporaryDirectory() as folder:
    ...     file = write_annotations(posts, Path(folder, "tasks.json"), "label-studio")
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['tasks.config.xml', 'tasks.json']
    """
    file = Path(path)
    name = format_of(file, format)
    beside = file.with_suffix(".config.xml") if name == "label-studio" else None
    for one in (file, beside):
        if one is not None and one.exists() and not force:
            raise ArgumentError(f"{one}: is already there; choose another name, or force=True")
    made = handout(posts, text, labels, predictions, question)
    _put(file, _WRITERS[name](made))
    if beside is not None:
        _put(beside, forms.label_studio_config(made).encode())
    return file


def format_of(path: Path, format: str | None = None) -> str:  # noqa: A002
    """Say in which format a file is written, as asked for or by its ending.

    Raises
    ------
    ArgumentError
        If there is none of that name or ending.
    """
    name = format or _BY_ENDING.get(path.suffix.lower(), "")
    if name not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise ArgumentError(f"format is {format!r}: give one of {known}; csv and xlsx by ending")
    return name


def _put(file: Path, content: bytes) -> None:
    """Write a file that is there only when it is complete."""
    check_parent(file)
    check_replaceable(file)
    with whole(file) as temporary:
        temporary.write_bytes(content)


def _json(records: Callable[[Handout], Any]) -> Callable[[Handout], bytes]:
    return lambda posts: orjson.dumps(_clean(list(records(posts))), option=orjson.OPT_INDENT_2)


def _lines(records: Callable[[Handout], Any]) -> Callable[[Handout], bytes]:
    return lambda posts: b"".join(orjson.dumps(_clean(one)) + b"\n" for one in records(posts))


def _clean(value: Any) -> Any:
    """Put a sign in the place of halves of characters, which are no text in any file."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _csv(posts: Handout) -> bytes:
    names, rows = forms.table(posts)
    columns = [pa.array(_clean(list(cells)), pa.string()) for cells in zip(*rows, strict=True)]
    safe: list[list[str | None]] = [escape_cells(cells).to_pylist() for cells in columns]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(names)
    writer.writerows(zip(*safe, strict=True))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()  # Excel takes it for UTF-8 by the mark


def _xlsx(posts: Handout) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    names, cells_of = forms.table(posts)
    rows = [[None if c is None else _in_excel(_clean(c)) for c in row] for row in cells_of]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("annotations")
    sheet.freeze_panes = "A2"
    table: list[list[str | None]] = [[*names], *rows]
    for row in table:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if value is not None:
                cell.data_type = "s"  # a text, whatever it begins with
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_CODED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _in_excel(text: str) -> str:
    """Write control characters as Excel does, by their numbers."""
    if len(text) >= FULL_CELL:
        raise InputError(
            f"a text has {len(text):,} characters, and a cell holds {FULL_CELL - 1:,}: write csv"
        )
    text = _CODED.sub("_x005F_", text)
    return _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


_WRITERS: Final[Mapping[str, Callable[[Handout], bytes]]] = {
    "label-studio": _json(forms.label_studio),
    "doccano": _lines(forms.doccano),
    "prodigy": _lines(forms.prodigy),
    "argilla": _json(forms.argilla),
    "csv": _csv,
    "xlsx": _xlsx,
}
