"""Videos and comments as TikTok sends them to a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stancekit.posts.json.access import mapping_at, text_at, texts_at
from stancekit.posts.record import NotAPostError, Record, UnreadableError
from stancekit.posts.times import parse_time


def captured_record(item: Mapping[str, Any]) -> Record:
    """Turn a video or a comment into a record; the text of a video is its description.

    Raises
    ------
    NotAPostError
        If it is an advertisement.
    ValueError
        If it has no place for words that is known.
    """
    if ("text" if "cid" in item else "desc") not in item:
        raise UnreadableError("a video or comment that is not as TikTok wrote them: no words in it")
    return _comment(item) if "cid" in item else _video(item)


def _video(item: Mapping[str, Any]) -> Record:
    author = item.get("author")
    by = author if isinstance(author, Mapping) else {"uniqueId": author, "id": item.get("authorId")}
    if item.get("isAd"):
        raise NotAPostError("advertisements")
    return {
        "id": text_at(item, "id"),
        "text": text_at(item, "desc"),
        "author": text_at(by, "uniqueId"),
        "author_id": text_at(by, "id"),
        "created_at": parse_time(item.get("createTime")),
        "kind": "post",
        "lang": text_at(item, "textLanguage"),
        "hashtags": texts_at(item, "textExtra", "hashtagName"),
        "mentions": texts_at(item, "textExtra", "userUniqueId"),
    }


def _comment(item: Mapping[str, Any]) -> Record:
    user = mapping_at(item, "user")
    video = text_at(item, "aweme_id")
    parents = (text_at(item, key) for key in ("reply_to_reply_id", "reply_id"))
    parent = next((parent for parent in parents if parent not in (None, "0")), video)
    return {
        "id": text_at(item, "cid"),
        "text": text_at(item, "text"),
        "author": text_at(user, "unique_id"),
        "author_id": text_at(user, "uid"),
        "created_at": parse_time(item.get("create_time")),
        "kind": "reply",
        "reply_to_id": parent,
        "conversation_id": video,
        "lang": text_at(item, "comment_language"),
        "mentions": texts_at(item, "text_extra", "user_unique_id"),
        "hashtags": texts_at(item, "text_extra", "hashtag_name"),
    }
