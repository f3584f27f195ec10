"""Chats as WhatsApp exports them: text whose dates are in the form of the phone that made it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from stancekit.posts.chain import OWN
from stancekit.posts.files.encoding import decode_head, detect_encoding, mended_lines
from stancekit.posts.files.source import Source
from stancekit.posts.limits import CONTINUED_LINES, HEAD_BYTES, SHORT_HEAD_BYTES
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, NotAPostError, Notice, Record, Reject, records_from
from stancekit.posts.tables.values import is_yes
from stancekit.posts.times import day_comes_first, parse_time, slashed_time

_HEAD: Final = re.compile(
    r"[\u200e\u200f\ufeff]*\[?(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?,?\s+(?:at\s|um\s|à\s)?"
    r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s?([ap])\.?\s?m\.?)?(?:\]|\s+[-–]|:)\s+(.*)",
    re.IGNORECASE | re.DOTALL,
)
_OMITTED: Final = re.compile(
    r"<[^<>]{3,60}>|null|\S+\.(?:jpe?g|png|gif|webp|mp4|mov|3gp|opus|ogg|m4a|mp3|aac|vcf|pdf|docx?)"
    r" [(<][^()<>]{3,60}[)>]|(?:image|video|audio|sticker|GIF|document|Contact card) omitted"
)
_MARKED: Final = re.compile(r"(?<!\s)\s*\u200e?<[^<>]{3,60}>\s*$")
_DELETED: Final = re.compile(
    r"(?:this message was deleted|you deleted this message|diese nachricht wurde gelöscht"
    r"|du hast diese nachricht gelöscht|ce message a été supprimé|vous avez supprimé ce message"
    r"|(?:se )?eliminó este mensaje|eliminaste este mensaje|questo messaggio è stato eliminato"
    r"|dit bericht (?:is|werd) verwijderd|mensagem apagada|esta mensagem foi apagada"
    r")(?: by admin .*)?\.?",
    re.IGNORECASE,
)
_QUOTED: Final = frozenset('"“”„«»')
_NO_WORDS: Final = "messages without words"
_OWN: Final = "messages of WhatsApp itself"


class _Message(NamedTuple):
    """One message as it stands: its date's three numbers, its time of day, and the rest."""

    date: str
    clock: str
    rest: str

    def __str__(self) -> str:
        return f"{self.date}, {self.clock} {self.rest}"


def sniff(source: Source) -> bool:
    """Tell whether a text file's first lines begin with a date, a time and who speaks."""
    return bool(_chats(source))


def _chats(source: Source) -> list[str]:
    return [name for name in source.named(".txt") if _is_chat(source.head(name, SHORT_HEAD_BYTES))]


def _is_chat(head: bytes) -> bool:
    lines = decode_head(head).lstrip("\ufeff \r\n").splitlines()[:20]
    heads = [found for found in map(_HEAD.match, lines) if found]
    return bool(lines) and _HEAD.match(lines[0]) is not None and any(": " in h[9] for h in heads)


def read(source: Source, *, day_first: str | bool | None = None) -> Iterator[Item]:
    """Yield the messages of each chat; what WhatsApp itself says there is counted.

    Parameters
    ----------
    day_first : str or bool, optional
        Whether ``03/04/24`` is the third of April. If not given, what the dates of a chat prove:
        a number above 12, or that only one order keeps the messages in order.

    Notes
    -----
    There are no ids, nor is it said what a message answers. Times are local, without a zone, and
    taken as UTC, with a notice. Pictures and the like have no words and are counted; a deleted
    message has no text. ``author`` is the name in the phone's contacts, or a number.
    """
    for file in _chats(source) or list(source.names):
        first = None if day_first is None else is_yes(day_first, "day_first", file)
        first = _order(source, file) if first is None else first
        if first is None:
            message = "day and month cannot be told apart in its dates; times are left out. "
            yield Notice(file, message + "Say which comes first, as in day_first=True")
        else:
            yield Notice(file, "states local times without a zone; taken as UTC")
        yield from records_from(_messages(source, file), file, partial(_record, first))


def _order(source: Source, file: str) -> bool | None:
    """Tell whether the day comes first in a chat's dates; None if nothing proves it."""
    before: dict[bool, datetime | None] = {True: None, False: None}
    sound = {True: True, False: True}
    for item in _messages(source, file):
        if isinstance(item, Reject):
            continue
        date, clock, _ = item[1]
        if parse_time(date) is not None:
            return True  # the year comes first: nothing to tell
        told = day_comes_first(date)
        if told is not None:
            return told
        for order in sound:
            moment = slashed_time(f"{date} {clock}", order)
            last = before[order]
            if moment is None or (last is not None and moment < last):
                sound[order] = False
            before[order] = moment or last
    return sound[True] if sound[True] != sound[False] else None


def _messages(source: Source, file: str) -> Iterator[tuple[int, _Message] | Reject]:
    """Yield each message with its first line; the lines after it that begin none are its own."""
    with source.open(file) as stream:
        encoding = detect_encoding(stream.peek(HEAD_BYTES)[:HEAD_BYTES])
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        with io.TextIOWrapper(stream, encoding=encoding, errors=errors) as text:
            start, begun = 0, None
            more: list[str] = []
            for number, line in enumerate(mended_lines(text), 1):
                found = _HEAD.match(line)
                if found is None and begun is None:
                    if line.strip("\ufeff \r\n"):
                        yield Reject(file, number, "no message begins here", line)
                elif found is None:
                    if len(more) == CONTINUED_LINES:
                        yield Reject(file, number, "more lines than a message has", line)
                    else:
                        more.append(line)
                else:
                    if begun is not None:
                        yield start, begun._replace(rest=begun.rest + "".join(more))
                    start, begun, more = number, _begun(found), []
            if begun is not None:
                yield start, begun._replace(rest=begun.rest + "".join(more))


def _begun(found: re.Match[str]) -> _Message:
    first, mark, second, third, hour, minute, second_of, half, rest = found.groups()
    if len(first) == 4:
        date = f"{first}-{second:0>2}-{third:0>2}"
    else:
        date = f"{first}{mark}{second}{mark}{third}"
    shown = int(hour) if half is None else int(hour) % 12 + 12 * (half in "pP")
    return _Message(date, f"{shown:02}:{minute}:{second_of or '00'}", rest)


def _record(day_first: bool | None, message: _Message) -> Record:
    author, colon, text = (message.rest + " ").partition(": ")
    author = author.strip("\u200e\u200f\u202a\u202c ")
    if not colon or "\n" in author or not _QUOTED.isdisjoint(author):
        raise NotAPostError(_OWN)
    text = text.strip(" \r\n")
    gone = _DELETED.fullmatch(text.strip("\u200e "))
    if not gone and text.startswith("\u200e") and not text.startswith("\u200e<"):
        raise NotAPostError(_OWN)
    if not gone:
        text = _MARKED.sub("", text).strip("\u200e ")
        if not text or _OMITTED.fullmatch(text):
            raise NotAPostError(_NO_WORDS)
    moment = _moment(message, day_first)
    return {
        "text": None if gone else text,
        "author": author or None,
        "created_at": moment,
        "time_known": moment is not None,
        "kind": "post",
        "visibility": "direct",
        **({"removed": "deleted"} if gone else {}),
    }


def _moment(message: _Message, day_first: bool | None) -> datetime | None:
    when = f"{message.date} {message.clock}"
    read: Callable[[str], datetime | None] = parse_time
    if parse_time(message.date) is None:
        read = partial(slashed_time, day_first=day_first) if day_first is not None else _unknown
    return read(when)


def _unknown(_: str) -> None:
    return None


READER = Reader(
    "whatsapp",
    "WhatsApp chats as exported (_chat.txt, “WhatsApp Chat with ….txt”), also in a zip",
    sniff,
    read,
    options=("day_first",),
    tested_on="fixtures of chat-miner",
    uncounted="a line that begins no message belongs to the one before it, whatever it was",
    chain=OWN,
)
