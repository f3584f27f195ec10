"""The archive that a Mastodon account downloads: its outbox, in ActivityPub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import Any, Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.html_text import read_html
from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.json.nested import Found, nested_items
from stancekit.posts.json.sniffing import chosen, json_files
from stancekit.posts.json.stream import first_json
from stancekit.posts.limits import BUFFER_BYTES
from stancekit.posts.platforms.mastodon.addresses import account_of, host_of, with_host
from stancekit.posts.reader import Reader
from stancekit.posts.record import (
    Item,
    NotAPostError,
    Notice,
    Record,
    Reject,
    UnreadableError,
    records_from,
)
from stancekit.posts.times import time_columns
from stancekit.posts.visibility import open_only

_PATTERNS: Final = (re.compile(r'"OrderedCollection"'), re.compile(r'"orderedItems"'))
_PUBLIC: Final = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
_WRITTEN: Final = frozenset(("Create", "Update"))


def sniff(source: Source) -> bool:
    """Tell whether a file is an ActivityPub collection of activities (or of likes: no posts)."""
    return bool(_outboxes(source))


def read(source: Source, *, private: bool = False) -> Iterator[Item]:
    """Yield the account's own posts and boosts.

    Replies that the account received are not in its archive. Followers-only and direct posts
    come if ``private``.

    Notes
    -----
    Visibility is told from the addressees as Mastodon's own ``StatusParser`` does. A boost has
    no text, for the archive holds only its address. A content warning goes to the extra column
    ``content_warning``. Of a post with ``Update`` activities the last version comes. The key
    ``orderedItems``, which Mastodon since 4.2 writes twice, is read as often as it comes.
    """
    owner = _owner(source)
    for file in chosen(source, _outboxes(source)):
        yield from open_only(_posts(source, file, owner), file, private)


def _outboxes(source: Source) -> list[str]:
    found = json_files(source, *_PATTERNS)
    return [name for name in found if not re.search(r"(?:likes|bookmarks)\.json$", name)]


def _owner(source: Source) -> str | None:
    """Return the account's name from ``actor.json``, as new servers hide it in addresses."""
    actor = first_json(source, source.find("actor.json"))
    name = text_at(actor, "preferredUsername")
    return with_host(name, text_at(actor, "id")) if name else None


def _posts(source: Source, file: str, owner: str | None) -> Iterator[Item]:
    last = _last_versions(source, file)
    with source.open(file) as stream:
        activities = _activities(stream, file)
        yield from records_from(activities, file, partial(_record, owner, last))


def _activities(stream: BufferedReader, file: str) -> Iterator[tuple[int, Found] | Reject | Notice]:
    return nested_items(stream, file, lambda path: path == "orderedItems.item")


def _last_versions(source: Source, file: str) -> dict[str, int]:
    """Return the number of the last activity for each post that has an ``Update``."""
    with source.open(file) as stream:
        tail = b""
        while chunk := stream.read(BUFFER_BYTES):
            if b'"Update"' in tail + chunk:
                break
            tail = chunk[-8:]
        else:
            return {}
    last: dict[str, int] = {}
    with source.open(file) as stream:
        for item in _activities(stream, file):
            if not isinstance(item, tuple) or text_at(item[1].value, "type") != "Update":
                continue
            post_id = text_at(item[1].value.get("object"), "id")
            if post_id:
                last[post_id] = item[0]
    return last


def _record(owner: str | None, last: Mapping[str, int], found: Found) -> Record:
    activity = found.value
    kind = text_at(activity, "type")
    if not isinstance(activity, dict):
        raise UnreadableError("no activity: not a JSON object")
    if kind == "Announce":
        record = _boost(activity)
    elif kind in _WRITTEN:
        record = _note(activity.get("object"))
    else:
        raise NotAPostError("activities that are no posts")
    if record is None:
        raise UnreadableError(f"an activity {kind} without a post in it")
    if kind != "Announce" and last.get(record["id"], found.number) != found.number:
        raise NotAPostError("earlier versions of posts")
    return record | {"author": owner or account_of(record["author_id"])}


def _boost(activity: Mapping[str, Any]) -> Record | None:
    address = activity.get("object")
    reposted = text_at(address, "id") if isinstance(address, dict) else address
    if not isinstance(reposted, str):
        return None
    return {
        "id": text_at(activity, "id"),
        "author_id": text_at(activity, "actor"),
        "kind": "repost",
        "repost_of": reposted,
        "visibility": _visibility(activity),
        **time_columns(activity.get("published")),
    }


def _note(note: Any) -> Record | None:
    """Turn an ActivityPub note, question or article into a record; None if it is none."""
    post_id = text_at(note, "id")
    if post_id is None or not isinstance(note.get("content", ""), str):
        return None
    text, links = read_html(note.get("content") or "")
    author = text_at(note, "attributedTo", "actor")
    target = text_at(note, "inReplyTo")
    quoted = text_at(note, "quote", "quoteUri", "quoteUrl", "_misskey_quote")
    mentions, hashtags = _tags(note)
    record: Record = {
        "id": post_id,
        "text": text or None,
        "author_id": author,
        "kind": "reply" if target else "quote" if quoted else "post",
        "reply_to_id": target,
        "reply_to_author": account_of(target),
        "quoted_id": quoted,
        "quoted_author": account_of(quoted),
        "conversation_id": text_at(note, "conversation", "context"),
        "mentions": mentions,
        "hashtags": hashtags,
        "urls": links,
        "lang": _language(note),
        "visibility": _visibility(note),
        **time_columns(note.get("published")),
    }
    warning = text_at(note, "summary")
    if warning:
        record["content_warning"] = read_html(warning).text
    return record


def _tags(note: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    mentions, hashtags = [], []
    for tag in mappings_at(note, "tag"):
        kind, name = text_at(tag, "type"), text_at(tag, "name")
        if kind == "Mention":
            href = text_at(tag, "href")
            whole = with_host(name, href) if name else account_of(href) or host_of(href)
            mentions += [whole] if whole else []
        elif kind == "Hashtag" and name:
            hashtags.append(name.lstrip("#"))
    return mentions, hashtags


def _language(note: Mapping[str, Any]) -> str | None:
    languages = list(mapping_at(note, "contentMap"))
    return languages[0] if len(languages) == 1 else None


def _visibility(item: Mapping[str, Any]) -> str:
    to, cc = _addressees(item, "to"), _addressees(item, "cc")
    if not _PUBLIC.isdisjoint(to):
        return "public"
    if not _PUBLIC.isdisjoint(cc):
        return "unlisted"
    return "private" if any(uri.endswith("/followers") for uri in to) else "direct"


def _addressees(item: Mapping[str, Any], key: str) -> list[str]:
    found = item.get(key)
    return [uri for uri in (found if isinstance(found, list) else [found]) if isinstance(uri, str)]


READER = Reader(
    "mastodon-outbox",
    "Mastodon archive: a zip, tar.gz or folder with outbox.json, or that file alone",
    sniff,
    read,
    options=("private",),
    beside=re.compile(r"(?:.*/)?(?:actor|likes|bookmarks)\.json|(?:.*/)?[\w-]+\.csv"),
    tested_on="real (300 activities)",
    chain=LED,
)
