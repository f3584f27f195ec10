"""The way from a path to posts: records one by one, or tables chunk by chunk."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any

import pandas as pd

from stancekit.errors import ArgumentError, FormatError
from stancekit.posts.files.containers import explained
from stancekit.posts.files.opening import open_source
from stancekit.posts.files.source import Source
from stancekit.posts.files.unread import unread_files
from stancekit.posts.finishing import Finisher
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, Reject
from stancekit.posts.registry import detect_source, reader_named
from stancekit.posts.table import to_frame
from stancekit.posts.tables.columns import ColumnMap

_LOG = logging.getLogger("stancekit.posts")


def read_records(
    path: str | os.PathLike[str] | Source,
    format: str | None = None,  # noqa: A002
    **options: Any,
) -> Generator[Item, None, None]:
    """Read an export post by post, in constant memory.

    Parameters
    ----------
    path : path
        A file, a folder, or a zip, tar or gzip archive as it was downloaded; or a
        :class:`Source` opened by the caller, which is closed at the end.
    format : str, optional
        Name of the format (see :func:`formats`); detected by content if not given.
    **options
        The format's own options: for tables ``text``, ``id``, ``author`` and ``time`` name the
        columns.

    Returns
    -------
    iterator of dict, Reject or Notice
        A dict for each post, a :class:`Reject` for each row that cannot be read, a
        :class:`Notice` for what the user should know about the whole.

    Raises
    ------
    InputError
        If the path, the format's name, an option or a column is not there.
    FormatError
        If the content is in no known format, or damaged as a whole.
    """
    source = path if isinstance(path, Source) else open_source(path)
    try:
        reader = reader_named(format) if format else detect_source(source)
        _check_options(reader, options)
    except BaseException:
        source.close()
        raise
    return _items(source, reader, options)


def _items(source: Source, reader: Reader, options: dict[str, Any]) -> Generator[Item, None, None]:
    finisher = Finisher(reader)
    with source, explained(source.path):
        for item in reader.read(source, **options):
            if type(item) is dict:
                finisher.finish(item)
            yield item
        yield from unread_files(source, reader.name, reader.beside, _named_alone)
    for words in finisher.said():
        yield Notice(source.path.name, words, warning=False)
    if reader.uncounted:
        words = f"whether every row was read cannot be proven: {reader.uncounted}"
        yield Notice(source.path.name, words, warning=False)


def _named_alone(source: Source) -> str | None:
    try:
        return detect_source(source).name
    except FormatError:
        return None


def _check_options(reader: Reader, options: dict[str, Any]) -> None:
    for option in options:
        if option not in reader.options:
            known = ", ".join(reader.options) or "none"
            raise ArgumentError(f"format {reader.name!r} has no option {option!r}; it has: {known}")


def read_posts(
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 (what it is called)
    *,
    chunk_size: int = 10_000,
    on_reject: Callable[[Reject], None] | None = None,
    on_notice: Callable[[Notice], None] | None = None,
    **options: Any,
) -> Iterator[pd.DataFrame]:
    r"""Read an export as post tables of at most ``chunk_size`` rows.

    Parameters
    ----------
    path, format, **options
        As in :func:`read_records`.
    chunk_size : int
        Rows in a table; the last one may be shorter. No table is empty.
    on_reject : callable, optional
        Called with each :class:`Reject`. Without it they are counted, and one warning at the
        end says how many there were.
    on_notice : callable, optional
        Called with each :class:`Notice`. Without it those that warn are given as warnings, and
        the others go to the log ``stancekit.posts``.

    Returns
    -------
    iterator of pandas.DataFrame
        Columns as in :func:`to_frame`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "posts.csv")
    ...     _ = file.write_text("id,body\n7,Save the tram\n")
    ...     posts = next(read_posts(file))
    >>> posts.loc[0, ["id", "text", "source_ref"]].tolist()
    ['7', 'Save the tram', 'posts.csv:2']
    """
    if chunk_size < 1:
        raise ArgumentError(f"chunk_size must be at least 1, not {chunk_size}")
    items = read_records(path, format, **options)
    return _frames(items, chunk_size, on_reject, on_notice or _tell)


def _frames(
    items: Iterator[Item],
    chunk_size: int,
    on_reject: Callable[[Reject], None] | None,
    on_notice: Callable[[Notice], None],
) -> Iterator[pd.DataFrame]:
    unheard: list[Reject] = []
    lost = 0
    chunk: list[Record] = []
    for item in items:
        if isinstance(item, dict):
            chunk.append(item)
            if len(chunk) == chunk_size:
                yield to_frame(chunk)
                chunk = []
        elif isinstance(item, Notice):
            on_notice(item)
        elif on_reject is not None:
            on_reject(item)
        else:
            lost += 1
            unheard = unheard or [item]
    if chunk:
        yield to_frame(chunk)
    if unheard:
        warnings.warn(
            f"{lost:,} rows could not be read; the first: {unheard[0]}. "
            "Pass on_reject=list.append to see them all",
            stacklevel=2,
        )


def _tell(notice: Notice) -> None:
    if notice.warning:
        warnings.warn(str(notice), stacklevel=4)
    else:
        _LOG.info("%s", notice)


def columns_of(
    path: str | os.PathLike[str] | Source,
    format: str | None = None,  # noqa: A002
    **options: Any,
) -> ColumnMap | None:
    """Return which columns of a table are taken for what, without reading it all.

    Parameters
    ----------
    path, format, **options
        As in :func:`read_records`.

    Returns
    -------
    ColumnMap or None
        None for an export whose columns are fixed by its format.
    """
    with closing(read_records(path, format, **options)) as items:
        for item in items:
            if isinstance(item, Notice) and isinstance(item.detail, ColumnMap):
                return item.detail
            if type(item) is dict:
                break
    return None
