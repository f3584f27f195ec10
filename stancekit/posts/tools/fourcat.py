"""CSV as 4CAT writes it: one set of first columns for every platform."""

from __future__ import annotations

import re
from typing import Final

from stancekit.posts.ids import as_id
from stancekit.posts.platforms.reddit.post import GONE
from stancekit.posts.record import Record
from stancekit.posts.strings import unescape_html
from stancekit.posts.tables.cells import as_list
from stancekit.posts.tables.fixed_columns import FixedTable, Take, fixed_reader
from stancekit.posts.times import parse_time

ANONYMOUS: Final = frozenset(("REDACTED", *GONE))
"""Authors that are none: 4CAT's word for those it has left out, and Reddit's for those gone."""

_NEXT_URL: Final = re.compile(r",\s*(?=https?://)")
_TWEET_FLAGS: Final = ("is_retweet", "is_quote_tweet", "is_reply")


def record_of(take: Take) -> Record:
    """Make the record of a row.

    A subject (of forum posts) comes before the body. Text of tweets stands HTML-escaped in
    4CAT's files and is unescaped.
    """
    post_id, thread = as_id(take("id")), as_id(take("thread_id"))
    body, subject = take("body"), take("subject")
    removed = GONE.get(body or "")
    text = None if removed else body
    if subject and not removed and not (text or "").startswith(subject):
        text = f"{subject}\n\n{text}" if text else subject
    flags = {name: take(name) for name in _TWEET_FLAGS}
    if text and any(flags.values()):
        text = unescape_html(text)
    author = take("author")
    timestamp, unix = take("timestamp"), take("unix_timestamp")
    record: Record = {
        "id": post_id,
        "text": text,
        "author": None if author in ANONYMOUS else author,
        "author_id": as_id(take("author_id")),
        "created_at": parse_time(timestamp) or parse_time(unix),
        "conversation_id": thread,
        "lang": take("language_guess") or take("lang"),
        "mentions": as_list(take("mentions")),
        "hashtags": as_list(take("hashtags")),
        "urls": _urls(take("urls")),
        "quoted_id": as_id(take("quote_tweet_id")),
        "quoted_author": take("quoted_user") or take("quote_author"),
        "reply_to_author": take("replied_user") or take("replied_author"),
        "reply_to_id": _parent(as_id(take("reply_to")), as_id(take("parent_id")), post_id),
    }
    if removed:
        record["removed"] = removed
    record["kind"] = _kind(record, flags, repost=take("retweeted_user") is not None)
    return record


def _parent(reply_to: str | None, parent: str | None, post_id: str | None) -> str | None:
    return reply_to or (parent if parent != post_id else None)


def _kind(record: Record, flags: dict[str, str | None], *, repost: bool) -> str:
    if repost or flags["is_retweet"] == "yes":
        return "repost"
    if record["reply_to_id"] or record["reply_to_author"] or flags["is_reply"] == "yes":
        return "reply"
    quote = record["quoted_id"] or record["quoted_author"] or flags["is_quote_tweet"] == "yes"
    return "quote" if quote else "post"


def _urls(cell: str | None) -> list[str] | None:
    return [url.strip() for url in _NEXT_URL.split(cell) if url.strip()] if cell else None


READER = fixed_reader(
    "4cat",
    "4CAT dataset as CSV",
    FixedTable(frozenset(("id", "thread_id", "timestamp", "body", "author")), record_of),
)
