"""The wanted values of a JSON document, one by one; a broken one costs no more than itself.

The parser of the standard library takes one value at a place of a text and says where it ends or
breaks (:mod:`stancekit.posts.json.decoding`); what stands around the wanted values is walked
through here. Where a value is broken and cannot be mended, reading goes on at the next place that
looks like the start of another (:mod:`stancekit.posts.json.marks`). Every byte is looked at a
bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from stancekit.posts.json.broken import BREAKS_OFF, DEEP, NO_END, Broken, BrokenError
from stancekit.posts.json.decoding import Decoder
from stancekit.posts.json.marks import Frame, Marks
from stancekit.posts.json.window import Window
from stancekit.posts.limits import (
    OPEN_BRACKETS,
    PATH_CHARACTERS,
    REJECT_CHARACTERS,
    START_CHARACTERS,
    STRETCH_ITEMS,
)

_CLOSER: Final = {"[": "]", "{": "}"}
_OPENER: Final = {"]": "[", "}": "{"}
_BARE: Final = re.compile(r'[^\s"{}\[\],:][^"{}\[\],\n]*')


@dataclass(frozen=True, slots=True)
class Value:
    """A wanted value: its path, itself, and whether what was wrong with it was put right."""

    path: str
    value: Any
    mended: bool = False


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
        self._decoder = Decoder(text)
        self._open = [Frame("", "")]
        self._marks = Marks(self._open, wanted)
        self._path = ""
        self._is_at_mark = False  # what stood before the member is passed over

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
                    value, mended = self._decoder.take(self._marks)
                    yield Value(self._path, value, mended)
                else:
                    self._enter()
            except BrokenError as error:
                yield self._recover(error)
        if len(self._open) > 1:
            place, path = self._text.place(), self._open[-1].inside
            yield Broken(path, BREAKS_OFF, place, "", 0, 0, stretch=True)

    def _is_between(self, character: str) -> bool:
        """Pass over a comma, or the end of what is open."""
        if character == ",":
            self._text.at += 1
            return True
        if character not in _OPENER:
            return False
        kind, kinds = _OPENER[character], [frame.kind for frame in self._open]
        printed = any("\n" in frame.lead for frame in self._open)
        if kind not in kinds or (kind != kinds[-1] and printed):
            raise BrokenError("a bracket closes that is not open")
        while self._open.pop().kind != kind:
            pass  # what is not closed ends with what it lies in
        self._text.at += 1
        return True

    def _begin_member(self, lead: str) -> None:
        """Look at the member of what is open that begins here, and pass over its key."""
        frame, text = self._open[-1], self._text
        while len(text.text) - text.at < START_CHARACTERS and text.grow():
            pass
        frame.look(frame.lead if self._is_at_mark else lead, text.text, text.at)
        self._is_at_mark = False
        self._path = frame.inside
        if frame.kind == "{":
            key, end = self._decoder.decoded(self._marks)
            text.at = end
            text.skip_space()
            if not isinstance(key, str) or text.character() != ":":
                raise BrokenError("no key with a colon behind it")
            text.at += 1
            text.skip_space()
            self._path = frame.key_path(key)

    def _enter(self) -> None:
        """Go into an array or object that is not wanted as a whole, or pass over a value."""
        text = self._text
        character = text.character()
        if character in _CLOSER:
            if len(self._open) > OPEN_BRACKETS or len(self._path) > PATH_CHARACTERS:
                raise BrokenError(DEEP)
            self._open.append(Frame(self._path, character))
            text.at += 1
            return
        try:
            text.at = self._decoder.decoded(self._marks)[1]
        except BrokenError:  # nobody wants it: what stands there instead of a value is no loss
            bare = _BARE.match(text.text, text.at) if len(self._open) > 1 else None
            if bare is None or bare.end() == len(text.text):
                raise
            text.at = bare.end()

    def _recover(self, error: BrokenError) -> Broken:
        """Pass over what is broken, to the next place that looks like the start of something."""
        text, reason = self._text, str(error)
        begin, wrong = text.place(), text.place(error.beyond)
        raw = text.text[text.at : text.at + REJECT_CHARACTERS + 1]
        found = self._next_start()
        if found is None:
            text.at = len(text.text)
            whole = reason != BREAKS_OFF and self._closes()
            del self._open[1:]
        else:
            text.at, depth = found
            del self._open[depth:]
            self._is_at_mark = True
            whole, reason = True, NO_END if reason == BREAKS_OFF else reason
        end = text.place()
        size = end.byte - begin.byte
        stretch = not whole or size > STRETCH_ITEMS * max(self._decoder.largest, REJECT_CHARACTERS)
        lines = end.line - begin.line + (found is None)
        return Broken(self._path, reason, wrong, raw, max(lines, 1), size, stretch)

    def _next_start(self) -> tuple[int, int] | None:
        """Find the next place to go on at, and how many frames are open there."""
        text = self._text
        start = text.at + 1
        while (found := self._marks.find(text.text, start)) is None:
            text.at = max(text.at, len(text.text) - START_CHARACTERS)
            start = text.at + 1
            if not text.grow():
                return None
            start = text.at + 1
        return found

    def _closes(self) -> bool:
        """Tell whether the text ends with the ends of all that is open."""
        ends = "".join(_CLOSER[frame.kind] for frame in reversed(self._open[1:]))
        return "".join(self._text.text[-START_CHARACTERS:].split()).endswith(ends)
