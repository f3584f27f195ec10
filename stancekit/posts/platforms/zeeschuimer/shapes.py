"""Posts as platforms send them to a browser, captured there by Zeeschuimer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

from stancekit.posts.platforms.x.tweet import Owner, tweet_record
from stancekit.posts.record import Record
from stancekit.posts.times import parse_time

_HASHTAG: Final = re.compile(r"(?<!\w)#(\w+)")


class NotAPostError(Exception):
    """What is captured is no post, such as an advertisement."""


def x_post(item: Mapping[str, Any]) -> Record:
    """Turn a post as X's GraphQL API gives it into a record.

    Reposts have the words of the post they repeat, whole; long posts those of the note.
    """
    tweet = _tweet(item)
    record = tweet_record(tweet, Owner(), Counter())
    if "quoted_status" in tweet and record["kind"] != "repost":
        quoted = tweet["quoted_status"]
        record["quoted_id"] = quoted.get("id_str")
        record["quoted_author"] = _dict(quoted.get("user")).get("screen_name")
        record["kind"] = "quote" if record["kind"] == "post" else record["kind"]
    record["conversation_id"] = _text(tweet.get("conversation_id_str"))
    return record


def _tweet(item: Mapping[str, Any], depth: int = 2) -> dict[str, Any]:
    """Put a GraphQL post into the shape of the API's version 1.1, which exports share."""
    item = _dict(item.get("tweet")) or item  # one level deeper, if its visibility is limited
    legacy = _dict(item.get("legacy"))
    post_id = _text(item.get("rest_id")) or _text(legacy.get("id_str"))
    user = _at(item, "core", "user_results", "result")
    account = {**_dict(user.get("legacy")), **_dict(user.get("core"))} or _dict(item.get("user"))
    note = _at(item, "note_tweet", "note_tweet_results", "result")
    tweet: dict[str, Any] = {
        **legacy,
        "id_str": post_id,
        "user": {
            "id_str": _text(user.get("rest_id"))
            or _text(legacy.get("user_id_str"))
            or _text(account.get("id_str")),
            "screen_name": _text(account.get("screen_name")),
        },
    }
    if isinstance(note.get("text"), str):
        tweet["full_text"] = note["text"]
        tweet["entities"] = _dict(note.get("entity_set")) or legacy.get("entities")
    for name, holder in (("retweeted_status", legacy), ("quoted_status", item)):
        inner = _at(holder, f"{name}_result", "result")
        if inner and depth and "tombstone" not in inner:
            tweet[name] = _tweet(inner, depth - 1)
    return tweet


def tiktok_post(item: Mapping[str, Any]) -> Record:
    """Turn a TikTok video, as captured, into a record: its description is its text."""
    author = item.get("author")
    by = author if isinstance(author, Mapping) else {"uniqueId": author, "id": item.get("authorId")}
    if item.get("isAd"):
        raise NotAPostError("advertisements")
    extra = item.get("textExtra")
    extras = [_dict(part) for part in extra] if isinstance(extra, list) else []
    return {
        "id": _text(item.get("id")),
        "text": _text(item.get("desc")),
        "author": _text(by.get("uniqueId")),
        "author_id": _text(by.get("id")),
        "created_at": parse_time(item.get("createTime")),
        "kind": "post",
        "lang": _text(item.get("textLanguage")),
        "hashtags": [tag for part in extras if (tag := _text(part.get("hashtagName")))],
        "mentions": [name for part in extras if (name := _text(part.get("userUniqueId")))],
    }


def tiktok_comment(item: Mapping[str, Any]) -> Record:
    """Turn a comment on TikTok, as captured, into a record."""
    user = _dict(item.get("user"))
    video, parent = _text(item.get("aweme_id")), _text(item.get("reply_id"))
    return {
        "id": _text(item.get("cid")),
        "text": _text(item.get("text")),
        "author": _text(user.get("unique_id")),
        "author_id": _text(user.get("uid")),
        "created_at": parse_time(item.get("create_time")),
        "kind": "reply",
        "reply_to_id": video if parent in (None, "0") else parent,
        "conversation_id": video,
        "lang": _text(item.get("comment_language")),
    }


def tiktok(item: Mapping[str, Any]) -> Record:
    """Turn a video or a comment of TikTok into a record, whichever it is."""
    return tiktok_comment(item) if "cid" in item else tiktok_post(item)


def meta_post(item: Mapping[str, Any]) -> Record:
    """Turn a post of Instagram or Threads, as captured, into a record."""
    if item.get("product_type") == "ad" or item.get("ad_id"):
        raise NotAPostError("advertisements")
    user = _dict(item.get("user")) or _dict(item.get("owner"))
    caption = _text(_dict(item.get("caption")).get("text")) or _graph_caption(item)
    reply_to = _at(item, "text_post_app_info", "reply_to_author")
    return {
        "id": _text(item.get("code")) or _text(item.get("shortcode")),
        "text": caption,
        "author": _text(user.get("username")),
        "author_id": _text(user.get("pk")) or _text(user.get("id")),
        "created_at": parse_time(item.get("taken_at", item.get("taken_at_timestamp"))),
        "kind": "reply" if reply_to else "post",
        "reply_to_author": _text(reply_to.get("username")),
        "hashtags": _HASHTAG.findall(caption or ""),
    }


def _graph_caption(item: Mapping[str, Any]) -> str | None:
    edges = _dict(item.get("edge_media_to_caption")).get("edges")
    first = edges[0] if isinstance(edges, list) and edges else None
    return _text(_at(_dict(first), "node").get("text"))


PLATFORMS: Final[dict[str, Callable[[Mapping[str, Any]], Record]]] = {
    "twitter": x_post,
    "x.com": x_post,
    "tiktok": tiktok,
    "instagram": meta_post,
    "threads": meta_post,
}
"""From a part of the platform's name, as Zeeschuimer writes it, to the function for its posts."""


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _at(holder: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    for key in keys:
        holder = _dict(holder.get(key))
    return holder


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
