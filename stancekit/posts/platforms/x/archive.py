"""The archive that X (Twitter) lets an account download, in every layout since 2018."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.json.arrays import array_items
from stancekit.posts.limits import ASSIGNMENT_BYTES, HEAD_BYTES
from stancekit.posts.platforms.x.counts import counted
from stancekit.posts.platforms.x.edits import TweetRow, last_versions
from stancekit.posts.platforms.x.layout import (
    COMMUNITY,
    DELETED,
    DELETED_NOTES,
    NOTES,
    TWEETS,
    Layout,
    find_layout,
)
from stancekit.posts.platforms.x.notes import Note, notes_by_time, take_note
from stancekit.posts.platforms.x.tweet import Owner, doubtful, tweet_record
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, Reject, as_raw, reason_of

_BESIDE: Final = re.compile(
    r"(?!(?:.*/)?(?:community-)?(?:tweets?|articles?|note-tweets?)(?:-part\d+)?\.js$).*\.js"
    r"|(?:.*/)?assets/.*|.*\.(?:html|txt|md)"
)
"""What else an archive holds: likes, messages, lists of advertisements, the page to look at it."""


def sniff(source: Source) -> bool:
    """Tell whether a script in the source assigns tweets to ``window.YTD``."""
    scripts = (name for name in source.names if name.endswith(".js") and "assets/" not in name)
    return any(b"window.YTD.tweet" in source.head(name, ASSIGNMENT_BYTES) for name in scripts)


def read(source: Source, *, deleted: bool = False) -> Iterator[Item]:
    """Yield the account's own posts.

    An archive holds what its owner wrote, not what others wrote to them: pile-ons against the
    owner cannot be seen in it.

    Parameters
    ----------
    deleted : bool
        Whether to read deleted posts too, where the archive keeps them; they then have a value
        in the extra column ``deleted_at``.

    Notes
    -----
    ``id`` order is not the order of the file; of an edited post only the last version comes, at
    the end. Reposts (``RT @…``) have ``kind`` "repost": their words are another's, cut by X.
    Long posts get their whole text from ``note-tweet.js``. ``source_ref`` counts items.
    """
    layout = find_layout(source)
    yield from layout.notices()
    notes = notes_by_time(_notes(source, layout, (*NOTES, *(DELETED_NOTES if deleted else ()))))
    kinds = (*TWEETS, *COMMUNITY, *(DELETED if deleted else ()))
    if not deleted:
        yield from _kept_apart(source, layout)
    yield from owners_posts(_tweets(source, layout, kinds), layout.owner, notes, source.path.name)


def _kept_apart(source: Source, layout: Layout) -> Iterator[Notice]:
    """Say which files of deleted posts are not asked for; most archives have an empty one."""
    for file in layout.of(*DELETED):
        if b"{" in source.head(file, HEAD_BYTES):
            yield Notice(file, "deleted posts are left out; deleted=True reads them", False)


def owners_posts(
    rows: Iterable[TweetRow | Reject | Notice],
    owner: Owner,
    notes: dict[datetime, list[Note]],
    where: str,
) -> Iterator[Item]:
    """Turn the tweets of an archive into records, long ones whole, of edited ones the last.

    Parameters
    ----------
    rows : iterable of TweetRow, Reject or Notice
        Rejects and notices are passed on.
    owner, notes
        The archive's account, and its long texts, of which those that fit are taken out.
    where : str
        Name of the source, for notices.
    """
    doubts: Counter[str] = Counter()
    earlier: list[TweetRow] = []
    for item in last_versions(rows, earlier):
        if isinstance(item, TweetRow):
            yield _record(item, owner, notes, doubts)
        else:
            yield item
    yield from doubtful(doubts, where)
    if earlier:
        yield Notice(where, f"{len(earlier):,} earlier versions of edited posts left out", False)
    unused = sum(map(len, notes.values()))
    if unused:
        yield Notice(where, f"{unused:,} long texts belong to none of the posts read", False)


def _notes(source: Source, layout: Layout, kinds: tuple[str, ...]) -> Iterator[object]:
    for file in layout.of(*kinds):
        with source.open(file) as stream:
            for item in array_items(stream, file):
                if isinstance(item, tuple):
                    yield item[1]


def _tweets(
    source: Source, layout: Layout, kinds: tuple[str, ...]
) -> Iterator[TweetRow | Reject | Notice]:
    for file in layout.of(*kinds):
        with source.open(file) as stream:
            items = array_items(stream, file)
            for item in counted(items, file, layout.expected(file), "manifest.js"):
                if not isinstance(item, tuple):
                    yield item
                    continue
                number, found = item
                yield tweet_row(file, number, found)


def tweet_row(file: str, number: int, item: object) -> TweetRow | Reject:
    """Take a tweet out of ``{"tweet": {…}}``, as archives have wrapped it since 2020."""
    if not isinstance(item, dict):
        return Reject(file, number, "no tweet: not a JSON object", as_raw(item))
    inner = next(iter(item.values())) if len(item) == 1 else item
    return TweetRow(file, number, inner if isinstance(inner, dict) else item)


def _record(
    row: TweetRow, owner: Owner, notes: dict[datetime, list[Note]], doubts: Counter[str]
) -> Record | Reject:
    try:
        record = tweet_record(row.tweet, owner, doubts)
    except ValueError as error:
        return Reject(row.file, row.number, reason_of(error), as_raw(row.tweet))
    if notes and record["kind"] != "repost":
        note = take_note(notes, record["text"], row.tweet.get("created_at"))
        if note is not None:
            record.update(note.lists, text=note.text)
    if "deleted_at" in row.tweet:
        record["deleted_at"] = row.tweet["deleted_at"]
    record["source_ref"] = f"{row.file}:{row.number}"
    return record


READER = Reader(
    "x-archive",
    "X (Twitter) archive as downloaded: a zip or folder with data/tweets.js",
    sniff,
    read,
    options=("deleted",),
    beside=_BESIDE,
    tested_on="real sample (2024); others of 2018 to 2026 were tried by hand",
    chain=LED,
)
