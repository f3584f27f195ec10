"""What Reddit sends on a data request: comments.csv and posts.csv of one account."""

from __future__ import annotations

import re
from typing import Final

from stancekit.posts.platforms.reddit.post import full_name, words
from stancekit.posts.record import Record
from stancekit.posts.tables.fixed_columns import FixedTable, Take, fixed_reader
from stancekit.posts.times import parse_time

_THREAD: Final = re.compile(r"/comments/(\w+)")
_AUTHOR: Final = re.compile(r"/(?:user|u)/([\w-]+)")


def comment(take: Take) -> Record:
    """Make the record of a row of comments.csv."""
    record = _common(take, "t1")
    link = take("link") or record["permalink"] or ""
    thread = _THREAD.search(link)
    record["conversation_id"] = full_name("t3", thread[1]) if thread else None
    parent = take("parent")
    record["reply_to_id"] = full_name("t1", parent) if parent else record["conversation_id"]
    return record | {"kind": "reply"}


def post(take: Take) -> Record:
    """Make the record of a row of posts.csv: title and text are one text."""
    record = _common(take, "t3")
    title, _ = words(take("title"))
    if not record["removed"]:
        record["text"] = "\n\n".join(part for part in (title, record["text"]) if part) or None
    url = take("url")
    own = url is not None and record["id"] is not None and f"/{record['id'][3:]}/" in url
    record["urls"] = [url] if url and not own else []
    return record | {"kind": "post", "conversation_id": record["id"]}


def _common(take: Take, kind: str) -> Record:
    text, removed = words(take("body"))
    permalink = take("permalink")
    author = _AUTHOR.search(permalink or "")
    return {
        "id": full_name(kind, take("id")),
        "text": text,
        "author": author[1] if author else None,
        "created_at": parse_time(take("date")),
        "removed": removed,
        "permalink": permalink,
    }


_COMMON: Final = frozenset(("id", "permalink", "date", "subreddit", "gildings", "body"))

_BESIDE: Final = re.compile(
    r"(?!.*(?:comment|post|messag|chat|draft)[^/]*$).*\.(?:csv|txt)"
    r"|.*(?:headers|votes|saved|hidden|gilded)[^/]*\.csv",
    re.IGNORECASE,
)

READER = fixed_reader(
    "reddit-download",
    "Reddit data request: comments.csv and posts.csv of one account",
    FixedTable(_COMMON | {"link", "parent"}, comment, drop=("ip",)),
    FixedTable(_COMMON | {"title", "url"}, post, drop=("ip",)),
    beside=_BESIDE,
)
