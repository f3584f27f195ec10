"""One huge JSON array, item by item, also behind ``window.YTD.tweets.part0 =``."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from stancekit.posts.json.array_blocks import ArrayBlocks
from stancekit.posts.json.nested import found_in
from stancekit.posts.json.stream import JsonStream, encoding_notice
from stancekit.posts.json.window import Window
from stancekit.posts.record import Notice, Reject


def array_items(stream: BufferedReader, file: str) -> Iterator[tuple[int, Any] | Reject | Notice]:
    """Yield ``(number, item)`` for each item of a JSON array, numbers from 1.

    Memory holds a block of items at most. An item that is no JSON is a reject, as is the place
    where the text breaks off, and what follows the array.

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
    blocks = ArrayBlocks(text)
    for block in blocks:
        for number, item in enumerate(block, number + 1):  # noqa: B020 (goes on counting)
            yield number, item
    rest = Window(blocks.text, blocks.place)
    for found in found_in(rest, file, lambda path: path == "item", number):
        yield (found[0], found[1].value) if isinstance(found, tuple) else found
    yield from encoding_notice(file, text.encoding)
