"""CSV as YouTube Data Tools writes it: the comments on a video, or a list of videos."""

from __future__ import annotations

import re
from typing import Final

from stancekit.posts.record import Record
from stancekit.posts.tables.fixed_columns import FixedTable, Take, fixed_reader
from stancekit.posts.times import parse_time

_PHP_QUOTE: Final = re.compile(r'\\"(?=[^"\s,;])')


def mend_quotes(line: str) -> str:
    r"""Double the quotation marks that PHP's ``fputcsv`` leaves single after a backslash.

    >>> mend_quotes('1,"they said \\"no" twice"')
    '1,"they said \\""no" twice"'
    """
    return _PHP_QUOTE.sub(r'\\""', line)


def comment(take: Take) -> Record:
    """Make the record of a comment; the tool asks for plain text, so none is unescaped."""
    return {
        "id": take("id"),
        "text": take("text"),
        "author": take("author_name"),
        "author_id": take("author_channel_id"),
        "created_at": parse_time(take("published_at")),
        "kind": "reply",
        "reply_to_id": take("is_reply_to"),
        "reply_to_author": take("is_reply_to_name"),
        "conversation_id": take("video_id"),
    }


def video(take: Take) -> Record:
    """Make the record of a video: title and description are its text."""
    parts = (take("video_title"), take("video_description"))
    return {
        "id": take("video_id"),
        "text": "\n\n".join(part for part in parts if part) or None,
        "author": take("channel_title"),
        "author_id": take("channel_id"),
        "created_at": parse_time(take("published_at")),
        "kind": "post",
        "lang": take("default_language"),
    }


READER = fixed_reader(
    "youtube-data-tools",
    "YouTube Data Tools CSV: comments on a video, or a list of videos",
    FixedTable(
        frozenset(("id", "is_reply_to", "author_name", "text", "published_at")),
        comment,
        mend=mend_quotes,
    ),
    FixedTable(
        frozenset(("video_id", "channel_id", "channel_title", "video_description", "published_at")),
        video,
        mend=mend_quotes,
    ),
)
