"""The copy of one's information that Facebook gives out as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.json.sniffing import Form
from stancekit.posts.platforms.meta.download import (
    BESIDE,
    MESSAGES,
    holds_lists,
    message_record,
    messages_in,
    read_download,
    small_file,
    spoken,
)
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record, UnreadableError
from stancekit.posts.times import time_columns

LISTS: Final = (
    "comments_v2", "comments", "group_comments_v2", "group_comments", "group_posts_v2",
    "group_posts", "group_posts.activity_log_data", "status_updates", "wall_posts_sent_to_you_v2",
)  # fmt: skip
"""Lists of comments and posts, by the name each year gave them."""
_WORDS: Final = re.compile(r'"post"\s*:|"comment"\s*:\s*\{')
_DATA: Final = re.compile(r'"data"\s*:\s*\[')
_NAMED: Final = Form(
    re.compile(rf'\{{\s*"(?:{"|".join(name for name in LISTS if "." not in name)})"\s*:\s*[\[{{]'),
    (_WORDS, re.compile(r'"timestamp"\s*:'), re.compile(r'"(?:data|title)"\s*:')),
)
_POSTS: Final = Form(re.compile(r'\[\s*\{.*"timestamp"\s*:', re.DOTALL), (_WORDS, _DATA))
_PHOTOS: Final = Form(
    re.compile(r'\[\s*\{\s*"timestamp"\s*:\s*\d+\s*,\s*"(?:attachments|data|title|tags)"\s*:'),
    (_DATA,),
    without=re.compile(r'"reaction"\s*:'),
)
"""Posts none of which has words."""


def sniff(source: Source) -> bool:
    """Tell whether a JSON file holds Facebook's lists of comments, posts or messages."""
    return holds_lists(source, lists_in, messages=True)


def lists_in(source: Source, file: str) -> tuple[str, ...] | None:
    """Name the lists that a file holds."""
    if _NAMED.fits(source, file):
        return LISTS
    if _PHOTOS.fits(source, file) or _POSTS.fits(source, file):
        return ("",)
    return messages_in(source, file)


def read(source: Source, *, private: bool = False) -> Iterator[Item]:
    """Yield the account's own comments and posts, also those in groups; messages if ``private``.

    What others wrote under them is not in the download, and nothing has an id.

    Notes
    -----
    Meta's broken UTF-8 is mended. To whom a comment was is only said in words, in the language
    of the account; they go to the extra column ``title``. Items without words (photos, shared
    memories) are passed over.
    """
    profile = small_file(source, "profile_information.json")
    name = text_at(mapping_at(profile, "profile_v2", "name"), "full_name")
    return read_download(source, lists_in, partial(_record, name), private)


def _record(owner: str | None, name: str, item: Any) -> Record:
    if not isinstance(item, dict):
        raise UnreadableError("no post: not a JSON object")
    if name in MESSAGES:
        return message_record(item)
    if item.keys().isdisjoint(("data", "attachments", "title")):
        raise UnreadableError("no post: not as Facebook wrote them when this was made")
    record: Record = {"author": owner, "kind": "post", **time_columns(item.get("timestamp"))}
    words: list[str] = []
    for part in mappings_at(item, "data"):
        comment = mapping_at(part, "comment")
        if comment:
            record["kind"] = "reply"
            record["author"] = text_at(comment, "author") or owner
            record["group"] = text_at(comment, "group")
        text = text_at(comment, "comment") or text_at(part, "post")
        words += [text] if text else []
    links = (
        text_at(mapping_at(data, "external_context"), "url")
        for attachment in mappings_at(item, "attachments")
        for data in mappings_at(attachment, "data")
    )
    record.update(text=spoken("\n\n".join(words)), urls=[link for link in links if link])
    title = text_at(item, "title")
    if title:
        record["title"] = title
    return record


READER = Reader(
    "facebook",
    "Facebook download as JSON: comments, posts, groups (and Messenger if asked)",
    sniff,
    read,
    options=("private",),
    beside=BESIDE,
    chain=OWN,
)
