"""One tweet as X wrote it until the API's second version, as a record.

Archives, the API v1.1 and its streams share this form. What they disagree on is where the whole
text stands: ``full_text``, ``text``, or inside ``extended_tweet``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from stancekit.posts.json.access import mapping_at, mappings_at, name_at, text_at, texts_at
from stancekit.posts.record import Notice, Record, UnreadableError
from stancekit.posts.strings import unescape_html
from stancekit.posts.times import UTC, parse_time, snowflake_time

FIRST_TWEET: Final = datetime(2006, 3, 21, tzinfo=UTC)
"""Before this day there was no Twitter; exports of 2025 hold such years."""

SLACK: Final = timedelta(minutes=1)
"""How far a tweet's stated time may lie from the one in its id."""

STATUS: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+)/status(?:es)?/(\d+)"
)
_REPOST: Final = re.compile(r"RT @(\w{1,20}):")
_NO_LANGUAGE: Final = frozenset(("und", "zxx", "art", "qam", "qct", "qht", "qme", "qst", ""))


_DOUBTS: Final = {
    "time": "posts state a time that their id contradicts; the id's time is taken",
    "year": "posts state a time before Twitter began; it is taken from the id, or left empty",
    "cut": "posts were cut by the API, and what followed the ellipsis is not in the file",
}
"""What the doubts that :func:`tweet_record` counts mean, to be said after their number."""


def doubtful(doubts: Counter[str], where: str) -> Iterator[Notice]:
    """Say how many tweets looked wrong, and how."""
    for doubt, count in doubts.items():
        yield Notice(where, f"{count:,} {_DOUBTS[doubt]}")


@dataclass(frozen=True)
class Owner:
    """The account that an archive belongs to."""

    id: str | None = None
    name: str | None = None


NOBODY: Final = Owner()

_UNKNOWN: Final = "a post without words in the places where X had them when this was made"


def tweet_record(tweet: Mapping[str, Any], owner: Owner, doubts: Counter[str]) -> Record:
    """Turn one tweet into a record.

    Parameters
    ----------
    tweet : mapping
        With ``full_text`` or ``text``, HTML-escaped, and ``entities``. Where it carries the
        tweet it reposts, text, mentions, hashtags and links are those of that one, uncut.
    owner : Owner
        The author, where the tweet does not name one.
    doubts : Counter
        Counts what looks wrong: about times ``"time"`` and ``"year"``, and ``"cut"`` for a text
        that the API cut and whose rest is not in the tweet.

    Raises
    ------
    ValueError
        If it has no id, or no place for words that is known; the message says so.
    """
    post_id = text_at(tweet, "id_str", "id")
    if post_id is None:
        raise UnreadableError("a tweet without an id")
    user, reposted = tweet.get("user"), tweet.get("retweeted_status")
    whole = _whole(reposted if isinstance(reposted, dict) and has_words(reposted) else tweet)
    if not has_words(whole):
        raise UnreadableError(_UNKNOWN)
    text = tweet_text(whole)
    if whole.get("truncated") is True and "full_text" not in whole:
        doubts["cut"] += 1
    record: Record = {
        "id": post_id,
        "text": text,
        "author_id": text_at(user, "id_str", "id") or owner.id,
        "author": name_at(user, "screen_name") or owner.name,
        "lang": language(tweet.get("lang")),
        **tweet_time(post_id, tweet.get("created_at"), doubts),
        **entity_lists(whole.get("entities"), "screen_name", "text"),
    }
    if isinstance(reposted, dict):
        record["kind"] = "repost"
        record["repost_of"] = text_at(reposted, "id_str", "id")
    elif text is not None and _REPOST.match(text):
        record["kind"] = "repost"
    else:
        _add_relations(record, tweet, whole)
    return record


def has_words(tweet: Mapping[str, Any]) -> bool:
    """Tell whether a tweet has a place for words; that of a photo alone is empty."""
    return isinstance(tweet.get("full_text"), str) or isinstance(tweet.get("text"), str)


def tweet_text(tweet: Mapping[str, Any]) -> str | None:
    """Return the words of a tweet: unescaped once, without the links that X adds for media."""
    text = tweet.get("full_text") or tweet.get("text")
    if type(text) is not str:
        return None
    for name in ("entities", "extended_entities"):
        for link in texts_at(tweet.get(name), "media", "url"):
            if text.endswith(link):
                text = text.removesuffix(link).rstrip()
    return unescape_html(text) or None


def entity_lists(entities: Any, name_key: str, tag_key: str) -> Record:
    """Return ``mentions``, ``hashtags`` and ``urls`` of a tweet's entities."""
    return {
        "mentions": texts_at(entities, "user_mentions", name_key),
        "hashtags": texts_at(entities, "hashtags", tag_key),
        "urls": texts_at(entities, "urls", "expanded_url", "url"),
    }


def language(value: Any) -> str | None:
    """Return a language code; None for X's several ways to say that there is none."""
    return value if type(value) is str and value not in _NO_LANGUAGE else None


def tweet_time(post_id: str, stated: Any, doubts: Counter[str]) -> Record:
    """Take the time from the id, which has it to the millisecond, else the time stated.

    A stated time of midnight sharp is a day: archives gave no more before November 2010.
    """
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


def _whole(tweet: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the uncut text and entities that streams put apart, else the tweet itself."""
    extended = tweet.get("extended_tweet")
    return extended if isinstance(extended, dict) and "full_text" in extended else tweet


def _add_relations(record: Record, tweet: Mapping[str, Any], whole: Mapping[str, Any]) -> None:
    """Say what a tweet quotes and what it answers; a reply that quotes is a reply."""
    kind = "post"
    quoted = tweet.get("quoted_status")
    quoted_id = text_at(tweet, "quoted_status_id_str", "quoted_status_id")
    if isinstance(quoted, dict) or quoted_id:
        kind = "quote"
        record["quoted_id"] = quoted_id or text_at(quoted, "id_str", "id")
        record["quoted_author"] = _quoted_author(tweet, quoted)
    elif record["urls"]:
        link = STATUS.match(record["urls"][-1])
        if link and _ends_with_link(record["text"], whole):
            kind, record["quoted_author"], record["quoted_id"] = "quote", link[1], link[2]
    answered = text_at(tweet, "in_reply_to_status_id_str", "in_reply_to_status_id")
    name = name_at(tweet, "in_reply_to_screen_name")
    user_id = None if name else text_at(tweet, "in_reply_to_user_id_str", "in_reply_to_user_id")
    if answered or name or user_id:
        kind = "reply"
        if user_id is not None and user_id == record["author_id"]:
            name = record["author"]
        record["reply_to_id"], record["reply_to_author"] = answered, name
        put_there = names_before(whole if "display_text_range" in whole else tweet)
        if put_there is not None:
            record["inherited"] = put_there
    record["kind"] = kind


def names_before(tweet: Mapping[str, Any]) -> list[str] | None:
    """Return whom a reply names before the text that X shows: the platform put them there.

    None where the tweet does not say where its shown text begins, or says the very start: archives
    say so of every tweet, whatever it opens with.

    Examples
    --------
    >>> ana = {"screen_name": "ana", "indices": ["0", "4"]}
    >>> bo = {"screen_name": "bo", "indices": [8, 11]}
    >>> tweet = {"display_text_range": ["5", "11"], "entities": {"user_mentions": [ana, bo]}}
    >>> names_before(tweet), names_before({**tweet, "display_text_range": [0, 11]})
    (['ana'], None)
    """
    shown = tweet.get("display_text_range")
    start = _place(shown)
    if not start:
        return None
    named = mappings_at(tweet.get("entities"), "user_mentions")
    return [
        name
        for one in named
        if (name := name_at(one, "screen_name")) and (_place(one.get("indices")) or 0) < start
    ]


def _place(indices: Any) -> int | None:
    """Return the first of two places in a text, which archives write as texts."""
    first = indices[0] if isinstance(indices, list) and indices else None
    if type(first) is str and first.isdecimal() and len(first) < 9:
        return int(first)
    return first if type(first) is int else None


def _quoted_author(tweet: Mapping[str, Any], quoted: Any) -> str | None:
    if isinstance(quoted, dict) and isinstance(quoted.get("user"), dict):
        return name_at(quoted["user"], "screen_name")
    link = text_at(mapping_at(tweet, "quoted_status_permalink"), "expanded")
    found = STATUS.match(link or "")
    return found[1] if found else None


def _ends_with_link(text: str | None, whole: Mapping[str, Any]) -> bool:
    """Tell whether the last link stands at the end, where X puts that of a quoted tweet."""
    links = [item.get("url") for item in mappings_at(whole.get("entities"), "urls")]
    return bool(links) and type(links[-1]) is str and (text or "").endswith(links[-1])
