"""Posts as X's GraphQL interface sends them to a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.platforms.x.tweet import NOBODY, STATUS, has_words, tweet_record
from stancekit.posts.record import NotAPostError, Record

_GONE: Final = frozenset(("TweetTombstone", "TweetUnavailable"))


def graphql_record(item: Mapping[str, Any]) -> Record:
    """Turn a post as X's GraphQL API gives it into a record.

    Reposts have the words of the post they repeat, whole; long posts those of the note. Words
    are looked for in ``legacy`` and, as that is not in every post since 2026, in every other part.

    Raises
    ------
    NotAPostError
        If it is an advertisement, or what X shows in place of a post that is gone.
    ValueError
        If its words are in none of these places.
    """
    if text_at(item, "__typename") in _GONE or "tombstone" in item:
        raise NotAPostError("posts that are gone or not shown")
    if item.get("promoted") is True:
        raise NotAPostError("advertisements")
    tweet = _tweet(item)
    record = tweet_record(tweet, NOBODY, Counter())
    if "quoted_status" in tweet and record["kind"] != "repost":
        quoted = tweet["quoted_status"]
        record["quoted_id"] = quoted.get("id_str")
        record["quoted_author"] = text_at(quoted.get("user"), "screen_name")
        record["kind"] = "quote" if record["kind"] == "post" else record["kind"]
    record["conversation_id"] = text_at(tweet, "conversation_id_str")
    return record


def _tweet(item: Mapping[str, Any], depth: int = 2) -> dict[str, Any]:
    """Put a GraphQL post into the shape of the API's version 1.1, which exports share."""
    item = mapping_at(item, "tweet") or item  # one level deeper, if its visibility is limited
    legacy = _legacy(item)
    post_id = text_at(item, "rest_id") or text_at(legacy, "id_str")
    user = mapping_at(item, "core", "user_results", "result")
    account = {**mapping_at(user, "legacy"), **mapping_at(user, "core")} or mapping_at(item, "user")
    note = mapping_at(item, "note_tweet", "note_tweet_results", "result")
    tweet: dict[str, Any] = {
        **legacy,
        "id_str": post_id,
        "user": {
            "id_str": text_at(user, "rest_id")
            or text_at(legacy, "user_id_str")
            or text_at(account, "id_str"),
            "screen_name": text_at(account, "screen_name") or _named_by_media(legacy),
        },
    }
    if isinstance(note.get("text"), str):
        tweet["full_text"] = note["text"]
        tweet.pop("display_text_range", None)  # it is of the cut text
        tweet["entities"] = mapping_at(note, "entity_set") or legacy.get("entities")
    for name in ("retweeted_status", "quoted_status"):
        inner = next(
            filter(None, (mapping_at(part, f"{name}_result", "result") for part in (legacy, item))),
            None,
        )
        if inner and depth and "tombstone" not in inner:
            tweet[name] = _tweet(inner, depth - 1)
    return tweet


def _legacy(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is in ``legacy``, and where that has no words, what is in the part that has."""
    legacy = mapping_at(item, "legacy")
    if has_words(legacy):
        return legacy
    parts = (part for part in item.values() if isinstance(part, dict))
    words = next((part for part in parts if isinstance(part.get("full_text"), str)), {})
    return {**words, **legacy}


def _named_by_media(legacy: Mapping[str, Any]) -> str | None:
    """Take the author from the address of a picture of the post's own."""
    for media in mappings_at(mapping_at(legacy, "entities"), "media"):
        found = STATUS.match(text_at(media, "expanded_url") or "")
        if found and "source_status_id_str" not in media and "source_user_id_str" not in media:
            return found[1]
    return None
