"""Long posts: the whole text that an archive keeps apart, joined to the cut one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from stancekit.posts.platforms.x.tweet import entity_lists
from stancekit.posts.record import Record
from stancekit.posts.times import parse_time

_CUT: Final = re.compile(r"(?:…|\.\.\.)(?:\s*https://t\.co/\w+)?\s*$")

_MENTIONS: Final = re.compile(r"(?:@\w+\s+)+")
_LINK: Final = re.compile(r"https://t\.co/\w+")


@dataclass(frozen=True)
class Note:
    """The whole text of a long post; it is not HTML-escaped, and its id is not the tweet's."""

    text: str
    lists: Record


def notes_by_time(items: Iterable[Any]) -> dict[datetime, list[Note]]:
    """Sort the notes of an archive by the second they were made in, which their tweet shares."""
    notes: dict[datetime, list[Note]] = {}
    for item in items:
        note = item.get("noteTweet", item) if isinstance(item, dict) else None
        core = note.get("core") if isinstance(note, dict) else None
        if not isinstance(note, dict) or not isinstance(core, dict):
            continue
        made, text = parse_time(note.get("createdAt")), core.get("text")
        if made is None or not isinstance(text, str):
            continue
        entities = {**core, "user_mentions": core.get("mentions")}
        lists = entity_lists(entities, "screenName", "text")
        notes.setdefault(made.replace(microsecond=0), []).append(Note(text, lists))
    return notes


def take_note(notes: dict[datetime, list[Note]], text: str | None, created_at: Any) -> Note | None:
    """Find the note that a cut text begins, by what its tweet says of the time, and take it out.

    The rule: the same second, and what stands before the ellipsis begins the note. Two things
    differ between them in real archives: the note of a reply lacks the mentions the reply
    opens with (they are put back), and it has whole links where the tweet has t.co ones.

    Returns
    -------
    Note or None
        None if the text is not cut, or no note fits.
    """
    cut = _CUT.search(text or "")
    made = parse_time(created_at) if cut else None
    if text is None or cut is None or made is None:
        return None
    here = notes.get(made.replace(microsecond=0), [])
    found = _MENTIONS.match(text)
    mentions = found[0] if found else ""
    for opening in dict.fromkeys(("", mentions)):
        parts = _LINK.split(text[len(opening) : cut.start()])
        pattern = re.compile(r"\S+".join(map(re.escape, parts)))
        for note in here:
            if pattern.match(note.text):
                here.remove(note)
                return replace(note, text=opening + note.text)
    return None
