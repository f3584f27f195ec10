"""A text that is read piece by piece and knows its place: in lines and bytes of the source."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from stancekit.posts.limits import LINE_BYTES, READ_BYTES

_SPACE: Final = re.compile(r"[ \t\r\n]*")


class Place(NamedTuple):
    """Where something stands in a text: its line, from 1, and the bytes before it."""

    line: int
    byte: int


START: Final = Place(1, 0)


class _Held(str):
    """A text whose line ends nobody counts but the window.

    The standard library's parser counts them from the start for each error, only to say a line and
    a column: of a long text with many broken items that is nearly all the time it takes.
    """

    __slots__ = ()

    def count(self, *_: Any) -> int:
        return 0

    def rfind(self, *_: Any) -> int:
        return -1


class Window:
    """The part of a text that is looked at; what lies before ``at`` is let go of.

    Attributes
    ----------
    text : str
        What is held.
    at : int
        How much of it is done with.
    ended : bool
        Whether nothing follows what is held.
    """

    def __init__(self, more: Callable[[], str], before: Place = START) -> None:
        self.text, self.at, self.ended = "", 0, False
        self._more = more
        self._known_at, self._known = 0, before

    def grow(self) -> bool:
        """Hold at least twice as much; False if there is no more, or too much is held already."""
        if self.ended or len(self.text) - self.at > LINE_BYTES:
            return False
        self._known_at, self._known = 0, self.place()
        parts = [self.text[self.at :]]
        wanted, length = max(READ_BYTES, len(parts[0])), 0
        while length < wanted:
            part = self._more()
            if not part:
                self.ended = True
                break
            parts.append(part)
            length += len(part)
        self.text, self.at = _Held("".join(parts)), 0
        return length > 0

    def place(self, beyond: int = 0) -> Place:
        """Tell the place so many characters beyond ``at``."""
        passed = self.text[self._known_at : self.at + beyond]
        size = len(passed) if passed.isascii() else len(passed.encode("utf-8", "replace"))
        line, byte = self._known
        found = Place(line + passed.count("\n"), byte + size)
        if not beyond:  # what was counted once is not counted again
            self._known_at, self._known = self.at, found
        return found

    def skip_space(self) -> str:
        """Pass over white space and return it; ``at`` is then at the next character, if any."""
        skipped = ""
        while True:
            found = _SPACE.match(self.text, self.at)
            assert found is not None  # it matches nothing, too
            self.at = found.end()
            skipped = (skipped + found[0])[-READ_BYTES:]
            if self.at < len(self.text) or not self.grow():
                return skipped

    def character(self) -> str:
        """Return the character at ``at``; none at the end."""
        return self.text[self.at : self.at + 1]
