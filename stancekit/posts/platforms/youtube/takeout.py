"""Comments and live chat messages as Google Takeout gives them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BufferedReader
from pathlib import PurePosixPath
from typing import Any, Final

import orjson

from stancekit.posts.files.source import Source
from stancekit.posts.json.fields import mapping_at, text_at
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record, Reject
from stancekit.posts.tables import delimited
from stancekit.posts.tables.columns import plain_name
from stancekit.posts.times import parse_time

_CELL: Final = re.compile(r'(?:^|,)"\{""(?:text|mention|videoLink)""\s*:', re.MULTILINE)
_ENGLISH: Final = re.compile(
    r"\ufeff?(?:comment id|live chat id),channel id,(?:comment|live chat) create timestamp", re.I
)
NAMES: Final = {
    "id": ("comment_id", "live_chat_id"),
    "channel": ("channel_id",),
    "time": ("comment_create_timestamp", "live_chat_create_timestamp"),
    "parent": ("parent_comment_id",),
    "post": ("post_id",),
    "video": ("video_id",),
    "text": ("comment_text", "live_chat_text"),
    "top": ("top_level_comment_id",),
}
_PLACES: Final = {"id": 0, "channel": 1, "time": 2, "parent": 4}
"""Where columns stand when their names are in another language."""


def sniff(source: Source) -> bool:
    """Tell whether a CSV file has Takeout's columns, or its JSON in a cell."""
    return any(_is_comments(source, name) for name in _tables(source))


def _tables(source: Source) -> list[str]:
    single = len(source.names) == 1
    return [n for n in source.names if single or PurePosixPath(n).suffix.lower() == ".csv"]


def _is_comments(source: Source, name: str) -> bool:
    head = source.head(name, 1 << 13).decode("utf-8", "replace")
    return bool(_ENGLISH.match(head)) or bool(_CELL.search(head) and head.count(",") > 5)


def read(source: Source) -> Iterator[Item]:
    """Yield the comments that the account wrote; those it received are not in the takeout.

    Notes
    -----
    A comment is a reply: to another comment, or else to the video (or community post), whose
    id is ``conversation_id``. Columns in another language than English are told by their place.
    """
    for name in _tables(source):
        if _is_comments(source, name) or len(source.names) == 1:
            with source.open(name) as stream:
                yield from _comments(stream, name)


def _comments(stream: BufferedReader, file: str) -> Iterator[Item]:
    for item in delimited.rows(stream, file):
        if isinstance(item, Reject):
            yield item
            continue
        line, row = item
        record = _record(_named(row))
        if record is None:
            yield Reject(file, line, "no comment: no id or no text", str(row))
        else:
            record["source_ref"] = f"{file}:{line}"
            yield record


def _named(row: Mapping[str, str]) -> dict[str, str | None]:
    plain = {plain_name(name): value for name, value in row.items()}
    english = any(name in plain for name in NAMES["text"])
    if english:
        return {
            field: next((plain[name] for name in names if name in plain), None) or None
            for field, names in NAMES.items()
        }
    cells = list(row.values())
    where = next((n for n, cell in enumerate(cells) if cell.startswith('{"')), None)
    found = {field: cells[place] for field, place in _PLACES.items() if place < len(cells)}
    if where is not None and where > 5:
        found |= {"text": cells[where], "video": cells[where - 1]}
        found |= {"post": cells[5]} if where == 7 else {}
        found |= {"top": cells[where + 1]} if where + 1 < len(cells) else {}
    return {field: value or None for field, value in found.items()}


def _record(row: Mapping[str, str | None]) -> Record | None:
    comment_id, cell = row.get("id"), row.get("text")
    if comment_id is None or cell is None:
        return None
    parts = _parts(cell)
    text = "".join(words for _, words, _ in parts)
    moment = parse_time(row.get("time"))
    about = row.get("video") or row.get("post")
    return {
        "id": comment_id,
        "text": text or None,
        "author_id": row.get("channel"),
        "created_at": moment,
        "time_known": moment is not None,
        "kind": "reply",
        "reply_to_id": row.get("parent") or about,
        "conversation_id": about,
        "mentions": [words.strip().lstrip("@") for kind, words, _ in parts if kind == "mention"],
        "urls": [link for _, _, link in parts if link],
    }


def _parts(cell: str) -> list[tuple[str, str, str]]:
    """Return ``(kind, words, link)`` for each of the JSON fragments in a cell."""
    try:
        found = orjson.loads(f"[{cell}]")
    except orjson.JSONDecodeError:
        return [("text", cell, "")]
    return [_part(part) for part in found if isinstance(part, Mapping)]


def _part(part: Mapping[str, Any]) -> tuple[str, str, str]:
    link = text_at(mapping_at(part, "link"), "linkUrl") or ""
    text = text_at(part, "text")
    if text is not None:
        return "text", text, link
    for kind, inner in part.items():
        name = text_at(inner, "displayName", "displayText", "text", "videoTitle")
        if name:
            return kind, name, text_at(inner, "linkUrl", "url") or link
    return "other", "", link


READER = Reader(
    "youtube-takeout",
    "YouTube comments and live chats from Google Takeout (comments.csv), as a zip, folder or file",
    sniff,
    read,
)
