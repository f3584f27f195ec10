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
        "author": take("authorname"),
        "author_id": take("authorchannelid"),
        "created_at": parse_time(take("publishedat")),
        "kind": "reply",
        "reply_to_id": take("isreplyto"),
        "reply_to_author": take("isreplytoname"),
        "conversation_id": take("videoid"),
    }


def video(take: Take) -> Record:
    """Make the record of a video: title and description are its text."""
    parts = (take("videotitle"), take("videodescription"))
    return {
        "id": take("videoid"),
        "text": "\n\n".join(part for part in parts if part) or None,
        "author": take("channeltitle"),
        "author_id": take("channelid"),
        "created_at": parse_time(take("publishedat")),
        "kind": "post",
        "lang": take("defaultlanguage"),
    }


READER = fixed_reader(
    "youtube-data-tools",
    "YouTube Data Tools CSV: comments on a video, or a list of videos",
    FixedTable(
        frozenset(("id", "isreplyto", "authorname", "text", "publishedat")),
        comment,
        mend=mend_quotes,
    ),
    FixedTable(
        frozenset(("videoid", "channelid", "channeltitle", "videodescription", "publishedat")),
        video,
        mend=mend_quotes,
    ),
)
