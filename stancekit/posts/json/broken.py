"""What is said of a part of a document that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stancekit.posts.json.window import Place
from stancekit.posts.limits import LINE_BYTES, NUMBER_DIGITS

BREAKS_OFF: Final = "the file breaks off"
DEEP: Final = "values lie too deep inside one another"
DIGITS: Final = f"a number of more than {NUMBER_DIGITS:,} digits"
LONG: Final = f"longer than {LINE_BYTES >> 20} MiB"
NO_END: Final = "it does not end where the next begins"


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a document that could not be read.

    Attributes
    ----------
    path : str
        Of the value that was expected there.
    reason : str
        What is wrong; nothing of the text.
    wrong : Place
        Where.
    raw : str
        How the part begins.
    lines, size : int
        Lines and bytes of it.
    stretch : bool
        Whether it may hold more than one item.
    """

    path: str
    reason: str
    wrong: Place
    raw: str
    lines: int
    size: int
    stretch: bool


class BrokenError(Exception):
    """What stands at the window's place is no JSON; `beyond` characters on it breaks."""

    def __init__(self, reason: str, beyond: int = 0, *, mendable: bool = False) -> None:
        super().__init__(reason)
        self.beyond = beyond
        self.mendable = mendable
