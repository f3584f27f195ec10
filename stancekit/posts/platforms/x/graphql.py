"""Posts as X's GraphQL interface sends them to a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from stancekit.posts.json.access import mapping_at, text_at
from stancekit.posts.platforms.x.tweet import NOBODY, tweet_record
from stancekit.posts.record import Record


def graphql_record(item: Mapping[str, Any]) -> Record:
    """Turn a post as X's GraphQL API gives it into a record.

    Reposts have the words of the post they repeat, whole; long posts those of the note.
    """
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
    legacy = mapping_at(item, "legacy")
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
            "screen_name": text_at(account, "screen_name"),
        },
    }
    if isinstance(note.get("text"), str):
        tweet["full_text"] = note["text"]
        tweet["entities"] = mapping_at(note, "entity_set") or legacy.get("entities")
    for name, holder in (("retweeted_status", legacy), ("quoted_status", item)):
        inner = mapping_at(holder, f"{name}_result", "result")
        if inner and depth and "tombstone" not in inner:
            tweet[name] = _tweet(inner, depth - 1)
    return tweet
