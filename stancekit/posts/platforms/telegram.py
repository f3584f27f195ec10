"""What Telegram Desktop exports as JSON: one chat, or all of an account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, NamedTuple

from stancekit.posts.answers import with_answered
from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import text_at
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
    re.compile(r'"messages"\s*:\s*\[|"personal_information"|"chats"\s*:\s*\{'),
    re.compile(r'"date_unixtime"|"from_id"|"text_entities"|"type"\s*:\s*"(?:service|message)"'),
)
_ALL: Final = re.compile(r"(?:(?:left_)?chats\.list\.item\.)?(name|type|id|messages\.item)")
_VISIBILITY: Final = {
    "public_channel": "public", "public_supergroup": "public",
    "private_channel": "private", "private_group": "private", "private_supergroup": "private",
    "personal_chat": "direct", "saved_messages": "direct", "bot_chat": "direct",
}  # fmt: skip
_LOCAL: Final = "messages state only the local time of whoever exported them; taken as UTC"


@dataclass
class _Chat:
    """The chat whose messages are being read."""

    facts: dict[str, str] = field(default_factory=dict)

    def whole_id(self, message_id: str) -> str:
        chat = self.facts.get("id")
        return f"{chat}/{message_id}" if chat else message_id


def sniff(source: Source) -> bool:
    """Tell whether JSON holds messages with Telegram's keys."""
    return bool(json_files(source, *_PATTERNS))


def read(source: Source) -> Iterator[Item]:
    """Yield the messages of every chat; what Telegram itself says in a chat is passed over.

    Notes
    -----
    Ids are ``chat/message``, for messages are numbered in each chat anew. A forwarded message
    has ``kind`` "repost": its words are another's. ``visibility`` is "public", "private"
    (groups by invitation) or "direct", by the type of chat. Exports before version 3.7.6 have
    only the local time of the computer that made them, which is taken as UTC, with a notice.
    """
    for file in chosen(source, json_files(source, *_PATTERNS)):
        yield from _messages(source, file)


def _messages(source: Source, file: str) -> Iterator[Item]:
    local: Counter[str] = Counter()
    with source.open(file) as stream:
        found = nested_items(stream, file, lambda path: _ALL.fullmatch(path) is not None)
        yield from with_answered(records_from(_placed(found), file, partial(_record, local)))
    for what, count in local.items():
        yield Notice(file, f"{count:,} {what}")


class _Message(NamedTuple):
    """One message, and the chat it stands in."""

    value: Any
    chat: _Chat

    def __str__(self) -> str:
        return str(self.value)


def _placed(items: Iterable[tuple[int, Found] | Reject | Notice]) -> Numbered:
    """Number the messages of a file, and put each into its chat, whose facts stand before it."""
    chat, after_messages, number = _Chat(), False, 0
    for item in items:
        if not isinstance(item, tuple):
            yield item
            continue
        path, _, value = item[1]
        if path.endswith("messages.item"):
            after_messages, number = True, number + 1
            yield number, _Message(value, chat)
            continue
        if after_messages:
            chat, after_messages = _Chat(), False
        chat.facts[path.rpartition(".")[2]] = str(value)


def _record(local: Counter[str], placed: _Message) -> Record:
    message, chat = placed
    if text_at(message, "type") not in ("message", None):
        raise NotAPostError("messages of Telegram itself")
    if not isinstance(message, dict) or not isinstance(message.get("text"), (str, list)):
        raise UnreadableError("no message: not an object with text")
    if "date_unixtime" not in message:
        local[_LOCAL] += 1
    parts = _parts(message["text"])
    text = "".join(part for _, part, _ in parts)
    message_id, author = text_at(message, "id"), text_at(message, "from")
    target = text_at(message, "reply_to_message_id")
    elsewhere = text_at(message, "reply_to_peer_id")
    forwarded = "forwarded_from" in message
    record: Record = {
        "id": chat.whole_id(message_id) if message_id else None,
        "text": text or None,
        "author_id": text_at(message, "from_id"),
        "author": author,
        **time_columns(text_at(message, "date_unixtime") or message.get("date")),
        "kind": "repost" if forwarded else "reply" if target else "post",
        "conversation_id": chat.facts.get("id"),
        "mentions": [part.lstrip("@") for kind, part, _ in parts if kind.startswith("mention")],
        "hashtags": [part.lstrip("#") for kind, part, _ in parts if kind == "hashtag"],
        "urls": [href for kind, _, href in parts if kind in ("link", "text_link")],
        "visibility": _VISIBILITY.get(chat.facts.get("type", "")),
        "chat": chat.facts.get("name"),
    }
    if target and elsewhere:
        record["reply_to_id"] = f"{elsewhere}/{target}"
    elif target:
        record["reply_to_id"] = chat.whole_id(target)
    if forwarded:
        record["forwarded_from"] = text_at(message, "forwarded_from")
    return record


def _parts(text: str | list[Any]) -> list[tuple[str, str, str]]:
    """Return ``(kind, words, link)`` for each part of a text, which is one string or a list."""
    parts = []
    for part in text if isinstance(text, list) else [text]:
        if isinstance(part, str):
            parts.append(("plain", part, ""))
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            words = part["text"]
            kind = text_at(part, "type") or "plain"
            parts.append((kind, words, text_at(part, "href") or words))
    return parts


READER = Reader(
    "telegram",
    "Telegram Desktop export as JSON (result.json): one chat, or all of an account",
    sniff,
    read,
    beside=re.compile(r"(?:.*/)?(?:css|js|images|stickers|lists)/.*|.*\.html"),
    tested_on="fixtures of chat-miner; real exports were tried by hand",
    chain=OWN,
)
