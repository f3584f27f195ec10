"""Comments and submissions of Reddit as NDJSON: Pushshift's and Arctic Shift's dumps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.lines import json_lines
from stancekit.posts.json.sniffing import objects_at_start
from stancekit.posts.limits import FILES_TRIED
from stancekit.posts.platforms.reddit.post import is_comment, is_submission, reddit_record
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, UnreadableError, records_from

_PLACE: Final = frozenset(("subreddit", "subreddit_id", "link_id"))


def sniff(source: Source) -> bool:
    """Tell whether a file starts with lines that are comments or submissions."""
    return any(_is_dump(source, file) for file in source.names[:FILES_TRIED])


def _is_dump(source: Source, file: str) -> bool:
    objects = objects_at_start(source, file)
    return bool(objects) and all(map(_is_reddit, objects))


def _is_reddit(item: Mapping[str, Any]) -> bool:
    if not _PLACE & item.keys() or "author" not in item:
        return False
    return is_comment(item) or (is_submission(item) and "selftext" in item)


def read(source: Source) -> Iterator[Item]:
    """Yield comments and submissions in the order of the files, mostly that of their time.

    A dump is what Reddit showed when it was made: where words were gone by then, ``text`` is
    missing and ``removed`` says ``deleted`` (by the author) or ``removed`` (by others); where the
    dump still has the words, ``removed`` says that Reddit has them no longer.
    """
    gone: Counter[str] = Counter()
    dumps = [file for file in source.names if _is_dump(source, file)]
    for file in dumps or source.names:
        with source.open(file) as stream:
            for item in records_from(json_lines(stream, file), file, _record):
                if type(item) is dict and item["text"] is None and item["removed"]:
                    gone[item["removed"]] += 1
                yield item
    if gone:
        counts = " and ".join(f"{count:,} {what}" for what, count in sorted(gone.items()))
        yield Notice(source.path.name, f"{counts} posts have no text any more", warning=False)


def _record(post: Any) -> Record:
    if type(post) is not dict:
        raise UnreadableError("not a JSON object")
    return reddit_record(post)


READER = Reader(
    "reddit",
    "Reddit dump (Pushshift, Arctic Shift): comments and submissions as NDJSON, also as .zst",
    sniff,
    read,
    tested_on="real (RC_2005-12, RS_2019-10, cut)",
    chain=OWN,
)
