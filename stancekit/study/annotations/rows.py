"""The rows of one file, whatever kind of table it is; of a workbook, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

from stancekit.posts.files.encoding import decode_head
from stancekit.posts.files.source import Source
from stancekit.posts.json.lines import is_json_lines
from stancekit.posts.json.stream import small_json
from stancekit.posts.limits import ROWS_COMPARED
from stancekit.posts.tables import csv_file, delimited, excel, json_array, jsonl, parquet
from stancekit.posts.tables.dialect import detect_dialect, header_score
from stancekit.posts.tables.text_column import looks_like_data
from stancekit.study.annotations.dialects import is_known


def is_json(head: bytes) -> bool:
    """Tell whether a file is JSON: lines, an array, or one object."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"{", b"[")


def json_rows(source: Source, name: str) -> Iterator[Any]:
    """Yield the objects of a JSON file with their numbers."""
    head = source.head(name)
    with source.open(name) as stream:
        many = b"\n" in head.strip()  # one line is more likely one object
        if many and is_json_lines(head) and not json_array.sniff(head):
            yield from jsonl.rows(stream, name)
        elif json_array.sniff(head):
            yield from json_array.rows(stream, name)
        else:
            whole = small_json(stream)
            held = whole if isinstance(whole, list) else [whole]
            if (
                isinstance(whole, dict)
                and whole
                and all(isinstance(v, dict) for v in whole.values())
            ):
                held = [{"item_id": key, **row} for key, row in whole.items()]  # posts by their ids
            yield from ((place, row) for place, row in enumerate(held, 1) if isinstance(row, dict))


def table_rows(source: Source, name: str) -> Iterator[Any]:
    """Yield the rows of a delimited or Parquet file; one without a header is numbered."""
    head = source.head(name)
    with source.open(name) as stream:
        if head.startswith(b"PAR1"):
            yield from parquet.rows(stream, name)
            return
        dialect = detect_dialect(head)
        tab = "\t" if _tabs(head) else None
        header = decode_head(head).split("\n", 1)[0].split("\t") if tab else dialect.header
        bare = looks_like_data(header) and not header_score(header) and not is_known(header)
        yield from delimited.rows(stream, name, delimiter=tab, header=not bare)


def _tabs(head: bytes) -> bool:
    """Tell whether every line has as many tabs: commas are then of lists and sentences in cells."""
    lines = [line for line in decode_head(head).splitlines()[:ROWS_COMPARED] if line][:-1]
    return len({line.count("\t") for line in lines}) == 1 and "\t" in lines[0]


def is_table(head: bytes) -> bool:
    """Tell whether a file is a delimited or a Parquet table."""
    return head.startswith(b"PAR1") or csv_file.sniff(head) or b"," in head or b"\t" in head


def sheets(raw: Callable[[], Any], name: str) -> Iterator[tuple[str, Iterable[Any]]]:
    """Yield each sheet of a workbook that has rows, with its title."""
    with raw() as stream:
        titles = excel.titles(stream, name)
    for title in titles:
        with raw() as stream:
            rows = excel.rows(stream, name, sheet=title)
            first = list(islice(rows, 1))
            if first:
                yield title if len(titles) > 1 else "", chain(first, rows)


def looked_at(rows: Iterator[Any], many: int = ROWS_COMPARED) -> tuple[list[Any], Iterator[Any]]:
    """Return the first rows, and all of them."""
    first = list(islice(rows, many))
    return first, chain(first, rows)
