"""Posts that come twice: the same tweet on two pages, or in two overlapping collections."""

from __future__ import annotations

from stancekit.posts.limits import LAST_IDS


class Seen:
    """Remembers the last ids, so that a post that comes again can be left out.

    Memory has a bound, so a post that comes again after more than :data:`LAST_IDS` others may
    be taken for a new one.

    Examples
    --------
    >>> seen = Seen()
    >>> [seen.again(post_id) for post_id in ("7", "8", "7")]
    [False, False, True]
    """

    def __init__(self, remembered: int = LAST_IDS) -> None:
        self._limit = remembered
        self._new: set[str] = set()
        self._old: set[str] = set()

    def __contains__(self, post_id: str) -> bool:
        return post_id in self._new or post_id in self._old

    def again(self, post_id: str) -> bool:
        """Tell whether an id came before, and remember it."""
        if post_id in self._new or post_id in self._old:
            return True
        self._new.add(post_id)
        if len(self._new) > self._limit:
            self._old, self._new = self._new, set()
        return False
