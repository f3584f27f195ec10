"""Whom a reply answers, where its platform gives only the number of the post answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from stancekit.posts.limits import ANSWERS_AHEAD, LAST_MESSAGES
from stancekit.posts.record import Item, Record


def with_answered(items: Iterable[Item]) -> Iterator[Item]:
    """Pass on items in their order; a reply gets the author of the post it answers.

    That post may stand before it or, as in exports that begin with the newest, after it: authors of
    :data:`~stancekit.posts.limits.LAST_MESSAGES` posts are remembered, and a reply to a post not
    yet seen waits until :data:`~stancekit.posts.limits.ANSWERS_AHEAD` more items have come.

    Examples
    --------
    >>> posts = [{"id": "1", "author": "ada"}, {"id": "2", "author": "bo", "reply_to_id": "1"}]
    >>> list(with_answered(posts))[1]["reply_to_author"]
    'ada'
    >>> list(with_answered(reversed(posts)))[0]["reply_to_author"]
    'ada'
    """
    authors: dict[str, str] = {}
    asking: dict[str, deque[Record]] = {}
    held: deque[Item] = deque()
    for item in items:
        held.append(item)
        if isinstance(item, dict):
            _ask(item, authors, asking)
            _answer(item, authors, asking)
        while held and (len(held) > ANSWERS_AHEAD or not _waits(held[0], asking)):
            yield _let_go(held.popleft(), asking)
    yield from held


def _ask(item: Record, authors: dict[str, str], asking: dict[str, deque[Record]]) -> None:
    """Give a reply its answer, or let it wait for that."""
    target = item.get("reply_to_id")
    if target is None or item.get("reply_to_author") is not None:
        return
    if target in authors:
        item["reply_to_author"] = authors[target]
    else:
        asking.setdefault(target, deque()).append(item)


def _answer(item: Record, authors: dict[str, str], asking: dict[str, deque[Record]]) -> None:
    """Remember who wrote a post, and tell the replies to it that wait."""
    post_id, author = item.get("id"), item.get("author")
    if post_id is None:
        return
    for reply in asking.pop(post_id, ()):
        if author is not None:
            reply["reply_to_author"] = author
    if author is not None:
        if len(authors) >= LAST_MESSAGES:
            del authors[next(iter(authors))]
        authors[post_id] = author


def _waits(item: Item, asking: dict[str, deque[Record]]) -> bool:
    """Tell whether the first item held still waits: it is then the first that asks for its post."""
    if not isinstance(item, dict):
        return False
    waiting = asking.get(item.get("reply_to_id", ""))
    return waiting is not None and waiting[0] is item


def _let_go(item: Item, asking: dict[str, deque[Record]]) -> Item:
    """Strike an item that nobody answered off those that wait."""
    if isinstance(item, dict) and _waits(item, asking):
        target = item["reply_to_id"]
        asking[target].popleft()
        if not asking[target]:
            del asking[target]
    return item
