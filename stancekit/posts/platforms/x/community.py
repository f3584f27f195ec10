"""An X archive in one JSON file, as the Community Archive keeps and gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, text_at
from stancekit.posts.json.nested import nested_items
from stancekit.posts.json.sniffing import chosen, json_files
from stancekit.posts.platforms.x.archive import owners_posts, tweet_row
from stancekit.posts.platforms.x.edits import TweetRow
from stancekit.posts.platforms.x.notes import notes_by_time
from stancekit.posts.platforms.x.tweet import NOBODY, Owner
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Reject

_PATTERNS: Final = (
    re.compile(r'\{\s*"[a-z-]+"\s*:\s*[\[{]'),
    re.compile(
        r'"(?:account|profile|tweets?|community-tweet|like|follower|following)"\s*:\s*\[\s*\{\s*'
        r'"(?:account|profile|tweet|like|follower|following)"\s*:\s*\{'
    ),
)
_POSTS: Final = frozenset(("tweets.item", "tweet.item", "community-tweet.item"))
_NOTES: Final = "note-tweet.item"
_ABOUT: Final = frozenset(("account.item", _NOTES))


def sniff(source: Source) -> bool:
    """Tell whether a JSON object holds the lists of an X archive under their names."""
    return bool(json_files(source, *_PATTERNS))


def read(source: Source) -> Iterator[Item]:
    """Yield the account's own posts, as from the archive that X gives out.

    What its owner liked is others' and is not read. The file is read twice: the account, and the
    whole texts of long posts, may stand after the posts.
    """
    for file in chosen(source, json_files(source, *_PATTERNS)):
        owner, notes = _about(source, file)
        yield from owners_posts(_rows(source, file), owner, notes_by_time(notes), file)


def _about(source: Source, file: str) -> tuple[Owner, list[Any]]:
    owner, notes = NOBODY, []
    with source.open(file) as stream:
        for item in nested_items(stream, file, _ABOUT.__contains__):
            if not isinstance(item, tuple):
                continue  # said when the posts are read
            found = item[1]
            if found.path == _NOTES:
                notes.append(found.value)
            else:
                account = mapping_at(found.value, "account")
                owner = Owner(text_at(account, "accountId"), text_at(account, "username"))
    return owner, notes


def _rows(source: Source, file: str) -> Iterator[TweetRow | Reject | Notice]:
    numbers = count(1)
    with source.open(file) as stream:
        for item in nested_items(stream, file, _POSTS.__contains__):
            if not isinstance(item, tuple):
                yield item
            else:
                yield tweet_row(file, next(numbers), item[1].value)


READER = Reader(
    "community-archive",
    "X archive in one JSON file, as the Community Archive keeps it (archive.json)",
    sniff,
    read,
    chain=LED,
)
