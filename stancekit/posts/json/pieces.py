"""JSON handed to ijson in small pieces, and no further when it is nested without end."""

from __future__ import annotations

from typing import Final

from stancekit.posts.json.blocks import Readable

PIECE: Final = 4096
"""Bytes that the parser gets at a time; it takes a whole piece before it can be stopped."""

_READ: Final = 1 << 16

DEEPEST: Final = 5000
"""Brackets that may be open in one item. The parser's time and memory grow with their square."""


class Pieces:
    """A stream of JSON that ends with an error when far too many brackets are open.

    Brackets in strings are not told from structure, for which whoever reads sets
    ``open_brackets`` to 0 after each item.
    """

    def __init__(self, text: Readable) -> None:
        self._text = text
        self._rest = b""
        self.open_brackets = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, however many are asked for; none at the end.

        Raises
        ------
        ValueError
            If more than :data:`DEEPEST` brackets are open.
        """
        if size == 0:  # ijson asks so what type it will get
            return b""
        whole = self._rest or self._text.read(_READ)
        piece, self._rest = whole[:PIECE], whole[PIECE:]
        opened, closed = (sum(map(piece.count, marks)) for marks in ((b"[", b"{"), (b"]", b"}")))
        self.open_brackets = max(self.open_brackets + opened - closed, 0)
        if self.open_brackets > DEEPEST:
            raise ValueError("values lie too deep inside one another")
        return piece
