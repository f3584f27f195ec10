"""One record of the AT Protocol (``app.bsky.feed.post`` or ``.repost``) as a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Final

from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.record import Record, UnreadableError
from stancekit.posts.times import UTC, parse_time, time_columns

POST: Final = "app.bsky.feed.post"
REPOST: Final = "app.bsky.feed.repost"

_OWN_TYPE: Final = re.compile(r"(?:app|chat)\.bsky(?:\.[A-Za-z]{1,40}){1,4}")
_URI: Final = re.compile(r"at://([^/]+)/([^/]+)/([^/]+)")
_TID: Final = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
_SORTABLE: Final = "234567abcdefghijklmnopqrstuvwxyz"
_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FEATURES: Final = {"mention": ("did", "value"), "tag": ("tag",), "link": ("uri", "value")}
"""Under which keys a part of a text says what it stands for."""


def author_of(uri: str | None) -> str | None:
    """Return the DID (or handle) in the address of a record.

    Examples
    --------
    >>> author_of("at://did:plc:ada/app.bsky.feed.post/3k2a")
    'did:plc:ada'
    """
    found = _URI.match(uri or "")
    return found[1] if found else None


def key_time(uri: str) -> datetime | None:
    """Return the time in a record's key, when the key is a TID (microseconds, base 32).

    Examples
    --------
    >>> key_time("at://did:plc:ada/app.bsky.feed.post/3jzfcijpj2z2a").isoformat()[:16]
    '2023-06-30T15:03'
    """
    key = uri.rpartition("/")[2]
    if not _TID.fullmatch(key):
        return None
    number = 0
    for letter in key:
        number = number << 5 | _SORTABLE.index(letter)
    micros = number >> 10
    return _UNIX + timedelta(microseconds=micros) if micros < 1 << 52 else None


def type_of(value: Mapping[str, Any]) -> str | None:
    """Return the type that a record or a part of one says it has.

    Keys stand in another spelling where atproto's SDK for Python has written them.
    """
    return text_at(value, "$type", "py_type")


def told(kind: str | None) -> str:
    """Name a type of record as notices may: Bluesky's own, for others are anybody's words.

    Examples
    --------
    >>> told("app.bsky.feed.like"), told("com.example.ana_vale")
    ('app.bsky.feed.like', "types that are not Bluesky's")
    """
    return kind if kind and _OWN_TYPE.fullmatch(kind) else "types that are not Bluesky's"


def feed_record(value: Mapping[str, Any], uri: str, author: str | None = None) -> Record:
    """Turn a post or repost into a record.

    ``reply_to_author`` and ``quoted_author`` are DIDs, as nothing else is known of them. Links
    that the app shows short (``example.org/tra...``) are written out.

    Parameters
    ----------
    value : mapping
        The record, as JSON or DAG-CBOR gives it.
    uri : str
        Its address, ``at://did/collection/key``.
    author : str, optional
        The author's handle.

    Raises
    ------
    ValueError
        If it is of another type, or without text.
    """
    did = author_of(uri)
    record: Record = {
        "id": uri,
        "author_id": did,
        "author": author,
        **time_columns(parse_time(text_at(value, "createdAt", "created_at")) or key_time(uri)),
        "visibility": "public",
    }
    kind = (type_of(value) or POST).removesuffix("#main")
    reposted = text_at(value.get("subject"), "uri")
    if kind == REPOST and reposted:
        return record | {"kind": "repost", "repost_of": reposted}
    text = value.get("text")
    if kind != POST or not isinstance(text, str):
        raise UnreadableError("no post: it has no text, or is of another type")
    shown, mentions, hashtags, urls = _rich_text(text, value)
    parent = text_at(mapping_at(value, "reply", "parent"), "uri")
    quoted = _quoted(value.get("embed"))
    return record | {
        "text": shown or None,
        "kind": "reply" if parent else "quote" if quoted else "post",
        "reply_to_id": parent,
        "reply_to_author": author_of(parent),
        "quoted_id": quoted,
        "quoted_author": author_of(quoted),
        "conversation_id": text_at(mapping_at(value, "reply", "root"), "uri") or uri,
        "mentions": mentions,
        "hashtags": hashtags,
        "urls": urls,
        "lang": _language(value.get("langs")),
    }


def _quoted(embed: Any) -> str | None:
    """Return the address of a quoted post; lists and feeds can be embedded too."""
    held = mapping_at(embed, "record")
    uri = text_at(held, "uri") or text_at(mapping_at(held, "record"), "uri")
    return uri if uri and f"/{POST}/" in uri else None


def _language(languages: Any) -> str | None:
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if isinstance(first, str) else None


def _rich_text(text: str, value: Mapping[str, Any]) -> tuple[str, list[str], list[str], list[str]]:
    """Read facets; they count bytes of UTF-8, and overlap or lie outside when a client errs."""
    raw = text.encode("utf-8", "surrogatepass")
    mentions, hashtags, urls = [], [], []
    cuts: list[tuple[int, int, bytes]] = []
    for start, end, kind, feature in chain(_facets(value), _entities(text, value)):
        shown = raw[start:end].decode("utf-8", "replace")
        found = text_at(feature, *_FEATURES[kind])
        if found is None:
            continue
        if kind == "mention":
            named = shown.startswith("@") and "\ufffd" not in shown
            mentions.append(shown[1:] if named else found)
        elif kind == "tag":
            hashtags.append(found)
        else:
            urls.append(found)
            if shown != found and shown.strip() and shown.rstrip(".…") in found:
                cuts.append((start, end, found.encode("utf-8", "surrogatepass")))
    tags = value.get("tags")
    if isinstance(tags, list):
        hashtags += [tag for tag in tags if isinstance(tag, str)]
    card = text_at(mapping_at(value, "embed", "external"), "uri") or text_at(
        mapping_at(value, "embed", "media", "external"), "uri"
    )
    if card and card not in urls:
        urls.append(card)
    return _spliced(raw, cuts), mentions, hashtags, urls


def _facets(value: Mapping[str, Any]) -> Iterator[tuple[int, int, str, Mapping[str, Any]]]:
    for facet in mappings_at(value, "facets"):
        index = mapping_at(facet, "index")
        start = index.get("byteStart", index.get("byte_start"))
        end = index.get("byteEnd", index.get("byte_end"))
        for feature in mappings_at(facet, "features"):
            kind = (type_of(feature) or "").rpartition("#")[2]
            if isinstance(start, int) and isinstance(end, int) and kind in _FEATURES:
                yield max(start, 0), max(end, 0), kind, feature


def _entities(
    text: str, value: Mapping[str, Any]
) -> Iterator[tuple[int, int, str, Mapping[str, Any]]]:
    """Read what came before facets, in spring 2023; it counts UTF-16, made bytes here."""
    wide = text.encode("utf-16-le", "surrogatepass")
    for entity in mappings_at(value, "entities"):
        index, kind = mapping_at(entity, "index"), entity.get("type")
        start, end = index.get("start"), index.get("end")
        if isinstance(start, int) and isinstance(end, int) and kind in _FEATURES:
            before, inside = (
                len(part.decode("utf-16-le", "replace").encode())
                for part in (wide[: 2 * max(start, 0)], wide[2 * max(start, 0) : 2 * max(end, 0)])
            )
            yield before, before + inside, str(kind), entity


def _spliced(raw: bytes, cuts: list[tuple[int, int, bytes]]) -> str:
    """Put whole links in place of cut ones, from the end so that places stay right."""
    limit = len(raw)
    for start, end, link in sorted(cuts, reverse=True):
        if start < end <= limit:
            raw, limit = raw[:start] + link + raw[end:], start
    return raw.decode("utf-8", "replace")
