"""`join`: put the annotations of a source to the texts in its own files."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from stancekit.corpus.annotations import read_annotations
from stancekit.corpus.identity import candidates, plain, post_id
from stancekit.corpus.rows import LINE, Row, rows_of
from stancekit.errors import InputError

LONGEST: Final = 20_000
"""Cells longer than this are no posts and are passed over; no annotated text has over 400."""

_OUT: Final = ("id", "source", "ref", "part", "label", "confidence", "text", "found_by")


@dataclass(frozen=True)
class Joined:
    """Annotated posts with their texts.

    Attributes
    ----------
    posts : DataFrame
        ``id``, ``source``, ``ref``, ``part``, ``label``, ``confidence``, ``text`` as it was
        annotated, and ``found_by``: "text", or "ref" for a text that is not known to be the
        annotated one to the letter. Ready for `stancekit.train`.
    source : str
    wanted : int
        Annotations of the source.
    columns : mapping of str to int
        How many of the posts were found in which column.
    """

    posts: pd.DataFrame
    source: str
    wanted: int
    columns: Mapping[str, int]

    def __str__(self) -> str:
        found = len(self.posts)
        share = found / max(self.wanted, 1)
        where = ", ".join(f"{name!r} ({n:,})" for name, n in list(self.columns.items())[:5])
        lines = [
            f"{self.source}: {found:,} of {self.wanted:,} annotations found ({share:.1%}), "
            f"in column {where}"
        ]
        by_ref = int((self.posts["found_by"] == "ref").sum())
        if by_ref:
            lines.append(f"{by_ref:,} of them by their reference: their text may have changed")
        if found < self.wanted:
            lines.append(
                f"{self.wanted - found:,} not found: they may be in another of the source's files"
            )
        return "\n".join(lines)


def join(
    source: str,
    files: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    text: str | None = None,
    ref: str | None = None,
    annotations: str | os.PathLike[str] | None = None,
) -> Joined:
    """Find the annotated posts of a source in its own files.

    A post is known by the digest of its text. Every cell is tried as it stands and cleaned in the
    ways the annotated texts were (`stancekit.corpus.identity.CLEANINGS`), so that no column need be
    named. A wrong match is as likely as one in 10^12 a cell and annotation.

    Parameters
    ----------
    source : str
        Name of the source; `sources` lists them.
    files : path or iterable of paths
        The source's files as they were downloaded: CSV, TSV, JSON, JSON lines, Parquet or plain
        text, also in a zip, tar or gzip archive or in a folder.
    text : str, optional
        Look only in the column of this name.
    ref : str, optional
        Column with the references of the rows (ids of posts, for some sources). What the texts
        do not find is then found by it, with the text in the column `text`: for posts that were
        fetched again and differ by a character.
    annotations : path, optional
        Another file of annotations; see `stancekit.corpus.read_annotations`.

    Returns
    -------
    Joined
        Printed, it says how many were found.

    Raises
    ------
    InputError
        If there is no such source, file or column, or nothing is found.
    FormatError
        If a file holds no table.

    Examples
    --------
    >>> import stancekit
    >>> found = stancekit.corpus.join("pstance", "PStance.zip")  # doctest: +SKIP
    >>> found.posts.part.value_counts()  # doctest: +SKIP
    """
    if ref is not None and text is None:
        raise InputError(f"ref={ref!r} needs text=: the column of the text to take")
    paths = [files] if isinstance(files, (str, os.PathLike)) else list(files)
    if not paths:
        raise InputError("no files: give the source's files as they were downloaded")
    wanted = _of_source(read_annotations(annotations), source)
    search = _Search(source, frozenset(wanted["id"]), text, ref, frozenset(wanted["ref"]))
    for path in paths:
        for row in rows_of(path):
            search.look(row)
    search.check(paths)
    return _joined(wanted, search)


class _Search:
    """What has been found so far; rows are looked at one by one and let go."""

    def __init__(
        self,
        source: str,
        ids: frozenset[str],
        text: str | None,
        ref: str | None,
        refs: frozenset[str],
    ) -> None:
        self.source, self.ids, self.text, self.ref, self.refs = source, ids, text, ref, refs
        self.texts: dict[str, str] = {}
        self.by_ref: dict[str, str] = {}
        self.columns: Counter[str] = Counter()
        self.seen: dict[str, None] = {}

    def look(self, row: Row) -> None:
        self.seen.update(dict.fromkeys(row.cells))
        for name, cell in self._cells(row):
            for text in candidates(cell):
                key = post_id(self.source, text)
                if key in self.ids and key not in self.texts:
                    self.texts[key] = text
                    self.columns[name] += 1
        if self.ref is not None and row.cells.get(self.ref) in self.refs and self.text in row.cells:
            self.by_ref.setdefault(row.cells[self.ref], plain(row.cells[self.text]))

    def _cells(self, row: Row) -> Iterator[tuple[str, str]]:
        for name, cell in row.cells.items():
            if 1 < len(cell) < LONGEST and self.text in (None, name):
                yield name, cell

    def check(self, paths: Sequence[str | os.PathLike[str]]) -> None:
        named = [name for name in self.seen if not name.startswith(f"{LINE} ")]
        columns = ", ".join(map(repr, named[:30]))
        for role, name in (("text", self.text), ("ref", self.ref)):
            if name is not None and name not in self.seen:
                raise InputError(f"no column {name!r} for {role}; there are {columns}")
        if not self.texts and not self.by_ref:
            raise InputError(
                f"none of the {len(self.ids):,} annotations of {self.source!r} is in "
                f"{', '.join(map(str, paths))} (columns {columns}). Is it the file "
                "of this source (see data/README.md), with the texts in it and as they were "
                "published? Where a file holds only ids of posts, fetch the posts and name their "
                "columns, as in ref='id', text='text' (--ref id --text text)"
            )


def _of_source(table: pd.DataFrame, source: str) -> pd.DataFrame:
    wanted = table[table["source"] == source]
    if wanted.empty:
        names = sorted(table["source"].unique())
        close = difflib.get_close_matches(source, names, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise InputError(f"no source is called {source!r}{hint} There are: {', '.join(names)}")
    return wanted


def _joined(wanted: pd.DataFrame, search: _Search) -> Joined:
    pairs = zip(wanted["id"], wanted["ref"], strict=True)
    texts = [search.texts.get(key, search.by_ref.get(ref)) for key, ref in pairs]
    found_by = ["text" if key in search.texts else "ref" for key in wanted["id"]]
    posts = wanted.assign(
        text=pd.array(texts, dtype="string"), found_by=pd.array(found_by, dtype="string")
    )
    posts = posts.loc[posts["text"].notna(), list(_OUT)].reset_index(drop=True)
    by_ref = int((posts["found_by"] == "ref").sum())
    columns = Counter(search.columns)
    if by_ref:
        columns[str(search.text)] += by_ref
    return Joined(posts, search.source, len(wanted), dict(columns.most_common()))
