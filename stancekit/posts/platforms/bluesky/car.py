"""A Bluesky account's repository, as ``com.atproto.sync.getRepo`` and the app export it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import text_at
from stancekit.posts.platforms.bluesky.post import POST, REPOST, feed_record, told
from stancekit.posts.platforms.bluesky.repository import Tree, blocks, read_header, read_tree
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, NotAPostError, Notice, Record, Reject, records_from


def sniff(source: Source) -> bool:
    """Tell whether a file has the header of a CAR file."""
    return any(_is_car(source, name) for name in source.named(".car"))


def read(source: Source) -> Iterator[Item]:
    """Yield the account's own posts and reposts; those it received are not in it.

    Notes
    -----
    Each file is read twice, in constant memory but for the list of its records. Deleted posts
    that a file still holds are left out, for no key of the tree leads to them. The author is a
    DID, for handles are not in the file; times are those that the app stated. ``source_ref``
    counts blocks.
    """
    for name in source.named(".car"):
        if _is_car(source, name):
            yield from _posts(source, name)
        elif len(source.names) == 1:
            yield Reject(name, None, "no CAR file: its first block does not name roots")


def _is_car(source: Source, name: str) -> bool:
    if b"eroots" not in source.head(name, 64):
        return False
    with source.open(name) as stream:
        return read_header(stream) is not None


def _posts(source: Source, file: str) -> Iterator[Item]:
    with source.open(file) as stream:
        tree = read_tree(stream, file)
    if tree.missing:
        yield Notice(
            file, f"not whole: {tree.missing:,} parts of the list of its records are missing"
        )
    with source.open(file) as stream:
        read_header(stream)
        records = (  # of the other blocks the tree is made
            item
            for item in blocks(stream, file)
            if isinstance(item, Reject) or text_at(item[1][1], "$type")
        )
        yield from records_from(records, file, partial(_record, tree))


def _record(tree: Tree, block: tuple[bytes, Any]) -> Record:
    block_id, value = block
    if value["$type"] not in (POST, REPOST):
        raise NotAPostError(f"records {told(value['$type'])}")
    if block_id not in tree.keys:
        raise NotAPostError("posts that were deleted or replaced")
    return feed_record(value, f"at://{tree.did or 'unknown'}/{tree.keys[block_id]}")


READER = Reader(
    "bluesky-car",
    "Bluesky repository of one account: a CAR file (gzipped or not), or a folder of them",
    sniff,
    read,
    tested_on="real test exports of indigo",
    chain=OWN,
)
