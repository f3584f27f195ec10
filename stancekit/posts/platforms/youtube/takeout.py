"""Comments and live chat messages as Google Takeout gives them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, text_at
from stancekit.posts.limits import SHORT_HEAD_BYTES
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record, UnreadableError, records_from
from stancekit.posts.tables.delimited import rows
from stancekit.posts.tables.names import plain_name
from stancekit.posts.times import time_columns

_CELL: Final = re.compile(
    r'(?:^|,)"\{""(?:text|mention|videoLink|takeoutSegments)""\s*:', re.MULTILINE
)
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


_BESIDE: Final = re.compile(
    r"(?!.*(?:comment|komment|coment|reacti|chat|post|beitr)[^/]*$)"
    r".*\.(?:csv|json|html|ics|vcf|mbox|txt|pdf|url|zip)",
    re.IGNORECASE,
)
"""What else a takeout holds: other products, a list of videos seen, subscriptions."""


def sniff(source: Source) -> bool:
    """Tell whether a CSV file has Takeout's columns, or its JSON in a cell."""
    return any(_is_comments(source, name) for name in source.named(".csv"))


def _is_comments(source: Source, name: str) -> bool:
    head = source.head(name, SHORT_HEAD_BYTES).decode("utf-8", "replace")
    return bool(_ENGLISH.match(head)) or bool(_CELL.search(head) and head.count(",") > 5)


def read(source: Source) -> Iterator[Item]:
    """Yield the comments that the account wrote; those it received are not in the takeout.

    Notes
    -----
    A comment is a reply: to another comment, or else to the video (or community post), whose
    id is ``conversation_id``. Columns in another language than English are told by their place,
    as are those of a file without names of columns.
    """
    for file in source.named(".csv"):
        if _is_comments(source, file) or len(source.names) == 1:
            first = source.head(file, SHORT_HEAD_BYTES).partition(b"\n")[0]
            header = _CELL.search(first.decode("utf-8", "replace")) is None
            with source.open(file) as stream:
                yield from records_from(rows(stream, file, header=header), file, _record)


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


def _record(cells: Mapping[str, str]) -> Record:
    row = _named(cells)
    comment_id, cell = row.get("id"), row.get("text")
    if comment_id is None or cell is None:
        raise UnreadableError("no comment: no id or no text")
    parts = _parts(cell)
    text = "".join(words for _, words, _ in parts)
    if not text and any(kind == "other" for kind, _, _ in parts):
        raise UnreadableError("a comment whose words are not as YouTube wrote them")
    about = row.get("video") or row.get("post")
    return {
        "id": comment_id,
        "text": text or None,
        "author_id": row.get("channel"),
        **time_columns(row.get("time")),
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
    whole = found[0].get("takeoutSegments") if found and isinstance(found[0], dict) else None
    if isinstance(whole, list):  # as it was until June 2024
        found = whole
    return [_part(part) for part in found if isinstance(part, dict)]


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
    beside=_BESIDE,
    chain=OWN,
)
