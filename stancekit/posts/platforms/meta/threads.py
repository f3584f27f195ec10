"""The copy of one's information that Threads gives out as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.json.sniffing import Form
from stancekit.posts.platforms.meta.download import (
    BESIDE,
    caption_record,
    holds_lists,
    read_download,
)
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record

LISTS: Final = ("text_post_app_text_posts", "text_post_app_posts")
_NAMED: Final = Form(re.compile(r"\{"), (re.compile(rf'"(?:{"|".join(LISTS)})"\s*:\s*\['),))


def sniff(source: Source) -> bool:
    """Tell whether a JSON file holds the list of an account's threads."""
    return holds_lists(source, lists_in)


def lists_in(source: Source, file: str) -> tuple[str, ...] | None:
    """Name the lists that a file holds."""
    return LISTS if _NAMED.fits(source, file) else None


def read(source: Source) -> Iterator[Item]:
    """Yield the account's own posts and replies.

    Notes
    -----
    Meta's broken UTF-8 is mended; posts without words are passed over. There are no ids. Since
    2024 a reply is marked as one, and most name the account that it answers; posts of before
    have no ``kind``.
    """
    return read_download(source, lists_in, _record, private=False)


def _record(_: str, item: Any) -> Record:
    record = caption_record(item, None)
    about = next(filter(None, map(_app_post, (item, *mappings_at(item, "media")))), {})
    answered = text_at(about, "in_reply_to_username")
    if answered or about.get("is_reply") is True:
        record.update(kind="reply", reply_to_author=answered)
    elif about.get("is_reply") is not False:
        del record["kind"]
    return record


def _app_post(part: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping_at(part, "text_app_post")


READER = Reader(
    "threads",
    "Threads download as JSON: threads_and_replies.json, alone or in a zip or folder",
    sniff,
    read,
    beside=BESIDE,
    chain=OWN,
)
