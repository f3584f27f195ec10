"""The copy of one's data that TikTok gives out as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.json.fields import text_at
from stancekit.posts.json.heads import chosen, json_head, json_names
from stancekit.posts.json.nested import nested_items
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Record, Reject
from stancekit.posts.times import parse_time

_MARKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r'"(?:Your )?Activity"\s*:\s*\{',
        r'"(?:App Settings|Profile And Settings|Ads and data|Income Plus[^"]*|TikTok [^"]+)"\s*:',
        r'"(?:Comments?|Direct Messages?|Profile|Posts?|Videos?)"\s*:\s*\{\s*"[A-Z]',
        r'"\w*(?:Comments|Video|Like|Effects|Sound|Hashtag|Search|Login|Status|Fans)List"\s*:',
    )
)
"""Two of these together are TikTok's; names of sections change from year to year."""
_COMMENT: Final = re.compile(r"(?:.*\.)?CommentsList\.item")
_VIDEO: Final = re.compile(r"(?:.*\.)?(?:Videos|Posts)\.VideoList\.item")
_NAME: Final = re.compile(r"(?:.*\.)?ProfileMap\.(?:userName|username|User[nN]ame)")


def sniff(source: Source) -> bool:
    """Tell whether JSON has two of the marks of a TikTok download."""
    return bool(_downloads(source))


def _downloads(source: Source) -> list[str]:
    return [
        name
        for name in json_names(source)
        if sum(bool(mark.search(json_head(source, name))) for mark in _MARKS) >= 2
    ]


def read(source: Source) -> Iterator[Item]:
    """Yield the account's own comments, and the captions of its videos where there are any.

    Notes
    -----
    A comment's video and its author are not in the download, nor are comments received. Lists
    that are null are empty. The file is read twice, for its owner's name stands at its end.
    """
    for file in chosen(source, _downloads(source)):
        owner = next((value for path, _, value in _found(source, file, _NAME)), None)
        yield from _posts(source, file, owner if isinstance(owner, str) else None)


def _found(source: Source, file: str, wanted: re.Pattern[str]) -> Iterator[tuple[str, int, Any]]:
    with source.open(file) as stream:
        for item in nested_items(stream, file, lambda p: wanted.fullmatch(p) is not None):
            if not isinstance(item, Reject):
                yield item


def _posts(source: Source, file: str, owner: str | None) -> Iterator[Item]:
    number = 0
    with source.open(file) as stream:
        for item in nested_items(
            stream, file, lambda p: bool(_COMMENT.match(p) or _VIDEO.match(p))
        ):
            if isinstance(item, Reject):
                yield item
                continue
            path, _, value = item
            number += 1
            record = _record(value, _COMMENT.fullmatch(path) is not None)
            if isinstance(record, str):
                yield Reject(file, number, record, str(value))
            elif record is not None:
                record.update(author=owner, source_ref=f"{file}:{number}")
                yield record


def _record(item: Any, is_comment: bool) -> Record | str | None:
    if not isinstance(item, Mapping):
        return "no post: not a JSON object"
    plain = {str(key).lower(): value for key, value in item.items()}
    text = text_at(plain, "comment") if is_comment else text_at(plain, "title", "desc")
    if text is None:
        return None
    moment = parse_time(plain.get("date"))
    link = text_at(plain, "link") or text_at(plain, "url")
    video = re.search(r"/video/(\d+)", link or "")
    return {
        "id": video[1] if video and not is_comment else None,
        "text": text,
        "created_at": moment,
        "time_known": moment is not None,
        "kind": "reply" if is_comment else "post",
        "reply_to_id": video[1] if video and is_comment else None,
        "conversation_id": video[1] if video else None,
        "urls": [link] if link else None,
    }


READER = Reader(
    "tiktok",
    "TikTok download as JSON (user_data.json): comments, and captions of videos",
    sniff,
    read,
)
