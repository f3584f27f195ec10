"""What the JSON downloads of Facebook, Instagram and Threads have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, TypeAlias

from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mappings_at, text_at
from stancekit.posts.json.nested import Found, nested_items
from stancekit.posts.json.sniffing import Form, json_names
from stancekit.posts.json.stream import first_json
from stancekit.posts.record import Item, NotAPostError, Record, UnreadableError, records_from
from stancekit.posts.strings import mend_mojibake
from stancekit.posts.times import time_columns
from stancekit.posts.visibility import open_only

ListsIn: TypeAlias = Callable[[Source, str], "tuple[str, ...] | None"]
"""``lists_in(source, file)`` names the lists in a file (``""`` for an array that is the whole
file); None for a file that is not read."""

MESSAGES: Final = ("messages",)
"""The list in a file of private messages."""

BESIDE: Final = re.compile(
    r"(?!.*(?:comment|post|reel|stor(?:y|ies)|igtv|thread|status|group|messag|caption)[^/]*$)"
    r".*\.json"
    r"|.*(?:like|saved|viewed|watched|reaction|interaction|sticker|poll|quiz|emoji|highlight"
    r"|profile_photo|setting|suggest|interest|search)[^/]*\.json"
    r"|(?:.*/)?(?:start_here|index|no-data)\.(?:html|txt)",
    re.IGNORECASE,
)
"""Files of a download that hold no posts: a hundred small ones, of devices, friends and the like.
One that is called as posts are is none of them."""

_POST_KEYS: Final = frozenset(("media", "title", "creation_timestamp"))
_MESSAGES: Final = Form(
    re.compile(r'\{\s*"(?:participants|messages)"\s*:'), (re.compile(r'"sender_name"\s*:'),)
)


def messages_in(source: Source, file: str) -> tuple[str, ...] | None:
    """Tell a file of private messages, Messenger's or Instagram's."""
    return MESSAGES if _MESSAGES.fits(source, file) else None


def holds_lists(source: Source, lists_in: ListsIn, *, messages: bool = False) -> bool:
    """Tell whether a download has a file that is read; one of messages alone only if asked."""
    found = (lists_in(source, name) for name in json_names(source))
    return any(lists is not None and (messages or lists != MESSAGES) for lists in found)


def read_download(
    source: Source,
    lists_in: ListsIn,
    record_of: Callable[[str, Any], Record],
    private: bool,
) -> Iterator[Item]:
    """Read all files of a download that hold lists of posts.

    Parameters
    ----------
    source : Source
        The download.
    lists_in : callable
        See :data:`ListsIn`.
    record_of : callable
        ``record_of(list_name, item)`` makes a record; see :func:`records_from`.
    private : bool
        Whether to read private messages.
    """
    for file in json_names(source):
        names = lists_in(source, file)
        if names is None and len(source.names) == 1:
            names = ("",)  # the user said that it is of this format
        if names is not None:
            paths = {f"{name}.item" if name else "item": name for name in names}
            with source.open(file) as stream:
                items = nested_items(stream, file, paths.__contains__)
                records = records_from(items, file, partial(_record, paths, record_of))
                yield from open_only(records, file, private)


def _record(paths: dict[str, str], record_of: Callable[[str, Any], Record], found: Found) -> Record:
    return record_of(paths[found.path], mended(found.value))


def mended(value: Any) -> Any:
    r"""Mend the strings in a JSON value, keys too; see :func:`mend_mojibake`.

    Examples
    --------
    >>> mended([{"caf\u00c3\u00a9": "\u00c3\u00a9t\u00c3\u00a9"}, 7])
    [{'café': 'été'}, 7]
    """
    if isinstance(value, str):
        return mend_mojibake(value)
    if isinstance(value, list):
        return [mended(item) for item in value]
    if isinstance(value, dict):
        return {mend_mojibake(key): mended(item) for key, item in value.items()}
    return value


def message_record(message: Any) -> Record:
    """Turn one message of Messenger or Instagram into a record."""
    sender = text_at(message, "sender_name")
    if sender is None:
        raise UnreadableError("no message: it has no sender")
    return {
        "text": spoken(text_at(message, "content")),
        "author": sender,
        "kind": "post",
        "visibility": "direct",
        **time_columns(message.get("timestamp_ms")),
    }


def spoken(text: str | None) -> str:
    """Return the words of an item; most have none (a photo, a like)."""
    if not text:
        raise NotAPostError("items without words")
    return text


def caption_record(item: Any, author: str | None) -> Record:
    """Turn a post made of pictures, as Instagram and Threads list them, into a record.

    The words stand with the post, or with its only picture.
    """
    if not isinstance(item, dict) or item.keys().isdisjoint(_POST_KEYS):
        raise UnreadableError("no post: not as Meta wrote them when this was made")
    media = list(mappings_at(item, "media"))
    texts = (text_at(part, "title") for part in (item, *media))
    times = (part.get("creation_timestamp") for part in (item, *media))
    return {
        "text": spoken(next(filter(None, texts), None)),
        "author": author,
        "kind": "post",
        **time_columns(next(filter(None, times), None)),
    }


def small_file(source: Source, name: str) -> Any:
    """Read a small file of the download, such as the one about the account."""
    return mended(first_json(source, source.find(name)))
