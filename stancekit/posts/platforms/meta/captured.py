"""Posts as Instagram and Threads send them to a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.record import NotAPostError, Record, UnreadableError
from stancekit.posts.strings import hashtags_in
from stancekit.posts.times import parse_time


def captured_record(item: Mapping[str, Any]) -> Record:
    """Turn a post of Instagram or Threads, or a comment on one, as captured, into a record.

    Raises
    ------
    NotAPostError
        If it is an advertisement.
    ValueError
        If it has no place for words that is known.
    """
    if item.get("product_type") == "ad" or item.get("ad_id"):
        raise NotAPostError("advertisements")
    if "text" in item and "caption" not in item:
        return _comment(item)
    if item.keys().isdisjoint(("caption", "edge_media_to_caption")):
        raise UnreadableError(
            "a post that is not as Instagram or Threads wrote them: no caption in it"
        )
    user = mapping_at(item, "user") or mapping_at(item, "owner")
    caption = text_at(item.get("caption"), "text") or _graph_caption(item)
    about = mapping_at(item, "text_post_app_info")
    reply_to = mapping_at(about, "reply_to_author")
    quoted = mapping_at(about, "share_info", "quoted_post")
    reposted = mapping_at(about, "share_info", "reposted_post")
    record: Record = {
        "id": text_at(item, "code", "shortcode"),
        "text": caption,
        "author": text_at(user, "username"),
        "author_id": text_at(user, "pk", "id"),
        "created_at": parse_time(item.get("taken_at", item.get("taken_at_timestamp"))),
        "kind": "post",
        "reply_to_author": text_at(reply_to, "username"),
        "hashtags": hashtags_in(caption),
    }
    if reposted:
        words = text_at(reposted.get("caption"), "text")
        record.update(kind="repost", repost_of=text_at(reposted, "code", "pk"))
        record["text"] = caption or words
    elif reply_to or about.get("is_reply") is True:
        record["kind"] = "reply"
    elif quoted:
        record.update(
            kind="quote",
            quoted_id=text_at(quoted, "code", "pk"),
            quoted_author=text_at(quoted.get("user"), "username"),
        )
    return record


def _comment(item: Mapping[str, Any]) -> Record:
    user = mapping_at(item, "user") or mapping_at(item, "owner")
    post = text_at(item, "post_id", "media_id", "media_pk")
    text = text_at(item, "text")
    return {
        "id": text_at(item, "comment_id", "pk", "id"),
        "text": text,
        "author": text_at(user, "username", "unique_id"),
        "author_id": text_at(user, "pk", "id"),
        "created_at": parse_time(item.get("created_at_utc") or item.get("created_at")),
        "kind": "reply",
        "reply_to_id": text_at(item, "parent_comment_id") or post,
        "conversation_id": post,
        "hashtags": hashtags_in(text),
    }


def _graph_caption(item: Mapping[str, Any]) -> str | None:
    first = next(mappings_at(item.get("edge_media_to_caption"), "edges"), {})
    return text_at(first.get("node"), "text")
