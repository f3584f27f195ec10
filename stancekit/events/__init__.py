"""From labelled posts to events: storms of a hashtag, and people who are piled on."""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.events.pileons.find import find_pileons as find_pileons
    from stancekit.events.pileons.result import PileOns as PileOns

_HOMES: dict[str, str] = {
    "PileOns": "stancekit.events.pileons.result",
    "find_pileons": "stancekit.events.pileons.find",
}
__all__: list[str] = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
