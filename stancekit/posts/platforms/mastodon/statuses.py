"""Statuses as Mastodon's REST API gives them, and the archive of the tool mastodon-archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.html_text import read_html
from stancekit.posts.json.access import mapping_at, mappings_at, text_at, texts_at
from stancekit.posts.json.sniffing import chosen, json_files
from stancekit.posts.json.values import json_values_at
from stancekit.posts.platforms.mastodon.addresses import with_host
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record, UnreadableError, parts_of, records_from
from stancekit.posts.times import time_columns
from stancekit.posts.visibility import open_only

_PATTERNS: Final = (re.compile(r'"spoiler_text"'), re.compile(r'"in_reply_to_account_id"'))
LISTS: Final = ("statuses", "mentions", "ancestors", "descendants")
"""Lists of statuses in a document: of mastodon-archive, a search, or a thread. ``favourites``
and ``bookmarks`` are others' posts that somebody liked: no conversation."""
_PATHS: Final = frozenset((*(f"{name}.item" for name in LISTS), "account"))


def sniff(source: Source) -> bool:
    """Tell whether a JSON file holds the keys that only statuses of this API have."""
    return bool(json_files(source, *_PATTERNS))


def read(source: Source, *, private: bool = False) -> Iterator[Item]:
    """Yield the statuses of an array, of JSON lines, or of a document's lists.

    Followers-only and direct ones come if ``private``.

    Notes
    -----
    A boost has the boosted words and ``kind`` "repost". A content warning goes to the extra
    column ``content_warning``. Ids are those of the server that was asked.
    """
    for file in chosen(source, json_files(source, *_PATTERNS)):
        yield from open_only(_statuses(source, file), file, private)


def _statuses(source: Source, file: str) -> Iterator[Item]:
    with source.open(file) as stream:
        values = json_values_at(stream, file, _PATHS.__contains__)
        yield from records_from(parts_of(values, _unpacked), file, status_record)


def _unpacked(value: Any) -> Iterator[Any]:
    """Yield the statuses of a page, the one of a notification, or the value itself."""
    if not isinstance(value, dict) or "content" in value:
        yield value
    elif "status" in value:
        yield value["status"]
    elif any(name in value for name in LISTS):
        for name in LISTS:
            yield from mappings_at(value, name)
    elif "acct" not in value:  # an account heads the document of mastodon-archive
        yield value


def status_record(status: Any) -> Record:
    """Turn one status into a record; Truth Social's have the same form.

    Raises
    ------
    ValueError
        If it has no id, or no place for words.
    """
    post_id = text_at(status, "id")
    if post_id is None or not isinstance(status.get("content"), str):
        raise UnreadableError("no status: it has no id or content")
    account = mapping_at(status, "account")
    boosted = mapping_at(status, "reblog")
    shown = boosted if isinstance(boosted.get("content"), str) else status
    text, links = read_html(shown["content"])
    target = text_at(status, "in_reply_to_id")
    quote = mapping_at(status, "quote")
    quoted = mapping_at(quote, "quoted_status") or (quote if "content" in quote else {})
    quoted_id = text_at(quoted, "id") or text_at(quote, "quoted_status_id")
    record: Record = {
        "id": post_id,
        "text": text or None,
        "author_id": text_at(account, "id"),
        "author": _name(account),
        **time_columns(status.get("created_at")),
        "kind": "reply" if target else "quote" if quoted_id else "post",
        "reply_to_id": target,
        "reply_to_author": _target(status, account),
        "quoted_id": quoted_id,
        "quoted_author": _name(mapping_at(quoted, "account")),
        "mentions": [name for name in map(_name, mappings_at(shown, "mentions")) if name],
        "hashtags": texts_at(shown, "tags", "name"),
        "urls": links,
        "lang": text_at(shown, "language"),
        "visibility": text_at(status, "visibility"),
    }
    if boosted:
        record.update(kind="repost", repost_of=text_at(boosted, "id"))
    warning = text_at(shown, "spoiler_text")
    if warning:
        record["content_warning"] = warning
    return record


def _name(account: Mapping[str, Any]) -> str | None:
    name = text_at(account, "acct", "username")
    return with_host(name, text_at(account, "url")) if name else None


def _target(status: Mapping[str, Any], account: Mapping[str, Any]) -> str | None:
    """Name who is answered: one of those mentioned, or the author going on."""
    wanted = text_at(status, "in_reply_to_account_id")
    known = (account, *mappings_at(status, "mentions"))
    return next((_name(a) for a in known if wanted and text_at(a, "id") == wanted), None)


READER = Reader(
    "mastodon-statuses",
    "Mastodon statuses from the REST API (array, JSON lines, thread, search) or mastodon-archive",
    sniff,
    read,
    options=("private",),
    chain=LED,
)
