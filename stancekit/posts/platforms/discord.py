"""What DiscordChatExporter writes as JSON: one channel a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, Final, NamedTuple

from stancekit.posts.answers import with_answered
from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, mappings_at, text_at, texts_at
from stancekit.posts.json.nested import Found, nested_items
from stancekit.posts.json.sniffing import chosen, json_files
from stancekit.posts.reader import Reader
from stancekit.posts.record import (
    Item,
    NotAPostError,
    Notice,
    Numbered,
    Record,
    Reject,
    UnreadableError,
    records_from,
)
from stancekit.posts.times import time_columns

_PATTERNS: Final = (
    re.compile(r'\{\s*"guild"\s*:\s*\{'),
    re.compile(r'"channel"\s*:\s*\{'),
    re.compile(r'"messages"\s*:\s*\['),
)
_PATHS: Final = frozenset(("guild", "channel", "messages.item"))
_WRITTEN: Final = frozenset(("Default", "Reply", "0", "19"))
"""Types of message that people write; the others are Discord's own (a pin, somebody joined)."""


class _Message(NamedTuple):
    """One message, and where it was written."""

    value: Any
    guild: Any
    channel: Any

    def __str__(self) -> str:
        return str(self.value)


def sniff(source: Source) -> bool:
    """Tell whether JSON begins with a guild, and has a channel and messages."""
    return bool(json_files(source, *_PATTERNS))


def read(source: Source) -> Iterator[Item]:
    """Yield what people wrote in each channel; what Discord itself says there is counted.

    Notes
    -----
    A forwarded message has ``kind`` "repost" and the forwarded words. ``visibility`` is "direct"
    in direct messages, and not known in a guild's channels. ``author`` is the account's name, not
    the one it goes by in the guild.
    """
    for file in chosen(source, json_files(source, *_PATTERNS)):
        with source.open(file) as stream:
            placed = _placed(nested_items(stream, file, _PATHS.__contains__))
            yield from with_answered(records_from(placed, file, _record))


def _placed(items: Iterable[tuple[int, Found] | Reject | Notice]) -> Numbered:
    where: dict[str, Any] = {}
    numbers = count(1)
    for item in items:
        if not isinstance(item, tuple):
            yield item
        elif item[1].path in ("guild", "channel"):
            where[item[1].path] = item[1].value
        else:
            message = _Message(item[1].value, where.get("guild"), where.get("channel"))
            yield next(numbers), message


def _record(placed: _Message) -> Record:
    message, guild, channel = placed
    message_id = text_at(message, "id")
    if message_id is None or not isinstance(message.get("content"), str):
        raise UnreadableError("no message: it lacks an id or content")
    if (text_at(message, "type") or "Default") not in _WRITTEN:
        raise NotAPostError("messages of Discord itself")
    forwarded = mapping_at(message, "forwardedMessage")
    target = None if forwarded else text_at(mapping_at(message, "reference"), "messageId")
    text = text_at(forwarded, "content") if forwarded else message["content"]
    author = mapping_at(message, "author")
    urls = [embed["url"] for embed in mappings_at(message, "embeds") if text_at(embed, "url")]
    return {
        "id": message_id,
        "text": text or None,
        "author": text_at(author, "name"),
        "author_id": text_at(author, "id"),
        **time_columns(message.get("timestamp")),
        "kind": "repost" if forwarded else "reply" if target else "post",
        "reply_to_id": target,
        "conversation_id": text_at(channel, "id"),
        "mentions": texts_at(message, "mentions", "name"),
        "urls": [url for url in urls if isinstance(url, str)],
        "visibility": "direct" if "Direct" in (text_at(channel, "type") or "") else None,
        "guild": text_at(guild, "name"),
        "channel": text_at(channel, "name"),
        "is_bot": author.get("isBot") is True,
    }


READER = Reader(
    "discord",
    "Discord channels as DiscordChatExporter writes them as JSON",
    sniff,
    read,
    beside=re.compile(r"(?:.*/)?[^/]+_Files/.*"),
    chain=OWN,
)
