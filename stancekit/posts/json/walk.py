"""The wanted values of a JSON document, one by one; a broken one costs no more than itself.

The parser of the standard library takes one value at a place of a text and says where it ends or
breaks; what stands around the wanted values is walked through here. Where a value is broken and
cannot be mended, reading goes on at the next place that looks like the start of another
(:mod:`stancekit.posts.json.marks`). Every byte is looked at a bounded number of times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from stancekit.posts.json.marks import Frame, marks_of
from stancekit.posts.json.mending import mended
from stancekit.posts.json.window import Place, Window
from stancekit.posts.limits import (
    CUT_CHARACTERS,
    LINE_BYTES,
    MEND_CHARACTERS,
    NUMBER_DIGITS,
    OPEN_BRACKETS,
    PATH_CHARACTERS,
    REJECT_CHARACTERS,
    START_CHARACTERS,
    STRETCH_ITEMS,
    WASTED_TIMES,
)

_DECODER: Final = json.JSONDecoder(strict=False)
_CLOSER: Final = {"[": "]", "{": "}"}
_OPENER: Final = {"]": "[", "}": "{"}
_BARE: Final = re.compile(r'[^\s"{}\[\],:][^"{}\[\],\n]*')
DEEP: Final = "values lie too deep inside one another"
BREAKS_OFF: Final = "the file breaks off"
NO_END: Final = "it does not end where the next begins"
LONG: Final = f"longer than {LINE_BYTES >> 20} MiB"


@dataclass(frozen=True)
class Value:
    """A wanted value: its path, itself, and whether what was wrong with it was put right."""

    path: str
    value: Any
    mended: bool = False


@dataclass(frozen=True)
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


class _BrokenError(Exception):
    """What stands at the window's place is no JSON; `beyond` characters on it breaks."""

    def __init__(self, reason: str, beyond: int = 0, *, mendable: bool = False) -> None:
        super().__init__(reason)
        self.beyond = beyond
        self.mendable = mendable


def walk(text: Window, wanted: Callable[[str], bool]) -> Iterator[Value | Broken]:
    """Yield each value at a wanted path, in the order of the text, and what cannot be read.

    Parameters
    ----------
    text : Window
        One document, or several one after the other.
    wanted : callable
        ``wanted(path) -> bool``, asked for every value that does not lie inside a wanted one.
    """
    yield from _Walk(text, wanted)


class _Walk:
    def __init__(self, text: Window, wanted: Callable[[str], bool]) -> None:
        self._text, self._wanted = text, wanted
        self._open = [Frame("", "")]
        self._path = ""
        self._largest = self._wasted = 0

    def __iter__(self) -> Iterator[Value | Broken]:
        while True:
            try:
                lead = self._text.skip_space()
                character = self._text.character()
                if not character:
                    break
                if self._is_between(character):
                    continue
                self._begin_member(lead)
                if self._wanted(self._path):
                    yield self._take()
                else:
                    self._enter()
            except _BrokenError as error:
                yield self._recover(error)
        if len(self._open) > 1:
            place, path = self._text.place(), self._open[-1].inside
            yield Broken(path, BREAKS_OFF, place, "", 0, 0, stretch=True)

    def _is_between(self, character: str) -> bool:
        """Pass over a comma, or the end of what is open."""
        if character == "," and self._open[-1].kind:
            self._text.at += 1
            return True
        if character not in _OPENER:
            return False
        kind, kinds = _OPENER[character], [frame.kind for frame in self._open]
        printed = any("\n" in frame.lead for frame in self._open)
        if kind not in kinds or (kind != kinds[-1] and printed):
            raise _BrokenError("a bracket closes that is not open")
        while self._open.pop().kind != kind:
            pass  # what is not closed ends with what it lies in
        self._text.at += 1
        return True

    def _begin_member(self, lead: str) -> None:
        """Look at the member of what is open that begins here, and pass over its key."""
        frame, text = self._open[-1], self._text
        while len(text.text) - text.at < START_CHARACTERS and text.grow():
            pass
        frame.look(lead, text.text, text.at)
        self._path = frame.inside
        if frame.kind == "{":
            key, end = self._decoded()
            text.at = end
            text.skip_space()
            if not isinstance(key, str) or text.character() != ":":
                raise _BrokenError("no key with a colon behind it")
            text.at += 1
            text.skip_space()
            self._path = frame.key_path(key)

    def _take(self) -> Value:
        """Read the wanted value that begins here."""
        text, path = self._text, self._path
        try:
            value, end = self._decoded()
        except _BrokenError as error:
            found = self._mended() if error.mendable else None
            if found is None:
                raise
            value, text.at = found
            return Value(path, value, mended=True)
        self._largest = max(self._largest, end - text.at)
        text.at = end
        return Value(path, value)

    def _enter(self) -> None:
        """Go into an array or object that is not wanted as a whole, or pass over a value."""
        text = self._text
        character = text.character()
        if character in _CLOSER:
            if len(self._open) > OPEN_BRACKETS or len(self._path) > PATH_CHARACTERS:
                raise _BrokenError(DEEP)
            self._open.append(Frame(self._path, character))
            text.at += 1
            return
        try:
            text.at = self._decoded()[1]
        except _BrokenError:  # nobody wants it: what stands there instead of a value is no loss
            bare = _BARE.match(text.text, text.at) if len(self._open) > 1 else None
            if bare is None or bare.end() == len(text.text):
                raise
            text.at = bare.end()

    def _decoded(self) -> tuple[Any, int]:
        """Parse the value that begins here; give it, and where it ends."""
        text = self._text
        if self._wasted > LINE_BYTES and self._wasted > WASTED_TIMES * text.place().byte:
            return self._decoded_to_mark()
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
                raise _BrokenError(reason, error.pos - text.at, mendable=True) from None
            except (ValueError, RecursionError) as error:
                self._wasted += len(text.text) - text.at
                digits = f"a number of more than {NUMBER_DIGITS:,} digits"
                raise _BrokenError(digits if isinstance(error, ValueError) else DEEP) from None
            if end < len(text.text) or isinstance(value, dict | list) or not text.grow():
                return value, end

    def _decoded_to_mark(self) -> tuple[Any, int]:
        """Parse no further than to the next item: in this text too much was looked at in vain."""
        text = self._text
        piece = text.text[text.at : self._next_mark()]
        try:
            value, length = _DECODER.raw_decode(piece)
        except (ValueError, RecursionError):
            raise _BrokenError("no whole value before the next") from None
        return value, text.at + length

    def _mended(self) -> tuple[Any, int] | None:
        """Put the value right that begins here, and parse it; None if that cannot be done."""
        text = self._text
        end = self._next_mark()
        piece = text.text[text.at : end]
        whole = mended(piece)
        try:
            value, length = _DECODER.raw_decode(whole)
        except (ValueError, RecursionError):
            return None
        after = whole[length:]
        return (value, end - len(after)) if piece.endswith(after) else None

    def _next_mark(self) -> int:
        """Find where the next item begins; the end of what is looked at if none does."""
        text = self._text
        marks = marks_of(self._open, self._wanted)
        while (found := marks.find(text.text, text.at + 1)) is None:
            if len(text.text) - text.at > MEND_CHARACTERS or not text.grow():
                break
        end = len(text.text) if found is None else found[0]
        return min(end, text.at + MEND_CHARACTERS)

    def _recover(self, error: _BrokenError) -> Broken:
        """Pass over what is broken, to the next place that looks like the start of something."""
        text, marks = self._text, marks_of(self._open, self._wanted)
        begin, wrong, reason = text.place(), text.place(error.beyond), str(error)
        raw = text.text[text.at : text.at + REJECT_CHARACTERS + 1]
        start = text.at + 1
        while (found := marks.find(text.text, start)) is None:
            text.at = max(text.at, len(text.text) - START_CHARACTERS)
            start = text.at + 1
            if not text.grow():
                break
            start = text.at + 1
        if found is None:
            text.at = len(text.text)
            whole = reason != BREAKS_OFF and self._closes()
            del self._open[1:]
        else:
            text.at, depth = found
            del self._open[depth:]
            whole, reason = True, NO_END if reason == BREAKS_OFF else reason
        end = text.place()
        size = end.byte - begin.byte
        stretch = not whole or size > STRETCH_ITEMS * max(self._largest, REJECT_CHARACTERS)
        lines = end.line - begin.line + (found is None)
        return Broken(self._path, reason, wrong, raw, max(lines, 1), size, stretch)

    def _closes(self) -> bool:
        """Tell whether the text ends with the ends of all that is open."""
        ends = "".join(_CLOSER[frame.kind] for frame in reversed(self._open[1:]))
        return "".join(self._text.text[-START_CHARACTERS:].split()).endswith(ends)
