"""Edited posts: an archive holds every version as a row of its own; the last one counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stancekit.posts.record import Notice, Reject


@dataclass(frozen=True, slots=True)
class TweetRow:
    """A tweet, and where it stands."""

    file: str
    number: int
    tweet: Mapping[str, Any]

    @property
    def order(self) -> tuple[int, str]:
        """Sort key by id: the newest last."""
        return _order(self.tweet.get("id_str") or self.tweet.get("id"))


def _order(post_id: Any) -> tuple[int, str]:
    text = str(post_id)
    return len(text), text


def versions(tweet: Mapping[str, Any]) -> list[str]:
    """Return the ids of all versions of a tweet, in order; empty if it says nothing of them.

    Examples
    --------
    >>> versions({"edit_info": {"initial": {"editTweetIds": ["12", "9"]}}})
    ['9', '12']
    """
    info = tweet.get("edit_info")
    if not isinstance(info, dict):
        return []
    edit = info.get("edit")
    control = edit.get("editControlInitial") if isinstance(edit, dict) else info.get("initial")
    ids = control.get("editTweetIds") if isinstance(control, dict) else None
    if not isinstance(ids, list) or len(ids) < 2:
        return list(map(str, ids)) if isinstance(ids, list) else []
    return sorted(map(str, ids), key=_order)


def last_versions(
    rows: Iterable[TweetRow | Reject | Notice], left_out: list[TweetRow]
) -> Iterator[TweetRow | Reject | Notice]:
    """Pass on rows, of each edited post only the last version that the archive holds.

    Parameters
    ----------
    rows : iterable
        Tweets, and anything else, which is passed on as it is.
    left_out : list
        Earlier versions are put here. Only edited posts are kept in memory.

    Yields
    ------
    TweetRow, Reject or Notice
        In order; an earlier version whose later one never came is passed on at the end.
    """
    newest: dict[str, TweetRow] = {}
    for row in rows:
        ids = versions(row.tweet) if isinstance(row, TweetRow) else []
        if not isinstance(row, TweetRow) or len(ids) < 2:
            yield row
            continue
        before = newest.get(ids[-1])
        if before is not None:
            left_out.append(min(before, row, key=lambda version: version.order))
        newest[ids[-1]] = row if before is None else max(before, row, key=lambda v: v.order)
    yield from newest.values()
