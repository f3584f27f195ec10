"""The tables of an X archive of 2012 to 2018: ``tweets.csv``, and ``data/csv/YYYY_MM.csv``."""

from __future__ import annotations

from collections import Counter
from io import BufferedReader, TextIOWrapper
from typing import Final

from stancekit.posts.files.encoding import decode_head, detect_unicode, mended_lines
from stancekit.posts.limits import HEAD_BYTES
from stancekit.posts.platforms.x.tweet import Owner, tweet_time
from stancekit.posts.record import Numbered, Record, Reject, UnreadableError
from stancekit.posts.strings import unescape_html
from stancekit.posts.tables.csv_rows import split_rows

COLUMNS: Final = frozenset(("tweet_id", "in_reply_to_status_id", "timestamp", "text"))
"""Columns by which the table is known; their order changed in 2013."""


def is_table(head: bytes) -> bool:
    """Tell whether a file starts with the header of such a table."""
    text = decode_head(head).lstrip("\ufeff").replace("\0", "")
    first = next(split_rows(text.splitlines()[:1], ""), None)
    return isinstance(first, tuple) and frozenset(first[1]) >= COLUMNS


def table_rows(stream: BufferedReader, file: str) -> Numbered:
    """Yield each row with its first line.

    Rows are as long as they have links: one without lacks the last cell, and each link after
    the first has a cell of its own past the header (in the tables of 2013). They are put back
    into one, with commas, as the later tables have them.
    """
    encoding = detect_unicode(stream.peek(HEAD_BYTES)[:HEAD_BYTES])
    on_error = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with TextIOWrapper(stream, encoding, errors=on_error, newline="") as text:
        items = split_rows(mended_lines(text), file)
        first = next(items, None)
        header = [name.lstrip("\ufeff") for name in first[1]] if isinstance(first, tuple) else []
        if not frozenset(header) >= COLUMNS:
            yield Reject(file, 1, "no table of tweets: its first row names other columns")
            return
        width = len(header)
        for item in items:
            if not isinstance(item, tuple):
                yield item
            elif len(item[1]) >= max(width - 1, 1):
                line, row = item
                row[width - 1 :] = [",".join(row[width - 1 :])]
                yield line, dict(zip(header, row, strict=True))
            else:
                line, row = item
                reason = f"{len(row)} cells where the header names {width}"
                yield Reject(file, line, reason, ",".join(row))


def row_record(row: dict[str, str], owner: Owner, doubts: Counter[str]) -> Record:
    """Turn a row into a record.

    Raises
    ------
    ValueError
        If its id is no number: a cell that was torn apart, or a spreadsheet's ``1.6E+17``.
    """
    post_id = row["tweet_id"]
    if not (post_id.isascii() and post_id.isdecimal()):
        raise UnreadableError("no tweet: its id is no number")
    text = unescape_html(row["text"])
    links = row.get("expanded_urls", "").split(",")
    record: Record = {
        "id": post_id,
        "text": text or None,
        "author_id": owner.id,
        "author": owner.name,
        "kind": "post",
        "urls": [link for link in dict.fromkeys(links) if link],
        **tweet_time(post_id, row["timestamp"], doubts),
    }
    if row.get("retweeted_status_id") or text.startswith("RT @"):
        record["kind"] = "repost"
        record["repost_of"] = row.get("retweeted_status_id") or None
    elif row["in_reply_to_status_id"] or row.get("in_reply_to_user_id"):
        record["kind"] = "reply"
        record["reply_to_id"] = row["in_reply_to_status_id"] or None
    return record
