"""What ijson reads from: small pieces, and an error before what it cannot bear."""

from __future__ import annotations

from typing import Final

from stancekit.posts.json.stream import Readable
from stancekit.posts.limits import NUMBER_DIGITS, OPEN_BRACKETS, PIECE_BYTES, READ_BYTES

_DIGITS: Final = b"0123456789"


class IjsonFeed:
    """A stream of JSON that ends with an error where brackets or digits have no end.

    What is in strings is not told from structure, for which whoever reads sets
    ``open_brackets`` to 0 after each item.
    """

    def __init__(self, text: Readable) -> None:
        self._text = text
        self._rest = b""
        self._digits = 0
        self.open_brackets = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, however many are asked for; none at the end.

        Raises
        ------
        ValueError
            If more than :data:`OPEN_BRACKETS` are open, or a number is longer than
            :data:`NUMBER_DIGITS`.
        """
        if size == 0:  # ijson asks so what type it will get
            return b""
        whole = self._rest or self._text.read(READ_BYTES)
        piece, self._rest = whole[:PIECE_BYTES], whole[PIECE_BYTES:]
        opened, closed = (sum(map(piece.count, marks)) for marks in ((b"[", b"{"), (b"]", b"}")))
        self.open_brackets = max(self.open_brackets + opened - closed, 0)
        if self.open_brackets > OPEN_BRACKETS:
            raise ValueError("values lie too deep inside one another")
        self._digits += len(piece) - len(piece.lstrip(_DIGITS))
        if self._digits > NUMBER_DIGITS:  # of which a piece is shorter
            raise ValueError(f"a number of more than {NUMBER_DIGITS:,} digits")
        after = piece.rstrip(_DIGITS)
        if after:
            self._digits = len(piece) - len(after)
        return piece
