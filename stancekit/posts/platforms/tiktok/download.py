"""The copy of one's data that TikTok gives out as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from itertools import count
from typing import Any, Final

from stancekit.posts.chain import OWN
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import text_at
from stancekit.posts.json.nested import Found, nested_items
from stancekit.posts.json.sniffing import all_found, chosen, json_names
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, NotAPostError, Record, UnreadableError, records_from
from stancekit.posts.times import time_columns

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
    return [name for name in json_names(source) if all_found(source, name, _MARKS, wanted=2)]


def read(source: Source) -> Iterator[Item]:
    """Yield the account's own comments, and the captions of its videos where there are any.

    Notes
    -----
    Some downloads have the address of the video that a comment is on, and most such addresses
    the video's author; comments received are in none. Lists that are null are empty. The file is
    read twice, for its owner's name stands at its end.
    """
    for file in chosen(source, _downloads(source)):
        yield from _posts(source, file)


def _found(stream: BufferedReader, file: str, *wanted: re.Pattern[str]) -> Iterator[Any]:
    def is_wanted(path: str) -> bool:
        return any(pattern.fullmatch(path) for pattern in wanted)

    return nested_items(stream, file, is_wanted)


def _posts(source: Source, file: str) -> Iterator[Item]:
    with source.open(file) as stream:
        names = (item[1].value for item in _found(stream, file, _NAME) if type(item) is tuple)
        owner = next(names, None)
    numbers = count(1)
    with source.open(file) as stream:
        posts = (
            (next(numbers), item[1]) if type(item) is tuple else item
            for item in _found(stream, file, _COMMENT, _VIDEO)
        )
        yield from records_from(posts, file, partial(_record, owner))


def _record(owner: Any, found: Found) -> Record:
    if not isinstance(found.value, dict):
        raise UnreadableError("no post: not a JSON object")
    is_comment = _COMMENT.fullmatch(found.path) is not None
    plain = {str(key).lower(): value for key, value in found.value.items()}
    if is_comment and "comment" not in plain:
        raise UnreadableError("a comment that is not as TikTok wrote them when this was made")
    text = text_at(plain, "comment") if is_comment else text_at(plain, "title", "desc")
    if text is None:
        raise NotAPostError("videos without words" if not is_comment else "comments without words")
    link = text_at(plain, "link", "url")
    video = re.search(r"(?:/@([\w.]+))?(?:/@)?/(?:video|photo)/(\d+)", link or "")
    return {
        "id": video[2] if video and not is_comment else None,
        "text": text,
        "author": owner if isinstance(owner, str) else None,
        **time_columns(plain.get("date")),
        "kind": "reply" if is_comment else "post",
        "reply_to_id": video[2] if video and is_comment else None,
        "reply_to_author": video[1] if video and is_comment else None,
        "conversation_id": video[2] if video else None,
        "urls": [link] if link else None,
    }


READER = Reader(
    "tiktok",
    "TikTok download as JSON (user_data.json): comments, and captions of videos",
    sniff,
    read,
    chain=OWN,
)
