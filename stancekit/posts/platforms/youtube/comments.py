"""Comments on YouTube videos as yt-dlp and youtube-comment-downloader keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final, NamedTuple

from stancekit.errors import FormatError
from stancekit.posts.answers import with_answered
from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import text_at
from stancekit.posts.json.nested import nested_items
from stancekit.posts.json.sniffing import Form, chosen, json_names, objects_at_start
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Numbered, Record, UnreadableError, records_from
from stancekit.posts.times import parse_time

_COMMENTS: Final = Form(
    re.compile(r"\{|\[\s*\{"),
    (re.compile(r'"comments"\s*:\s*\[\s*\{'), re.compile(r'"(?:author_id|cid)"\s*:')),
)
_FILM: Final = Form(
    re.compile(r'\{\s*"id"\s*:\s*"[^"]{1,100}"\s*,\s*"title"\s*:'),
    (re.compile(r'"format_id"\s*:'),),
)
_LINE: Final = frozenset(("cid", "text", "author", "votes"))
_PATHS: Final = re.compile(r"(?:item\.)?(?:id|comments\.item)")


def sniff(source: Source) -> bool:
    """Tell whether JSON holds a film with its comments, or comments one a line."""
    return any(_is_film(source, name) or _is_lines(source, name) for name in json_names(source))


def _is_film(source: Source, name: str) -> bool:
    return _COMMENTS.fits(source, name) or _FILM.fits(source, name)


def _is_lines(source: Source, name: str) -> bool:
    objects = objects_at_start(source, name)
    return bool(objects) and all(item.keys() >= _LINE for item in objects)


def read(source: Source) -> Iterator[Item]:
    """Yield the comments; the film's own title and description are no post.

    Notes
    -----
    A comment is a reply: to another comment, or else to the video, whose id is
    ``conversation_id``. Both tools reckon the time from “2 years ago” as YouTube shows it, so
    ``time_known`` is false.

    Raises
    ------
    FormatError
        If no file has comments: yt-dlp keeps them only when asked.
    """
    found = False
    files = [n for n in json_names(source) if _is_film(source, n) or _is_lines(source, n)]
    for file in chosen(source, files):
        here = False
        for item in _comments(source, file):
            here = here or not isinstance(item, Notice)
            yield item
        found = found or here
        if not here:
            yield Notice(file, "a film without comments; yt-dlp keeps them with --write-comments")
    if not found:
        raise FormatError(
            f"{source.path}: no comments in it. yt-dlp keeps them when it is run with "
            "--write-comments; a film's own description is no post"
        )


class _Comment(NamedTuple):
    """A comment, and the video it is on."""

    value: Any
    video: str | None

    def __str__(self) -> str:
        return str(self.value)


def _comments(source: Source, file: str) -> Iterator[Item]:
    lines = _is_lines(source, file)
    with source.open(file) as stream:
        wanted = (lambda path: path == "") if lines else _is_wanted
        placed = _placed(nested_items(stream, file, wanted))
        yield from with_answered(records_from(placed, file, _record))


def _is_wanted(path: str) -> bool:
    return _PATHS.fullmatch(path) is not None


def _placed(items: Iterator[Any]) -> Numbered:
    video: str | None = None
    numbers = count(1)
    for item in items:
        if not isinstance(item, tuple):
            yield item
        elif item[1].path.endswith("id"):
            video = item[1].value if isinstance(item[1].value, str) else None
        else:
            yield next(numbers), _Comment(item[1].value, video)


def _record(placed: _Comment) -> Record:
    comment, video = placed
    comment_id = text_at(comment, "id", "cid")
    if comment_id is None or not isinstance(comment.get("text"), str):
        raise UnreadableError("no comment: it lacks an id or text")
    stated = comment.get("timestamp", comment.get("time_parsed"))
    record: Record = {
        "id": comment_id,
        "text": comment["text"] or None,
        "author": text_at(comment, "author"),
        "author_id": text_at(comment, "author_id", "channel"),
        "created_at": parse_time(stated),
        "time_known": False,
        "kind": "reply",
        "reply_to_id": _parent(comment, comment_id) or video,
        "conversation_id": video,
    }
    record.update((name, comment[name]) for name in ("like_count", "votes") if name in comment)
    return record


def _parent(comment: Mapping[str, Any], comment_id: str) -> str | None:
    """Name the comment that is answered; the id of an answer begins with it."""
    parent = text_at(comment, "parent")
    if parent is None:
        before, dot, _ = comment_id.partition(".")
        return before if dot else None
    return None if parent == "root" else parent


READER = Reader(
    "youtube-comments",
    "Comments on YouTube videos from yt-dlp (.info.json) or youtube-comment-downloader",
    sniff,
    read,
    chain=OWN,
)
