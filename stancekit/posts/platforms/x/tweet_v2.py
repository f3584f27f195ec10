"""One tweet of the X API v2, and what its page includes, as a record.

Fields as in https://docs.x.com/x-api/fundamentals/data-dictionary and as twarc2 writes them.
A tweet here may be of any shape, so whoever calls these functions catches :data:`MISSHAPEN`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, TypeAlias

from stancekit.posts.chain import opening_names
from stancekit.posts.platforms.x.tweet import language
from stancekit.posts.record import Record, UnreadableError
from stancekit.posts.strings import unescape_html
from stancekit.posts.times import snowflake_time, time_columns

MISSHAPEN: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What a value raises that is not of the shape of a tweet."""

_MEDIA: Final = re.compile(r"/(?:photo|video)/\d+$")
"""Where the link leads that X adds for media."""

_UNESCAPED: Final = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")
"""What escaped text cannot hold: X escapes these three characters and no others."""

_NO_VALUE: Final = frozenset((int, float, Decimal, dict))

Tweet: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Includes:
    """What a page holds besides its tweets: user names and referenced tweets, by id."""

    names: dict[str, str] = field(default_factory=dict)
    tweets: dict[str, Tweet] = field(default_factory=dict)


def includes_of(page: Mapping[str, Any]) -> Includes:
    """Read ``includes`` of a response page."""
    included = page.get("includes") or {}
    names = {user["id"]: user["username"] for user in included.get("users") or ()}
    tweets = {tweet["id"]: tweet for tweet in included.get("tweets") or ()}
    return Includes(names, tweets)


def inlined(tweet: Tweet) -> Includes:
    """Read what ``twarc2 flatten`` has put inside a tweet: authors and referenced tweets."""
    tweets = {ref["id"]: ref for ref in tweet.get("referenced_tweets") or () if "text" in ref}
    users = [other.get("author") for other in (tweet, *tweets.values())]
    users.append(tweet.get("in_reply_to_user"))
    names = {user["id"]: user["username"] for user in users if user and "username" in user}
    return Includes(names, tweets)


def v2_record(tweet: Tweet, includes: Includes) -> tuple[Record, bool]:
    """Turn a tweet into a record.

    Parameters
    ----------
    tweet : mapping
        One item of ``data``, or a flattened tweet.
    includes : Includes
        Its page's, or its own.

    Returns
    -------
    record : dict
        Of a repost, text, mentions, hashtags and links are those of the tweet it repeats: the
        API cuts its own.
    whole : bool
        False for a repost whose original is not included (deleted, protected or not asked
        for), so that its text may be cut.
    """
    post_id, author_id = tweet["id"], tweet.get("author_id")
    record: Record = {
        "id": post_id,
        "author_id": author_id,
        "author": includes.names.get(author_id) if author_id else None,
        **time_columns(snowflake_time(post_id) or tweet.get("created_at")),
        "kind": "post",
        "conversation_id": tweet.get("conversation_id"),
        "lang": language(tweet.get("lang")),
    }
    source: Tweet | None = tweet
    answered = tweet.get("in_reply_to_user_id")
    if answered:
        record["kind"] = "reply"
        record["reply_to_author"] = includes.names.get(answered) or _mentioned(tweet, answered)
    for reference in tweet.get("referenced_tweets") or ():
        kind, other_id = reference["type"], reference["id"]
        if kind == "retweeted":
            record["kind"], record["repost_of"] = "repost", other_id
            source = includes.tweets.get(other_id)
        elif kind == "replied_to":
            record["kind"], record["reply_to_id"] = "reply", other_id
        elif kind == "quoted":
            record["quoted_id"] = other_id
            quoted = includes.tweets.get(other_id)
            record["quoted_author"] = quoted and includes.names.get(quoted.get("author_id", ""))
            if record["kind"] == "post":
                record["kind"] = "quote"
    _add_words(record, source or tweet)
    if record["kind"] == "reply":
        _add_inherited(record, tweet)
    return _checked(record), source is not None


def _add_words(record: Record, tweet: Tweet) -> None:
    """Add text, mentions, hashtags and links; the links that X adds for media are taken off."""
    note = tweet.get("note_tweet")
    text: str = note["text"] if note else tweet["text"]
    entities = (note or tweet).get("entities") or {}
    urls = []
    for link in (tweet.get("entities") or {}).get("urls") or ():
        address = link.get("expanded_url") or link["url"]
        if "media_key" in link or _MEDIA.search(address):
            text = text.removesuffix(link["url"]).rstrip()
        elif not note:
            urls.append(address)
    if note:
        urls = [link.get("expanded_url") or link["url"] for link in entities.get("urls") or ()]
    if "&" in text and not (note and _UNESCAPED.search(text)):
        text = unescape_html(text)
    record["text"] = text or None
    record["mentions"] = [user["username"] for user in entities.get("mentions") or ()]
    record["hashtags"] = [hashtag["tag"] for hashtag in entities.get("hashtags") or ()]
    record["urls"] = urls


def _add_inherited(record: Record, tweet: Tweet) -> None:
    """Say whom X put before the words, where the tweet says where its shown text begins.

    Of a reply to oneself whose names are not included, all that it opens with is inherited.
    """
    shown = tweet.get("display_text_range")
    if shown and shown[0] > 0 and not tweet.get("note_tweet"):
        mentions = (tweet.get("entities") or {}).get("mentions") or ()
        record["inherited"] = [m["username"] for m in mentions if m["start"] < shown[0]]
    elif record.get("reply_to_author") is None and _answers_itself(tweet):
        record["inherited"] = opening_names(record["text"])


def _answers_itself(tweet: Tweet) -> bool:
    author = tweet.get("author_id")
    return author is not None and author == tweet.get("in_reply_to_user_id")


def _mentioned(tweet: Tweet, user_id: str) -> str | None:
    mentions = (tweet.get("entities") or {}).get("mentions") or ()
    return next((user["username"] for user in mentions if user.get("id") == user_id), None)


def _checked(record: Record) -> Record:
    """Refuse values that the post table has no place for."""
    for value in record.values():
        if type(value) is list:
            for item in value:
                if type(item) is not str:
                    raise UnreadableError("another value where a name or link should be")
        elif type(value) in _NO_VALUE:
            raise UnreadableError("another value where a text should be")
    return record
