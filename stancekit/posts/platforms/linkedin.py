"""Posts as LinkedIn sends them to a browser ("Voyager")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from stancekit.posts.json.access import mapping_at, text_at
from stancekit.posts.record import NotAPostError, Record, UnreadableError
from stancekit.posts.strings import hashtags_in
from stancekit.posts.times import parse_time

_ACTIVITY: Final = re.compile(r"urn:li:activity:(\d{1,19})\b")
_PROFILE: Final = re.compile(r"linkedin\.com/((?:in|company|school)/[^/?#]+)")


def captured_record(item: Mapping[str, Any]) -> Record:
    """Turn a post, as captured, into a record.

    LinkedIn shows no more than how long ago a post was made; the time is taken from its id.

    Raises
    ------
    NotAPostError
        If it has no author: a suggestion, or an advertisement.
    ValueError
        If it has no place for words that is known.
    """
    actor = mapping_at(item, "actor")
    if "actor" in item and not actor:
        raise NotAPostError("items without an author")
    if "commentary" not in item:
        raise UnreadableError("a post that is not as LinkedIn wrote them: no commentary in it")
    text = text_at(mapping_at(item, "commentary", "text"), "text")
    place = text_at(mapping_at(item, "updateMetadata"), "urn") or text_at(item, "preDashEntityUrn")
    urn = _ACTIVITY.search(place or "")
    link = text_at(mapping_at(actor, "navigationContext"), "actionTarget") or ""
    profile = _PROFILE.search(link)
    name = text_at(mapping_at(actor, "name"), "text")
    moment = _made(urn[1]) if urn else None
    return {
        "id": urn[1] if urn else None,
        "text": text,
        "author": profile[1] if profile else name,
        "author_name": name,
        "created_at": moment,
        "time_known": moment is not None,
        "kind": "post",
        "hashtags": hashtags_in(text),
    }


def _made(activity: str) -> datetime | None:
    """Return the time in an activity's id: the bits above the lowest 22, in milliseconds."""
    return parse_time(int(activity) >> 22)
