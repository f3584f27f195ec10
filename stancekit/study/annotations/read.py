"""The way from exports of annotation tools to one table: open, tell the format, read, join."""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final, Protocol

import pandas as pd

from stancekit.errors import ArgumentError, FormatError, InputError, LabelWarning
from stancekit.posts.files.containers import explained, open_zip
from stancekit.posts.files.opening import open_source, plain_file
from stancekit.posts.files.source import Source, suffix_of
from stancekit.posts.files.unread import MEDIA
from stancekit.posts.limits import WORKBOOK_BYTES
from stancekit.posts.record import Notice
from stancekit.posts.tables.excel import sniff as is_workbook
from stancekit.study.annotations import (
    argilla,
    brat,
    cas,
    doccano,
    fasttext,
    label_studio,
    prodigy,
    qda,
)
from stancekit.study.annotations.join import joined
from stancekit.study.annotations.mark import Asked, AskError, Mark, Part, Row, collect, each
from stancekit.study.annotations.rows import is_json, is_table, json_rows, looked_at, sheets
from stancekit.study.annotations.rows import table_rows as delimited_rows
from stancekit.study.annotations.tables import read_table

_LOG: Final = logging.getLogger("stancekit.study")


class _Tool(Protocol):
    NAME: str

    def fits(self, sample: Sequence[Row]) -> bool: ...
    def marks(self, row: Row, ref: str, asked: Asked, part: Part) -> Iterator[Mark]: ...


class _Whole(Protocol):
    NAME: str

    def fits(self, source: Source) -> bool: ...
    def read(self, source: Source, part: Part, asked: Asked) -> None: ...


#: Formats of records, the one that is told most surely first; and those of several files.
_RECORDS: Final[tuple[Any, ...]] = (label_studio, prodigy, argilla, doccano)
_WHOLE: Final[tuple[Any, ...]] = (qda, cas, brat)


def read_annotations(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    item: str | None = None,
    text: str | None = None,
    annotator: str | Sequence[str] | None = None,
    label: str | Sequence[str] | None = None,
    label_map: Mapping[Any, Any] | None = None,
    keep_all: bool = False,
    on_notice: Callable[[Notice], None] | None = None,
) -> pd.DataFrame:
    r"""Read what annotators labelled, from the export of any of many tools, as one table.

    Label Studio (JSON, JSON-MIN, CSV), doccano, Prodigy, Argilla, INCEpTION and other UIMA tools
    (XMI, JSON), brat, Mechanical Turk, Figure Eight, REFI-QDA, coded segments, and tables (CSV,
    Excel, JSON, Parquet): a row an annotation, a column an annotator or a label, a list in a cell.

    Parameters
    ----------
    path : path, or sequence of paths
        A file, a folder or archive, or several. Of several files or sheets each is one annotator's
        if they name none; they are joined by id, or by text, never by row.
    item, text : str, optional
        Column, or key in a record, of the post's id and of its words. Guessed if not given.
    annotator : str or sequence of str, optional
        Column of who labelled; or the columns of one annotator each.
    label : str or sequence of str, optional
        Column of the labels, or the question asked in the tool; or one column an annotator.
    label_map : mapping, optional
        From each label to what it is called here, None to leave it out; it must name all.
    keep_all : bool
        Keep what is otherwise left out: rejected assignments, cancelled annotations, unfinished
        answers, test questions of crowd work.
    on_notice : callable, optional
        Called with each :class:`~stancekit.posts.Notice`: what was detected, what was left out.
        Without it those that warn are given as `LabelWarning`, and the others go to the log
        ``stancekit.study``. The table holds all of them as texts: ``table.attrs["notices"]``.

    Returns
    -------
    DataFrame
        A row a label given: ``item_id``, ``text``, ``annotator``, ``label`` (all ``string``),
        ``time`` (of the annotation, UTC) and ``source_ref`` (``file:line``). Of several choices
        at once each is a row, with one ``source_ref``. `stancekit.agreement` and
        `stancekit.train` take the table.

    Raises
    ------
    ArgumentError
        If a column that was named is not there.
    InputError
        If nothing is there, no column holds labels, or more than one could; if labels are of
        parts of texts, or `label_map` lacks one.
    FormatError
        If a file is damaged, or in no format that is known.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "coded.csv")
    ...     _ = file.write_text("id,text,coder_1,coder_2\n7,Save the tram,for,for\n8,No,against,\n")
    ...     table = read_annotations(file)
    >>> table[["item_id", "annotator", "label"]].values.tolist()
    [['7', 'coder_1', 'for'], ['7', 'coder_2', 'for'], ['8', 'coder_1', 'against']]
    >>> print(table.attrs["notices"][0])
    coded.csv: table: item='id', text='text', one column an annotator: 'coder_1', 'coder_2'
    """
    asked = Asked(item, text, _names(annotator), _names(label), keep_all)
    paths = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    if not paths:
        raise ArgumentError("no file is named: give a path, or several")
    parts: list[Part] = []
    for one in paths:
        with open_source(one) as source, explained(source.path):
            parts += _parts(source, asked)
    table, notices = joined(parts, asked, label_map)
    for notice in notices:
        (on_notice or _tell)(notice)
    table.attrs["notices"] = [str(notice) for notice in notices]
    return table


def _names(given: str | Sequence[str] | None) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)


def _tell(notice: Notice) -> None:
    if notice.warning:
        warnings.warn(str(notice), LabelWarning, stacklevel=3)
    else:
        _LOG.info("%s", notice)


def _parts(source: Source, asked: Asked) -> Iterator[Part]:
    """Read a source: as one of a format of several files, or each of its files for itself."""
    if is_workbook(source):
        yield from _workbook(lambda: plain_file(source.path).open(source.path.name), source, asked)
        return
    for tool in _WHOLE:
        if tool.fits(source):
            part = Part(source.path.name, tool.NAME)
            tool.read(source, part, asked)
            yield part
            return
    yield from _files(source, asked)


def _files(source: Source, asked: Asked) -> Iterator[Part]:
    """Read each file for itself; of several, one that cannot be read is told, if others can."""
    names = [n for n in source.names if suffix_of(n) not in MEDIA and not _is_prose(n, source)]
    if not names:
        raise InputError(f"{source.path}: no file that could hold annotations is in it")
    read, failed = 0, list[InputError | FormatError]()
    for name in names:
        found, error = _tried(source, name, asked)
        if error is not None and (len(names) == 1 or isinstance(error, (AskError, ArgumentError))):
            raise error
        read += len(found)
        yield from found
        failed += [error] if error is not None else []
    if failed and not read:
        raise failed[0]
    yield from (Part(source.path.name, f"not read: {error}") for error in failed)


def _tried(
    source: Source, name: str, asked: Asked
) -> tuple[list[Part], InputError | FormatError | None]:
    try:
        return list(_file(source, name, asked)), None
    except (InputError, FormatError) as error:
        return [], error


#: Two lines, one after another, of a word and its tag.
_OF_WORDS: Final = re.compile(
    rb"(?:^|\n)\S+[ \t]+(?:-X- +_ +)?(?:O|[BIES]-\w+) *\r?\n\S+[ \t]+(?:-X- +_ +)?(?:O|[BIES]-\w+)"
    rb" *\r?\n|^#FORMAT=WebAnno TSV"
)


def _is_prose(name: str, source: Source) -> bool:
    """Tell a licence or a note beside the data."""
    path = PurePosixPath(name.lower())
    return len(source.names) > 1 and (
        path.suffix in (".md", ".pdf", ".html", ".xml", ".docx", ".py", ".r")
        or path.stem.strip("_") in ("readme", "license", "licence", "source", "guidelines")
    )


def _file(source: Source, name: str, asked: Asked) -> Iterator[Part]:
    head = source.head(name)
    part = Part(name)
    if not head.strip():
        raise InputError(f"{name}: is empty")
    if head.startswith(b"PK\x03\x04"):
        yield from _packed(source, name, asked)
        return
    if _OF_WORDS.search(head):
        raise InputError(
            f"{name}: holds labels of words, one a line (CoNLL), and none of whole posts: a span "
            "is no label of its post"
        )
    if fasttext.fits(head):
        part.format = fasttext.NAME
        fasttext.read(source, name, part)
    elif is_json(head):
        _records(json_rows(source, name), part, asked)
    elif is_table(head):
        read_table(delimited_rows(source, name), part, asked)
    else:
        raise FormatError(
            f"{name}: in no format of annotations that is known; export them as JSON or CSV"
        )
    yield part


def _packed(source: Source, name: str, asked: Asked) -> Iterator[Part]:
    """Read a workbook, or an archive of one annotator's document, inside a folder or archive."""
    with source.open(name) as stream:
        raw = stream.read(WORKBOOK_BYTES)
        if stream.read(1):
            raise InputError(f"{name}: too large to be read inside another; give it by itself")
    with open_zip(source.path / name, BytesIO(raw)) as inside:
        if is_workbook(inside):
            yield from _workbook(lambda: BytesIO(raw), inside, asked, name)
        else:
            for part in _parts(inside, asked):
                part.name = f"{name}/{part.name}"
                yield part


def _workbook(
    raw: Callable[[], Any], parts: Source, asked: Asked, name: str = ""
) -> Iterator[Part]:
    for inner in parts.names:
        parts.open(inner).close()  # refuses a part that would unpack to the whole memory
    file = name or parts.path.name
    found, failed = 0, list[InputError]()
    for title, rows in sheets(raw, file):
        part = Part(f"{file}/{title}" if title else file, typed=True)
        error = _failure(rows, part, asked)
        if error is None:
            found += 1
            yield part
        elif not title or isinstance(error, (AskError, ArgumentError)):
            raise error
        else:  # a sheet of notes beside that of the labels
            failed.append(error)
    if not found:
        raise failed[0] if failed else InputError(f"{file}: a workbook without rows")


def _failure(rows: Iterable[Any], part: Part, asked: Asked) -> InputError | None:
    try:
        read_table(rows, part, asked)
    except InputError as error:
        return error
    return None


def _records(rows: Iterator[Any], part: Part, asked: Asked) -> None:
    """Read JSON: of a tool that is known by its records, or else as a table."""
    first, rows = looked_at(rows)
    sample = [row for _, row in each(first, Part(part.name))]
    tool = next((tool for tool in _RECORDS if tool.fits(sample)), None)
    if tool is None:
        read_table(rows, part, asked)
        return
    part.format = tool.NAME
    for number, row in each(rows, part):
        collect(part, number, tool.marks(row, f"{part.name}:{number}", asked, part))
    if tool is prodigy:
        prodigy.settle(part)
