"""One JSON value at the place of a window: parsed as it stands, or put right, or told as broken.

What is looked at in vain is counted, for in a text made to be slow every value looks as if it went
on to the end. Once too much was, values are read no further than a little way, or to the next.
"""

from __future__ import annotations

import json
from typing import Any, Final

from stancekit.posts.json.broken import BREAKS_OFF, DEEP, DIGITS, LONG, BrokenError
from stancekit.posts.json.marks import Marks
from stancekit.posts.json.mending import mended
from stancekit.posts.json.window import Window
from stancekit.posts.limits import (
    CUT_CHARACTERS,
    LINE_BYTES,
    MEND_CHARACTERS,
    MENDING_COST,
    MENDS_TRIED,
    START_CHARACTERS,
    WASTED_TIMES,
)

_DECODER: Final = json.JSONDecoder(strict=False)


class Decoder:
    """Reads the values of one window, and counts the characters that it looked at in vain.

    Attributes
    ----------
    largest : int
        Characters of the longest value that was taken.
    """

    def __init__(self, text: Window) -> None:
        self._text = text
        self._wasted = self._unmended = self.largest = 0

    @property
    def is_wary(self) -> bool:
        """Whether too much was looked at in vain."""
        wasted = self._wasted
        return wasted > LINE_BYTES and wasted > WASTED_TIMES * self._text.place().byte

    def take(self, marks: Marks) -> tuple[Any, bool]:
        """Pass over the value that begins here; give it, and whether it was put right.

        Raises
        ------
        BrokenError
            If it is no JSON and cannot be put right.
        """
        text = self._text
        try:
            value, end = self.decoded(marks)
        except BrokenError as error:
            mendable = error.mendable and self._unmended < MENDS_TRIED
            found = self._mended(error.beyond, marks) if mendable else None
            if found is None:
                self._unmended += 1
                raise
            self._unmended = 0
            value, text.at = found
            return value, True
        self._unmended = 0
        self.largest = max(self.largest, end - text.at)
        text.at = end
        return value, False

    def decoded(self, marks: Marks) -> tuple[Any, int]:
        """Parse the value that begins here; give it, and where it ends.

        Raises
        ------
        BrokenError
            If it is no JSON.
        """
        text = self._text
        if self._wasted > LINE_BYTES and self.is_wary:
            return self._decoded_to_mark(marks)
        while True:
            try:
                value, end = _DECODER.raw_decode(text.text, text.at)
            except json.JSONDecodeError as error:
                unended = error.msg.startswith("Unterminated")
                if (unended or error.pos > len(text.text) - CUT_CHARACTERS) and text.grow():
                    continue
                self._wasted += error.pos - text.at
                unended = unended or error.pos >= len(text.text)
                reason = error.msg if not unended else BREAKS_OFF if text.ended else LONG
                raise BrokenError(reason, error.pos - text.at, mendable=True) from None
            except (ValueError, RecursionError) as error:
                self._wasted += len(text.text) - text.at
                raise BrokenError(DIGITS if isinstance(error, ValueError) else DEEP) from None
            if end < len(text.text) or isinstance(value, dict | list) or not text.grow():
                return value, end

    def _decoded_to_mark(self, marks: Marks) -> tuple[Any, int]:
        """Parse no further than to the next item."""
        text = self._text
        piece = text.text[text.at : self._next(marks, START_CHARACTERS)]
        try:
            value, length = _DECODER.raw_decode(piece)
        except (ValueError, RecursionError):
            raise BrokenError("no whole value before the next") from None
        return value, text.at + length

    def _mended(self, beyond: int, marks: Marks) -> tuple[Any, int] | None:
        """Put the value right that begins here, and parse it; None if that cannot be done."""
        text = self._text
        near = min(beyond + START_CHARACTERS, MEND_CHARACTERS)
        for reach in (near, MEND_CHARACTERS):
            end = self._next(marks, reach)
            looked = end - text.at
            found = mended(text.text, text.at, end)
            if found is not None:
                try:
                    value, length = _DECODER.raw_decode(found[0])
                except (ValueError, RecursionError):
                    return None
                return (value, found[1]) if length == len(found[0]) else None
            if looked < reach or self.is_wary:
                break
            self._wasted += MENDING_COST * looked
        return None

    def _next(self, marks: Marks, reach: int) -> int:
        """Find where the next item begins; the end of what is looked at if none does."""
        text = self._text
        while len(text.text) - text.at < reach and text.grow():
            pass
        end = min(len(text.text), text.at + reach)
        found = marks.find(text.text, text.at + 1, end)
        return end if found is None else found[0]
