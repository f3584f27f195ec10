"""One tweet as X writes it in exports, as a record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from stancekit.posts.record import Record
from stancekit.posts.strings import unescape_html
from stancekit.posts.times import UTC, parse_time, snowflake_time

FIRST_TWEET: Final = datetime(2006, 3, 21, tzinfo=UTC)
"""Before this day there was no Twitter; exports of 2025 hold such years."""

SLACK: Final = timedelta(minutes=1)
"""How far a tweet's stated time may lie from the one in its id."""

_REPOST: Final = re.compile(r"RT @(\w{1,20}):")
_STATUS: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+)/status(?:es)?/(\d+)"
)
_NO_LANGUAGE: Final = frozenset(("und", "zxx", "art", "qam", "qct", "qht", "qme", "qst", ""))


@dataclass(frozen=True)
class Owner:
    """The account that an archive belongs to."""

    id: str | None = None
    name: str | None = None


def tweet_record(tweet: Mapping[str, Any], owner: Owner, doubts: Counter[str]) -> Record:
    """Turn one tweet into a record.

    Parameters
    ----------
    tweet : mapping
        With ``full_text`` or ``text``, HTML-escaped, and ``entities``.
    owner : Owner
        The author, where the tweet does not name one.
    doubts : Counter
        Counts what looks wrong about times: ``"time"`` and ``"year"``.

    Raises
    ------
    ValueError
        If it has no id; the message says so.
    """
    post_id = _text(tweet, "id_str", "id")
    if post_id is None:
        raise ValueError("a tweet without an id")
    user = tweet.get("user")
    author = user if isinstance(user, Mapping) else {}
    entities = tweet.get("entities")
    record: Record = {
        "id": post_id,
        "text": tweet_text(tweet),
        "author_id": _text(author, "id_str", "id") or owner.id,
        "author": _text(author, "screen_name") or owner.name,
        "lang": _language(tweet),
        **_time(post_id, tweet.get("created_at"), doubts),
        **entity_lists(entities, "screen_name", "text"),
    }
    record.update(_kind(tweet, record))
    return record


def tweet_text(tweet: Mapping[str, Any]) -> str | None:
    """Return the words of a tweet: unescaped once, without the links that X adds for media."""
    text = _text(tweet, "full_text", "text")
    if text is None:
        return None
    for holder in (tweet.get("entities"), tweet.get("extended_entities")):
        for media in dicts(holder, "media"):
            link = media.get("url")
            if isinstance(link, str) and link and text.endswith(link):
                text = text.removesuffix(link).rstrip()
    return unescape_html(text) or None


def entity_lists(entities: Any, name_key: str, tag_key: str) -> Record:
    """Return ``mentions``, ``hashtags`` and ``urls`` of a tweet's entities."""
    mentions = (_text(item, name_key) for item in dicts(entities, "user_mentions"))
    hashtags = (_text(item, tag_key) for item in dicts(entities, "hashtags"))
    urls = (_text(item, "expanded_url", "url") for item in dicts(entities, "urls"))
    return {
        "mentions": [name for name in mentions if name],
        "hashtags": [tag for tag in hashtags if tag],
        "urls": [url for url in urls if url],
    }


def dicts(holder: Any, key: str) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings in a list that should be there, and nothing if it is not."""
    found = holder.get(key) if isinstance(holder, Mapping) else None
    if isinstance(found, list):
        yield from (item for item in found if isinstance(item, Mapping))


def _text(holder: Mapping[str, Any], *keys: str) -> str | None:
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def _language(tweet: Mapping[str, Any]) -> str | None:
    lang = _text(tweet, "lang")
    return None if lang in _NO_LANGUAGE else lang


def _time(post_id: str, stated: Any, doubts: Counter[str]) -> Record:
    """Take the time from the id, which has it to the millisecond, else the time stated."""
    moment = parse_time(stated)
    if moment is not None and moment < FIRST_TWEET:
        doubts["year"] += 1
        moment = None
    exact = snowflake_time(post_id)
    if exact is not None:
        if moment is not None and abs(exact - moment) > SLACK:
            doubts["time"] += 1
        return {"created_at": exact, "time_known": True}
    if moment is None:
        return {"time_known": False}
    date_only = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return {"created_at": moment, "time_known": not date_only}


def _kind(tweet: Mapping[str, Any], record: Record) -> Record:
    found: Record = {
        "kind": "post",
        "reply_to_id": _text(tweet, "in_reply_to_status_id_str", "in_reply_to_status_id"),
        "reply_to_author": _text(tweet, "in_reply_to_screen_name"),
    }
    reposted = tweet.get("retweeted_status")
    if isinstance(reposted, Mapping):
        whole = tweet_text(reposted) or record["text"]
        return {"kind": "repost", "repost_of": _text(reposted, "id_str", "id"), "text": whole}
    if _REPOST.match(record["text"] or ""):
        return {"kind": "repost"}
    quoted = _STATUS.match(record["urls"][-1]) if record["urls"] else None
    if quoted and _ends_with_link(tweet):
        found |= {"kind": "quote", "quoted_author": quoted[1], "quoted_id": quoted[2]}
    if found["reply_to_id"] or found["reply_to_author"] or _text(tweet, "in_reply_to_user_id"):
        found["kind"] = "reply"
    return found


def _ends_with_link(tweet: Mapping[str, Any]) -> bool:
    """Tell whether the last link stands at the end, where X puts that of a quoted tweet."""
    link = [_text(item, "url") for item in dicts(tweet.get("entities"), "urls")][-1]
    return link is not None and (tweet_text(tweet) or "").endswith(link)
