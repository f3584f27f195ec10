"""Posts that were not meant for everybody, which are read only when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from stancekit.posts.record import Item, Notice

CLOSED: Final = {"private": "followers-only or private", "direct": "direct"}
"""Values of the column ``visibility`` for posts that not everybody could see."""


def open_only(items: Iterable[Item], where: str, private: bool) -> Iterator[Item]:
    """Pass on what everybody could see, and say at the end how many posts were left out.

    Parameters
    ----------
    items : iterable of Item
        Records without ``visibility`` count as public.
    where : str
        Name of the source, for the notice.
    private : bool
        Whether to pass on all.
    """
    left_out: Counter[str] = Counter()
    for item in items:
        if not private and isinstance(item, dict) and item.get("visibility") in CLOSED:
            left_out[item["visibility"]] += 1
        else:
            yield item
    if left_out:
        counts = " and ".join(f"{n:,} {CLOSED[kind]}" for kind, n in sorted(left_out.items()))
        message = f"{counts} posts left out; private=True reads them too"
        yield Notice(where, message, warning=False)
