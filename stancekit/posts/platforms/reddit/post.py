"""One Reddit post or comment, as the API and the dumps of Pushshift and Arctic Shift write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from stancekit.posts.json.access import text_at
from stancekit.posts.record import Record, UnreadableError
from stancekit.posts.removed import removal
from stancekit.posts.strings import unescape_html
from stancekit.posts.times import UTC, parse_time

_MENTION: Final = re.compile(r"(?<![\w/])/?u/([\w-]{3,20})")
_BY_AUTHOR: Final = frozenset(("deleted", "author"))


def is_submission(item: Mapping[str, Any]) -> bool:
    """Tell a submission (a post that opens a thread) by its fields."""
    return "title" in item and "subreddit" in item


def is_comment(item: Mapping[str, Any]) -> bool:
    """Tell a comment by its fields."""
    return "body" in item and "link_id" in item


def reddit_record(item: Mapping[str, Any]) -> Record:
    """Turn a comment or a submission into a record.

    Ids are Reddit's full names (``t1_`` a comment, ``t3_`` a submission), so that those of
    comments and submissions differ and a reply names what it replies to. Markdown stays as it
    is; ``&amp;``, ``&lt;`` and ``&gt;`` are undone once. Where the words were deleted or removed,
    ``text`` is missing, also where a submission's title still stands, and ``removed`` (an extra
    column) says which; an account that was deleted is no author.

    Raises
    ------
    ValueError
        If it is neither, or has no id; the message says so.

    Examples
    --------
    >>> comment = {"id": "c1", "body": "no &gt; yes", "link_id": "t3_a", "parent_id": "t3_a"}
    >>> record = reddit_record({**comment, "author": "[deleted]", "created_utc": "1134365188"})
    >>> record["id"], record["text"], record["author"], record["reply_to_id"]
    ('t1_c1', 'no > yes', None, 't3_a')
    """
    if is_comment(item):
        record = _comment(item)
    elif is_submission(item):
        record = _submission(item)
    else:
        raise UnreadableError("neither a comment nor a submission of Reddit")
    author = text_at(item, "author")
    text = record["text"]
    record["author"] = None if removal(author) else author
    record["author_id"] = text_at(item, "author_fullname")
    record["created_at"] = _time(item.get("created_utc"))
    if text is not None and "u/" in text:
        record["mentions"] = _MENTION.findall(text)
    if record["removed"] is None:
        record["removed"] = _later(item)
    record["subreddit"] = text_at(item, "subreddit")
    record["score"] = item.get("score")
    return record


def words(body: str | None) -> tuple[str | None, str | None]:
    """Return a body's words and None, or None and what became of them.

    Examples
    --------
    >>> words("no &amp; no"), words("[removed]")
    (('no & no', None), (None, 'removed'))
    """
    gone = removal(body)
    return (None if gone or not body else unescape_html(body)), gone


def full_name(kind: str, post_id: str | None) -> str | None:
    """Put ``t1_`` or ``t3_`` before an id that lacks it.

    Examples
    --------
    >>> full_name("t1", "c1"), full_name("t1", "t1_c1"), full_name("t1", None)
    ('t1_c1', 't1_c1', None)
    """
    return f"{kind}_{post_id}" if post_id and post_id[2:3] != "_" else post_id


def _comment(item: Mapping[str, Any]) -> Record:
    text, removed = words(text_at(item, "body"))
    return {
        "id": _id(item, "t1"),
        "text": text,
        "kind": "reply",
        "reply_to_id": text_at(item, "parent_id"),
        "conversation_id": full_name("t3", text_at(item, "link_id")),
        "removed": removed,
    }


def _submission(item: Mapping[str, Any]) -> Record:
    title, title_gone = words(text_at(item, "title"))
    body, body_gone = words(text_at(item, "selftext"))
    removed = body_gone or title_gone
    text = None if removed else f"{title}\n\n{body}" if title and body else title or body
    post_id = _id(item, "t3")
    crossposted = text_at(item, "crosspost_parent")
    link = None if item.get("is_self") else text_at(item, "url")
    return {
        "id": post_id,
        "text": text,
        "kind": "quote" if crossposted else "post",
        "quoted_id": crossposted,
        "conversation_id": post_id,
        "urls": [link] if link else [],
        "removed": removed,
    }


def _later(item: Mapping[str, Any]) -> str | None:
    """Tell what became of a post whose words the dump still has."""
    category, meta = item.get("removed_by_category"), item.get("_meta")
    if category is None and meta is None:
        return None
    if isinstance(meta, Mapping):
        category = meta.get("removal_type") or category
        if not category and meta.get("was_deleted_later"):
            category = "deleted"
    if not isinstance(category, str) or not category:
        return None
    return "deleted" if category in _BY_AUTHOR else "removed"


def _id(item: Mapping[str, Any], kind: str) -> str:
    post_id = full_name(kind, text_at(item, "id", "name"))
    if post_id is None:
        raise UnreadableError("a post of Reddit without an id")
    return post_id


def _time(value: Any) -> datetime | None:
    if type(value) is int and 0 < value < 1 << 34:
        return datetime.fromtimestamp(value, UTC)
    return parse_time(value)
