"""CSV as 4CAT writes it: the same first columns for every platform, and each platform's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from stancekit.posts.chain import LED
from stancekit.posts.html_text import has_markup, read_html
from stancekit.posts.ids import as_id
from stancekit.posts.record import Record
from stancekit.posts.removed import removal
from stancekit.posts.strings import unescape_html
from stancekit.posts.tables.cells import as_list
from stancekit.posts.tables.fixed_columns import FixedTable, Take, fixed_reader
from stancekit.posts.times import parse_time

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "author": ("author_username", "account_username", "author", "author_name", "author_fullname",
               "account_display_name"),
    "author_id": ("author_id", "account_id"),
    "lang": ("language_guess", "lang", "languages", "language"),
    "mentions": ("mentions", "entities_mentioned", "author_mentions", "mentioned"),
    "hashtags": ("hashtags", "tags"),
    "urls": ("urls", "links", "link_url", "entities_linked"),
    "quoted_id": ("quote_tweet_id", "quoted_post"),
    "quoted_author": ("quoted_user", "quote_author"),
    "reply_to_id": ("reply_to", "replied_to_post", "parent_id", "parent"),
    "reply_to_author": ("replied_user", "replied_author", "replied_to_user"),
    "reposted": ("retweeted_user", "reposted_user", "author_forwarded_from_username",
                 "author_forwarded_from_name", "author_forwarded_from_id"),
}  # fmt: skip
"""For what a post has, the columns that 4CAT's data sources have for it, the surest first.

Bluesky: ``replied_to_post``, ``quoted_post``, ``tags``, ``links``, ``languages``. Telegram:
``author`` is a number, ``author_username`` the name. Truth Social and Gab: ``account_username``.
"""

FLAGS: Final = {
    "repost": ("is_retweet", "is_repost", "is_forward"),
    "reply": ("is_reply", "is_comment_on_comment", "is_comment"),
    "quote": ("is_quote_tweet", "is_quote"),
}

_NOBODY: Final = frozenset(("REDACTED", "N/A", "Anonymous"))
_YES: Final = frozenset(("yes", "true", "1"))
_NEXT_URL: Final = re.compile(r",\s*(?=https?://)")
_SKEET: Final = re.compile(r"(?:https?://bsky\.app/profile/|at://)[^/]+/")
_POINTS_TO: Final = re.compile(r">>(\d+)")
"""How posts of 4chan and the like name the one they answer."""
_FULL_NAME: Final = re.compile(r"t[1-6]_(\w+)")


def record_of(take: Take) -> Record:
    """Make the record of a row.

    A subject (of forum posts) comes before the body. Text of tweets stands HTML-escaped in
    4CAT's files and is unescaped; bodies that are HTML give the words and links in them. A
    message forwarded from elsewhere is a repost.
    """
    found = {field: _first(take, names) for field, names in NAMES.items()}
    flags = {kind: _first(take, names) for kind, names in FLAGS.items()}
    post_id, thread = as_id(take("id")), as_id(take("thread_id"))
    text, links, gone = _text(take("body"), take("subject"), escaped=any(flags.values()))
    author, author_id = found["author"], as_id(found["author_id"])
    number = take("author")
    if number and number.isdigit():
        author_id = author_id or number
        author = (take("author_name") or author) if author == number else author
    about = take("post_id")
    record: Record = {
        "id": post_id,
        "text": text,
        "author": None if author in _NOBODY or removal(author) else author,
        "author_id": None if author_id in _NOBODY else author_id,
        "created_at": parse_time(take("timestamp")) or parse_time(take("unix_timestamp")),
        "conversation_id": about or thread,
        "lang": _language(found["lang"]),
        "mentions": as_list(found["mentions"]),
        "hashtags": as_list(found["hashtags"]),
        "urls": _urls(found["urls"]) or links or None,
        "quoted_id": _target(found["quoted_id"], thread, post_id),
        "quoted_author": found["quoted_author"],
        "reply_to_author": found["reply_to_author"],
        "reply_to_id": _target(found["reply_to_id"], thread, post_id),
    }
    if flags["reply"] and about and about != post_id:  # a comment on a video
        record["reply_to_id"] = record["reply_to_id"] or thread
        flags["reply"] = "yes"
    if _is_board(post_id, thread, flags):
        named = _POINTS_TO.match(text or "")
        record["reply_to_id"] = record["reply_to_id"] or (named[1] if named else thread)
    if gone:
        record["removed"] = gone
    if not (take("is_retweet") or take("account_username")):  # neither of X nor of Mastodon's kin
        record["inherited"] = []
    if found["reposted"]:
        record["reposted_author"], flags["repost"] = found["reposted"], "yes"
    flags["quote"] = "yes" if found["quoted_id"] else flags["quote"]
    record["kind"] = _kind(record, flags)
    return record


def _first(take: Take, names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(take, names)), None)


def _text(
    body: str | None, subject: str | None, *, escaped: bool
) -> tuple[str | None, list[str], str | None]:
    """Return the words of a row, the links in them, and what became of them if they are gone."""
    gone = removal(body)
    if gone:
        return None, [], gone
    links: list[str] = []
    if body and has_markup(body):
        body, links = read_html(body)
    elif body and escaped:
        body = unescape_html(body)
    if subject and not (body or "").startswith(subject):
        body = f"{subject}\n\n{body}" if body else subject
    return body or None, links, None


def _is_board(post_id: str | None, thread: str | None, flags: dict[str, str | None]) -> bool:
    """Tell an answer in a thread of a board, which is named by the number of its first post."""
    numbers = (post_id or "").isdigit() and (thread or "").isdigit() and not any(flags.values())
    return numbers and post_id != thread


def _target(cell: str | None, thread: str | None, post_id: str | None) -> str | None:
    """Write the id of another post as that post's own row has it."""
    if cell is None or cell == post_id:
        return None
    if (cell.isupper() and " " in cell) or cell == "DELETED":
        return None  # what Bluesky says of a quoted post that is gone
    if thread and post_id and cell.isdigit() and post_id.startswith(f"{thread}-"):
        return f"{thread}-{cell}"  # a message's number in its chat
    if thread and _SKEET.match(cell):
        _, slash, own = cell.removesuffix("/").rpartition("/")
        if own and thread.endswith(slash + own):
            return thread
    if full_name := _FULL_NAME.fullmatch(cell):
        return full_name[1]
    return as_id(cell)


def _kind(record: Record, flags: dict[str, str | None]) -> str:
    said = {kind for kind, cell in flags.items() if (cell or "").lower() in _YES}
    if "repost" in said:
        return "repost"
    if "reply" in said or record["reply_to_id"] or record["reply_to_author"]:
        return "reply"
    return "quote" if "quote" in said or record["quoted_author"] else "post"


def _language(cell: str | None) -> str | None:
    first = (cell or "").split(",")[0].strip()
    return first if first and first not in _NOBODY else None


def _urls(cell: str | None) -> list[str]:
    return [url.strip() for url in _NEXT_URL.split(cell) if "://" in url] if cell else []


_ALL: Final = frozenset(("id", "thread_id", "timestamp", "body"))

READER = fixed_reader(
    "4cat",
    "4CAT dataset as CSV",
    FixedTable(_ALL | {"author"}, record_of, answered=True),
    FixedTable(_ALL | {"account_username"}, record_of, answered=True),
    FixedTable(
        frozenset(("id", "body", "timestamp", "unix_timestamp", "author", "is_in_group")),
        record_of,
    ),
    chain=LED,
)
