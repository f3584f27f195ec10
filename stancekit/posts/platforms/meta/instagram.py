"""The copy of one's information that Instagram gives out as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.json.sniffing import Form
from stancekit.posts.platforms.meta.download import (
    BESIDE,
    MESSAGES,
    caption_record,
    holds_lists,
    message_record,
    messages_in,
    read_download,
    small_file,
    spoken,
)
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record, UnreadableError
from stancekit.posts.times import time_columns

COMMENTS: Final = ("comments_media_comments", "comments_reels_comments", "comments_story_comments")
CAPTIONS: Final = ("ig_reels_media", "ig_igtv_media", "ig_stories", "ig_archived_post_media")
OLD_COMMENTS: Final = ("media_comments", "live_comments")
"""Lists in comments.json of 2018 to 2020: ``[time, words, whose post]``."""
OLD_CAPTIONS: Final = ("photos", "videos", "stories")
"""Lists in media.json of those years."""
_TEXT_LABELS: Final = ("Comment", "Opmerking", "Kommentar", "Commentaire", "Comentario")
_OWNER_LABELS: Final = ("Media Owner", "Media-eigenaar", "Medieninhaber")
_NAMED: Final = Form(
    re.compile(r"\{"),
    (re.compile(rf'"(?:{"|".join((*COMMENTS, *CAPTIONS))})"\s*:|"media_comments"\s*:\s*\[\s*\['),),
)
_OLD_MEDIA: Final = Form(
    re.compile(rf'\{{\s*"(?:{"|".join(OLD_CAPTIONS)}|profile|direct)"\s*:\s*\[\s*\{{'),
    (re.compile(r'"path"\s*:'), re.compile(r'"taken_at"\s*:')),
)
_COMMENT_LIST: Final = Form(
    re.compile(r"\[\s*\{"),
    (
        re.compile(r'"(?:string_map_data|label_values|string_list_data)"\s*:'),
        re.compile(r'"value"\s*:'),
    ),
)
_LABELLED: Final = Form(
    re.compile(r"\[\s*\{"),
    (*_COMMENT_LIST.marks, re.compile(rf'"(?:{"|".join(_TEXT_LABELS)})"')),
)
_POST_LIST: Final = Form(
    re.compile(r"\[\s*\{"),
    (re.compile(r'"media"\s*:\s*\[\s*\{\s*"uri"\s*:'), re.compile(r'"creation_timestamp"')),
)


def sniff(source: Source) -> bool:
    """Tell whether a JSON file holds Instagram's lists of comments or captions."""
    return holds_lists(source, lists_in)


def lists_in(source: Source, file: str) -> tuple[str, ...] | None:
    """Name the lists that a file holds.

    Comments share their form with likes; only a label or the file's name tells them apart.
    """
    if _NAMED.fits(source, file):
        return (*COMMENTS, *CAPTIONS, *OLD_COMMENTS)
    if _OLD_MEDIA.fits(source, file):
        return OLD_CAPTIONS
    named = "comment" in file.lower() and "like" not in file.lower()
    comments = _COMMENT_LIST if named else _LABELLED
    if comments.fits(source, file) or _POST_LIST.fits(source, file):
        return ("",)
    return messages_in(source, file)


def read(source: Source, *, private: bool = False) -> Iterator[Item]:
    """Yield the account's own comments and captions; private messages too if ``private``.

    Notes
    -----
    Meta's broken UTF-8 is mended. The keys inside a comment are in the account's language:
    those that are not known are told by their place (words first, then whose post it was under,
    which goes to ``reply_to_author``). Pictures without words are passed over. Of earlier years,
    comments are read as they were from 2018 (lists of three) and 2021 (``string_list_data``).
    """
    profile = small_file(source, "personal_information.json")
    user = next(mappings_at(profile, "profile_user"), {})
    name = text_at(mapping_at(user, "string_map_data", "Username"), "value")
    return read_download(source, lists_in, partial(_record, name), private)


def _record(owner: str | None, name: str, item: Any) -> Record:
    if name in MESSAGES:
        return message_record(item)
    if name in OLD_CAPTIONS and isinstance(item, dict):
        item = {"title": item.get("caption"), "creation_timestamp": item.get("taken_at")}
    comment = _comment(item)
    if comment is None and name in (*COMMENTS, *OLD_COMMENTS):
        raise UnreadableError("no comment: not as Instagram wrote them when this was made")
    return caption_record(item, owner) if comment is None else {"author": owner, **comment}


def _comment(item: Any) -> Record | None:
    """Make the record of a comment, in the form of whatever year; None if it is in none."""
    fields = _fields(item)
    if fields is not None:
        times = (part.get("timestamp") for part in fields.values())
        when = next(filter(None, times), None) or item.get("timestamp")
        words, whose = _labelled(fields, _TEXT_LABELS, 0), _labelled(fields, _OWNER_LABELS, 1)
    elif isinstance(item, dict) and "string_list_data" in item:
        part = next(mappings_at(item, "string_list_data"), {})
        words, whose, when = text_at(part, "value"), text_at(item, "title"), part.get("timestamp")
    elif isinstance(item, list) and len(item) == 3 and all(isinstance(x, str) for x in item):
        when, words, whose = item
    else:
        return None
    return {"text": spoken(words), "kind": "reply", "reply_to_author": whose, **time_columns(when)}


def _fields(item: Any) -> dict[str, Mapping[str, Any]] | None:
    """Return the labelled parts of a comment, as both generations of the download have them."""
    if not isinstance(item, dict):
        return None
    if "string_map_data" in item:
        found = mapping_at(item, "string_map_data")
        return {key: part for key, part in found.items() if isinstance(part, dict)}
    if "label_values" in item:
        parts = mappings_at(item, "label_values")
        return {str(part.get("label")): part for part in parts if "label" in part}
    return None


def _labelled(
    fields: Mapping[str, Mapping[str, Any]], labels: tuple[str, ...], place: int
) -> str | None:
    known = next((label for label in labels if label in fields), None)
    if known is not None:
        return text_at(fields[known], "value")
    values = [text_at(part, "value") for part in fields.values() if "timestamp" not in part]
    return values[place] if place < len(values) else None


READER = Reader(
    "instagram",
    "Instagram download as JSON: comments, captions (and private messages if asked)",
    sniff,
    read,
    options=("private",),
    beside=BESIDE,
    chain=OWN,
)
