"""The copy of one's information that Threads gives out as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.platforms.meta.download import caption_record, holds_lists, read_download
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record

LISTS: Final = ("text_post_app_text_posts", "text_post_app_posts")
_NAMED: Final = re.compile(rf'\{{\s*"(?:{"|".join(LISTS)})"\s*:')


def sniff(source: Source) -> bool:
    """Tell whether a JSON file holds the list of an account's threads."""
    return holds_lists(source, lists_in)


def lists_in(_: str, head: str) -> tuple[str, ...] | None:
    """Name the lists that a file with this beginning holds."""
    return LISTS if _NAMED.match(head) else None


def read(source: Source) -> Iterator[Item]:
    """Yield the account's own posts and replies, which the download does not tell apart.

    Notes
    -----
    Meta's broken UTF-8 is mended; posts without words are passed over. There are no ids, and
    nothing says what a reply is to.
    """
    return read_download(source, lists_in, _record, private=False)


def _record(_: str, item: Any) -> Record:
    record = caption_record(item, None)
    del record["kind"]
    return record


READER = Reader(
    "threads",
    "Threads download as JSON: threads_and_replies.json, alone or in a zip or folder",
    sniff,
    read,
)
