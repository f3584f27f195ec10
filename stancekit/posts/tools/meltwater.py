"""CSV as Meltwater exports it: news and posts of social media, UTF-16 with tabs or UTF-8."""

from __future__ import annotations

import re
from typing import Final

from stancekit.posts.chain import LED
from stancekit.posts.ids import as_id
from stancekit.posts.record import Record
from stancekit.posts.strings import hashtags_in
from stancekit.posts.tables.fixed_columns import FixedTable, Take, fixed_reader
from stancekit.posts.tables.names import kind_of
from stancekit.posts.times import is_date_only, parse_time

_SHARED: Final = re.compile(r"(RT|QT) @(\w{1,20}):?\s*")
_KINDS: Final = {"RT": "repost", "QT": "quote"}
_STATUS: Final = re.compile(r"(?:twitter|x)\.com/(?:#!/)?\w+/status(?:es)?/(\d+)")


def record_of(take: Take) -> Record:
    """Make the record of a row.

    ``Hit Sentence`` is the sentence with the words searched for, which of a short post is all of
    it, and ``Opening Text`` how it begins: the longer one is taken if it has the other in it.
    Times have no zone (it is the account's) and are taken as UTC. Exports since about 2024 have
    ``Author Handle``, ``Title`` and ``Content Type`` in place of ``Influencer`` and ``Headline``.
    """
    text = _longer(take("hit_sentence"), take("opening_text")) or take("headline") or take("title")
    author = take("twitter_screen_name") or take("author_handle") or take("influencer")
    author = author or take("author_name")
    content = take("content_type")
    link = take("url")
    status = _STATUS.search(link or "")
    post_id = as_id((take("tweet_id") or "").strip("\"'= ")) or (status[1] if status else None)
    shared = _SHARED.match(text or "")
    date = take("date")
    if date and is_date_only(date):
        date = f"{date} {take('time') or ''}".strip()
    moment = parse_time(date)
    return {
        "id": post_id or take("document_id"),
        "text": text,
        "author": author.lstrip("@") if author else None,
        "author_id": as_id((take("twitter_id") or "").strip("\"'= ")),
        "created_at": moment,
        "time_known": moment is not None and not is_date_only(date),
        "kind": _KINDS[shared[1]] if shared else kind_of(content) or "post",
        "quoted_author": shared[2] if shared and shared[1] == "QT" else None,
        "hashtags": hashtags_in(text),
        "content_type": content,
        "lang": take("language"),
        "url": link,
    }


def _longer(sentence: str | None, opening: str | None) -> str | None:
    """Choose between two pieces of one text.

    >>> _longer("no tram", "Well, no tram at all"), _longer("no tram.", "Other words")
    ('Well, no tram at all', 'no tram.')
    """
    if sentence and opening and sentence.strip(". …") in opening:
        return opening
    return sentence or opening


READER = fixed_reader(
    "meltwater",
    "Meltwater CSV: news and posts of social media",
    FixedTable(
        frozenset(("date", "url", "opening_text", "hit_sentence", "source", "influencer")),
        record_of,
        id_column="tweet_id",
    ),
    FixedTable(
        frozenset(("date", "url", "opening_text", "hit_sentence", "document_id", "author_handle")),
        record_of,
        id_column="document_id",
    ),
    chain=LED,
)
