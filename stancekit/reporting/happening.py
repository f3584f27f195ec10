"""Events in labelled posts, called and shown as a page does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stancekit.events.pileons.find import find_pileons
from stancekit.events.pileons.result import PileOns
from stancekit.events.storms.finding import find_storms
from stancekit.events.storms.result import Storms
from stancekit.reporting.counting.addressed import Addressed
from stancekit.reporting.episodes import Shown, Writers, renamed, shown, without_names
from stancekit.reporting.naming import Naming
from stancekit.reporting.walking import Posts


@dataclass(frozen=True, eq=False)
class Happened:
    """What happened, where the posts can tell.

    Attributes
    ----------
    naming : Naming
        How accounts are called.
    addressed, storms, pileons
        With the names that are shown; None where labels are others than events know.
    episodes : tuple of Shown
        What is shown beside of the first pile-ons.
    """

    naming: Naming
    addressed: Addressed | None = None
    storms: Storms | None = None
    pileons: PileOns | None = None
    episodes: tuple[Shown, ...] = ()


def happened(
    posts: Posts, writers: Writers | None, addressed: Addressed | None, *, names: bool, text: bool
) -> Happened:
    """Find events, number the accounts that they are about, and gather what is shown of them."""
    if writers is None or addressed is None:
        return Happened(Naming(names))
    pileons = find_pileons(posts)
    storms = find_storms(posts, pileons=pileons)
    naming = Naming(names, _accounts(addressed, pileons, storms))
    return Happened(
        naming,
        naming.addressed(addressed),
        without_names(storms, naming),
        renamed(pileons, naming),
        tuple(
            replace(one, evidence=tuple(map(naming.example, one.evidence)))
            for one in shown(pileons, writers, posts, text=text)
        ),
    )


def _accounts(addressed: Addressed, pileons: PileOns, storms: Storms) -> Iterable[str]:
    """Name the accounts that the page is about."""
    yield from addressed.table["account"]
    yield from pileons.episodes["target"]
    for storm in storms:
        yield from (one.name for one in storm.targets)
        yield from (one[1:] for one in storm.rival_targets if one.startswith("@"))
