"""The table that twarc-csv makes of X API v2 pages: up to 84 columns with dotted names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Final

from stancekit.errors import InputError
from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.ids import as_id, rounded_id, rounded_ids
from stancekit.posts.limits import ROWS_SAMPLED
from stancekit.posts.platforms.x.tweet import language
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, UnreadableError, reason_of, records_from
from stancekit.posts.strings import unescape_html
from stancekit.posts.tables.cells import as_list
from stancekit.posts.tables.delimited import rows
from stancekit.posts.tables.dialect import detect_dialect
from stancekit.posts.tables.fixed_columns import require
from stancekit.posts.times import snowflake_time, time_columns

_NEEDED: Final = frozenset(("id", "text", "author_id", "referenced_tweets.replied_to.id"))
_IDS: Final = {
    "id": "id",
    "author_id": "author_id",
    "conversation_id": "conversation_id",
    "reply_to_id": "referenced_tweets.replied_to.id",
    "quoted_id": "referenced_tweets.quoted.id",
    "repost_of": "referenced_tweets.retweeted.id",
}
_NAMES: Final = {
    "author": "author.username",
    "reply_to_author": "in_reply_to_username",
    "quoted_author": "quoted_username",
}
_MEDIA: Final = re.compile(r"/(?:photo|video)/\d+$|^pic\.(?:twitter|x)\.com/")
_MEDIA_LINK: Final = re.compile(r"(?<!\s)\s*https://t\.co/\w+$")
_ENTITIES: Final = ("mentions", "hashtags", "urls")
_TAKEN: Final = frozenset(
    (
        *_IDS.values(),
        *_NAMES.values(),
        *(f"entities.{name}" for name in _ENTITIES),
        "text",
        "created_at",
        "lang",
    )
)


def sniff(source: Source) -> bool:
    """Tell whether the first row of a file names the columns of twarc-csv."""
    return bool(_tables(source))


def _tables(source: Source) -> list[str]:
    return [name for name in source.named(".csv", ".tsv", ".txt") if _is_table(source.head(name))]


def _is_table(head: bytes) -> bool:
    return (
        b"referenced_tweets.replied_to.id" in head and set(detect_dialect(head).header) >= _NEEDED
    )


def read(source: Source) -> Iterator[Item]:
    r"""Yield each row; columns that the post table has no place for are kept by their names.

    Notes
    -----
    Line breaks in a text are written as ``\n`` in these tables and put back here. A repost's
    text is cut ("RT @…"), as the API gives it: read the JSONL that the table was made of, where
    it is still there, to have it whole.
    """
    reposts = 0
    for file in _tables(source) or source.names:
        require(_NEEDED, detect_dialect(source.head(file)).header, file, READER.name)
        with source.open(file) as stream:
            table = rows(stream, file)
            first = list(islice(table, ROWS_SAMPLED))
            ids = (item[1].get("id") for item in first if isinstance(item, tuple))
            if cell := rounded_id(ids):
                raise InputError(f"{file}: {rounded_ids('id', cell, 'id')} (format csv reads it)")
            for item in records_from(chain(first, table), file, _tweet):
                reposts += type(item) is dict and item["kind"] == "repost"
                yield item
    if reposts:
        where = source.path.name
        yield Notice(where, f"{reposts:,} reposts have the text that the API cut for them", False)


def _tweet(row: dict[str, str]) -> Record:
    try:
        return _record(row)
    except ValueError as error:
        raise UnreadableError(f"no tweet: {reason_of(error)}") from error


def _record(row: dict[str, Any]) -> Record:
    record: Record = {field: as_id(row.get(name)) for field, name in _IDS.items()}
    post_id = record["id"]
    if post_id is None or not post_id.isdecimal():
        raise UnreadableError("its id is no number")
    record.update((field, row.get(name) or None) for field, name in _NAMES.items())
    record.update((name, as_list(row.get(f"entities.{name}") or "[]")) for name in _ENTITIES)
    text, links = (row.get("text") or "").replace("\\n", "\n"), record["urls"]
    record["urls"] = [link for link in links if not _MEDIA.search(link)]
    if links and _MEDIA.search(links[-1]):
        text = _MEDIA_LINK.sub("", text)
    record["text"] = unescape_html(text) or None
    record["lang"] = language(row.get("lang"))
    record |= time_columns(snowflake_time(post_id) or row.get("created_at"))
    record["kind"] = _kind(record, row)
    record.update((name, cell or None) for name, cell in row.items() if name not in _TAKEN)
    return record


def _kind(record: Record, row: dict[str, Any]) -> str:
    if record["repost_of"]:
        return "repost"
    if record["reply_to_id"] or row.get("in_reply_to_user_id"):
        return "reply"
    return "quote" if record["quoted_id"] else "post"


READER = Reader(
    "twarc-csv",
    "twarc CSV: the table that twarc-csv makes of X API v2 pages",
    sniff,
    read,
    tested_on="15 tables made by twarc-csv from real tweets",
    chain=LED,
)
