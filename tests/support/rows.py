"""How many rows a source holds, counted on a way of their own: no reader has a part in it."""

from __future__ import annotations

import csv
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ZSTD: Final = b"\x28\xb5\x2f\xfd"


def files_in(path: Path) -> dict[str, bytes]:
    """Read all files of a folder, of an archive, or the one file that it is."""
    if path.is_dir():
        inside = [file for file in sorted(path.rglob("*")) if file.is_file()]
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in inside}
    raw = path.read_bytes()
    if raw[:2] == b"PK" and b"xl/workbook.xml" not in raw:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
    if raw[:2] == b"\x1f\x8b":
        with tarfile.open(path) as archive:
            members = [member for member in archive if member.isfile()]
            return {m.name: archive.extractfile(m).read() for m in members}  # type: ignore[union-attr]
    if raw[:4] == ZSTD:
        raw = zstd.decompress(raw, options={zstd.DecompressionParameter.window_log_max: 31})
    return {path.name: raw}


def lines(raw: bytes) -> int:
    """Count the lines that are not empty."""
    return sum(bool(line.strip()) for line in raw.split(b"\n"))


def values(raw: bytes) -> int:
    """Count the items of one array, the one object that a document is, or its lines."""
    try:
        document = json.loads(raw, strict=False)
    except ValueError:
        return lines(raw)
    return len(document) if isinstance(document, list) else 1


def table(raw: bytes) -> int:
    """Count the rows below a header."""
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    return len(rows) - 1


def workbook(raw: bytes) -> int:
    """Count the rows of the first sheet below its header."""
    return len(pd.read_excel(io.BytesIO(raw)).dropna(how="all"))


def parquet(raw: bytes) -> int:
    """Count the rows of a Parquet table."""
    return len(pd.read_parquet(io.BytesIO(raw)))


def blocks(raw: bytes) -> int:
    """Count the blocks of a repository that say of what type they are."""
    return raw.count(b"e$type")


def documents(raw: bytes) -> Iterator[Any]:
    """Parse one document, or one a line, behind an assignment or not."""
    text = raw.decode("utf-8", "surrogateescape")
    start = min(place for place in (text.find("["), text.find("{")) if place >= 0)
    try:
        yield json.loads(text[start:].rstrip(" \r\n;"), strict=False)
    except ValueError:
        yield from (json.loads(line, strict=False) for line in text.splitlines() if line.strip())


def at(*paths: str) -> Callable[[bytes], int]:
    """Count what lies at some paths of keys, ``*`` for the items of a list."""

    def count(raw: bytes) -> int:
        return sum(_at(document, path.split()) for document in documents(raw) for path in paths)

    return count


def _at(value: Any, keys: list[str]) -> int:
    if not keys:
        return 1
    if keys[0] == "*":
        return sum(_at(item, keys[1:]) for item in value) if isinstance(value, list) else 0
    return _at(value[keys[0]], keys[1:]) if isinstance(value, dict) and keys[0] in value else 0


def holding(key: str) -> Callable[[bytes], int]:
    """Count the objects at any depth that have a key."""

    def within(value: Any) -> int:
        if isinstance(value, dict):
            return (key in value) + sum(map(within, value.values()))
        return sum(map(within, value)) if isinstance(value, list) else 0

    return lambda raw: sum(map(within, documents(raw)))


def tables_of(raw: bytes) -> int:
    """Count the rows of a table of any kind."""
    if raw[:4] == b"PAR1":
        return parquet(raw)
    return lines(raw) if raw.lstrip()[:1] == b"{" else table(raw)


ROWS: Final[dict[str, dict[str, Callable[[bytes], int]]]] = {
    "4cat": {"": table},
    "bluesky-car": {"": blocks},
    "bluesky-jetstream": {"": values},
    "bluesky-posts": {"": at("posts *", "records *", "feed *")},
    "community-archive": {"": at("tweets *", "note-tweet *")},
    "crowdtangle": {"": table},
    "csv": {"": table},
    "discord": {"": at("messages *")},
    "facebook": {"": at("* data * post", "comments_v2 *")},
    "instagram": {"": at("*")},
    "json": {"": at("*")},
    "jsonl": {"": values},
    "mastodon-outbox": {"outbox.json": at("orderedItems *")},
    "mastodon-statuses": {"": at("*")},
    "meltwater": {"": table},
    "parquet": {"": parquet},
    "reddit": {"": values},
    "reddit-download": {"comments.csv": table, "posts.csv": table},
    "tables": {"": tables_of},
    "telegram": {"": at("messages *")},
    "threads": {"": at("text_post_app_text_posts *")},
    "tiktok": {"": at("Comment Comments CommentsList *", "Video Videos VideoList *")},
    "twarc-csv": {"": table},
    "x-api-v1": {"": values},
    "x-api-v2": {"": at("data *", "* text", "text")},
    "x-archive": {"data/tweets.js": at("*")},
    "x-classic": {"tweet_index.js": lambda _: 0, ".js": at("*"), "": table},
    "x-graphql": {"": holding("full_text")},
    "xlsx": {"": workbook},
    "youtube-comments": {"": at("comments *", "cid")},
    "youtube-data-tools": {"": table},
    "youtube-takeout": {"": table},
    "zeeschuimer": {"": values},
}
"""Of each format: which files (by the ends of their names) hold rows, and how to count them."""


def rows_in(path: Path, reader: str) -> int:
    """Count the rows of a source in a format of :data:`ROWS`."""
    total = 0
    for name, raw in files_in(path).items():
        count = next((count for end, count in ROWS[reader].items() if name.endswith(end)), None)
        total += count(raw) if count else 0
    return total
