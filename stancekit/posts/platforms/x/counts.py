"""What an archive's own list counts, against what its files hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stancekit.posts.record import Notice, Reject


def counted(
    items: Iterator[tuple[int, Any] | Reject | Notice],
    file: str,
    expected: int | None,
    listed_by: str,
) -> Iterator[tuple[int, Any] | Reject | Notice]:
    """Pass on the items of a file; say at the end if there were more or fewer than expected."""
    count = 0
    for item in items:
        if isinstance(item, tuple):
            count = item[0]
        yield item
    if expected not in (None, count):
        yield Notice(file, f"holds {count:,} posts, but {listed_by} counts {expected:,}")
