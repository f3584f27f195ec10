"""Emoticons glued to the word before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stancekit.text.reading.edits import Edit

_GLUED: Final = re.compile(
    r"(?<=[^\W\d_])(?=[:;=]['-]?[)(DPp](?:[)(]|(?!\w))(?![/\w]))"
    r"|(?<=[.!?])(?=[:;=]['-]?[)(D](?!\w))"
)


def glued(text: str) -> Iterator[Edit]:
    """Yield the places where a space is missing before an emoticon.

    Examples
    --------
    >>> [edit.start for edit in glued("nice one:) see (note: a) and https://a.example/:)")]
    [8]
    """
    if not any(sign in text for sign in (":", ";", "=")):
        return
    for match in _GLUED.finditer(text):
        place = match.start()
        word = text[text.rfind(" ", 0, place) + 1 : place]
        # (a note: like this) closes what was opened before it
        closes = ")" in text[place : place + 3] and "(" in text[:place].rpartition(")")[2]
        if not closes and "/" not in word and "@" not in word:
            yield Edit(place, place, " ")
