"""What the JSON downloads of Facebook, Instagram and Threads have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.json.fields import mappings_at, text_at
from stancekit.posts.json.heads import json_head, json_names
from stancekit.posts.json.nested import nested_items
from stancekit.posts.record import Item, Notice, Record, Reject
from stancekit.posts.strings import mend_mojibake
from stancekit.posts.times import parse_time
from stancekit.posts.visibility import open_only


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


def clock(value: Any) -> Record:
    """Return ``created_at`` and ``time_known`` for a Unix time."""
    moment = parse_time(value)
    return {"created_at": moment, "time_known": moment is not None}


def read_download(
    source: Source,
    list_of: Callable[[str, str], Collection[str] | None],
    record_of: Callable[[str, Any], Record | str | None],
    private: bool,
) -> Iterator[Item]:
    """Read all files of a download that hold lists of posts.

    Parameters
    ----------
    source : Source
        The download.
    list_of : callable
        ``list_of(file, head)`` names the lists in a file that begins so (``""`` for an array
        that is the whole file), or None for a file that is not read.
    record_of : callable
        ``record_of(list_name, item)`` makes a record; None for an item that holds no words
        (a photo, a like), and what is wrong where that is so.
    private : bool
        Whether to read private messages.
    """
    for file in json_names(source):
        names = list_of(file, json_head(source, file))
        if names is None and len(source.names) == 1:
            names = ("",)  # the user said that it is of this format
        if names is not None:
            paths = {f"{name}.item" if name else "item": name for name in names}
            yield from open_only(_items(source, file, paths, record_of), file, private)


def _items(
    source: Source,
    file: str,
    paths: dict[str, str],
    record_of: Callable[[str, Any], Record | str | None],
) -> Iterator[Item]:
    wordless = 0
    with source.open(file) as stream:
        for item in nested_items(stream, file, paths.__contains__):
            if isinstance(item, Reject):
                yield item
                continue
            path, number, value = item
            record = record_of(paths[path], mended(value))
            if isinstance(record, str):
                yield Reject(file, number, record, str(value))
            elif record is None:
                wordless += 1
            else:
                record["source_ref"] = f"{file}:{number}"
                yield record
    if wordless:
        yield Notice(file, f"{wordless:,} items without words passed over", warning=False)


MESSAGES: Final = re.compile(r'\{\s*"(?:participants|messages)"\s*:.*"sender_name"\s*:', re.DOTALL)
"""How a file of private messages begins, Messenger's or Instagram's."""


def message_record(message: Any) -> Record | str | None:
    """Turn one message of Messenger or Instagram into a record; None if it has no words."""
    sender = text_at(message, "sender_name")
    if sender is None:
        return "no message: it has no sender"
    text = text_at(message, "content")
    if text is None:
        return None
    return {
        "text": text,
        "author": sender,
        "kind": "post",
        "visibility": "direct",
        **clock(message.get("timestamp_ms")),
    }


def caption_record(item: Any, author: str | None) -> Record | str | None:
    """Turn a post made of pictures, as Instagram and Threads list them, into a record.

    The words stand with the post, or with its only picture.
    """
    if not isinstance(item, dict):
        return "no post: not a JSON object"
    media = list(mappings_at(item, "media"))
    text = text_at(item, "title") or next(filter(None, (text_at(m, "title") for m in media)), None)
    if text is None:
        return None
    times = (part.get("creation_timestamp") for part in (item, *media))
    return {
        "text": text,
        "author": author,
        "kind": "post",
        **clock(next(filter(None, times), None)),
    }


def first_object(source: Source, *file_names: str) -> Any:
    """Read a small file of the download, such as the one about the account."""
    from stancekit.posts.json.arrays import small_json

    for name in source.find(*file_names):
        with source.open(name) as stream:
            return mended(small_json(stream))
    return None
