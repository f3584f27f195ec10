"""One huge JSON array, item by item, also behind ``window.YTD.tweets.part0 =``."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

import ijson

from stancekit.posts.json.array_blocks import ArrayBlocks
from stancekit.posts.json.ijson_feed import IjsonFeed
from stancekit.posts.json.stream import BROKEN, JsonStream, reason_of
from stancekit.posts.record import Reject


def array_items(stream: BufferedReader, file: str) -> Iterator[tuple[int, Any] | Reject]:
    """Yield ``(number, item)`` for each item of a JSON array, numbers from 1.

    Memory holds a block of items at most. When the text breaks off or is not JSON from some
    point on, the items before it are yielded and a reject says where it stopped.

    Parameters
    ----------
    stream : BufferedReader
        At its start; plain JSON, or JSON assigned to a JavaScript variable.
    file : str
        Its name, for rejects.
    """
    number = 0
    text = JsonStream(stream)
    if not text.start.startswith("["):
        yield Reject(file, None, "no JSON array in it", text.start)
        return
    try:
        blocks = ArrayBlocks(text)
        for block in blocks:
            for number, item in enumerate(block, number + 1):  # noqa: B020 (goes on counting)
                yield number, item
        feed = IjsonFeed(blocks)
        for item in ijson.items(feed, "item"):
            number += 1
            feed.open_brackets = 0
            yield number, item
    except BROKEN as error:
        yield Reject(file, number + 1, f"unreadable from item {number + 1} on: {reason_of(error)}")
