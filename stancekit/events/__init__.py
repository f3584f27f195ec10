"""From labelled posts to events: storms of a hashtag, and people who are piled on."""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.events.pileons.find import find_pileons as find_pileons
    from stancekit.events.pileons.result import PileOns as PileOns
    from stancekit.events.storms.finding import find_storms as find_storms
    from stancekit.events.storms.result import Storms as Storms

# Imported when asked for: a storm needs nothing of pile-ons.
_HOMES: dict[str, str] = {
    "PileOns": "stancekit.events.pileons.result",
    "Storms": "stancekit.events.storms.result",
    "find_pileons": "stancekit.events.pileons.find",
    "find_storms": "stancekit.events.storms.finding",
}
__all__: list[str] = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
