"""Whom a reply answers, where its platform gives only the number of the post answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stancekit.posts.limits import LAST_MESSAGES
from stancekit.posts.record import Item


def with_answered(items: Iterable[Item]) -> Iterator[Item]:
    """Pass on items; a reply to one of the posts before it gets that one's author.

    Authors of :data:`~stancekit.posts.limits.LAST_MESSAGES` posts are remembered.

    Examples
    --------
    >>> posts = [{"id": "1", "author": "ada"}, {"id": "2", "reply_to_id": "1"}]
    >>> list(with_answered(posts))[1]["reply_to_author"]
    'ada'
    """
    authors: dict[str, str] = {}
    for item in items:
        if isinstance(item, dict):
            target, post_id, author = item.get("reply_to_id"), item.get("id"), item.get("author")
            if target is not None and item.get("reply_to_author") is None and target in authors:
                item["reply_to_author"] = authors[target]
            if post_id is not None and author is not None:
                if len(authors) >= LAST_MESSAGES:
                    del authors[next(iter(authors))]
                authors[post_id] = author
        yield item
