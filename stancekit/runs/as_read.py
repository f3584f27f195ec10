"""A text as a reader or a program takes it: decoded, in small letters, with nothing unseen in it.

Entities of HTML, percent-encoding and backslashes are taken away, however they lie over each other;
what nobody sees is left out; letters that are alike to Unicode (NFKD: fullwidth ones, accents that
stand apart) are one, and so are all blanks. Each letter knows the place that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from unicodedata import normalize

#: Codes that may lie over each other; more, nobody's software makes.
_DEEPEST: Final = 5
_UNSEEN: Final = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_SIGN: Final = re.compile(r"[%&\\]")
_CODE: Final = re.compile(
    r"(?:%[0-9A-Fa-f]{2})+|&(?:#\d{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z]{2,8};)"
    r"|\\u[0-9A-Fa-f]{4}|\\(?=[^\w\s\\]|_)"
)
_UNLIKE: Final = re.compile(rf"(?P<unseen>[{_UNSEEN}]+)|(?P<blank>[^\S ]\s*| \s+)|[^\x00-\x7f]")

_SMALL: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class AsRead:
    """A text as it is read.

    Attributes
    ----------
    text
        What is read.
    starts, ends
        Where, in the text as written, that begins and ends of which each letter was made.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def as_read(text: str) -> AsRead:
    r"""Read a text.

    >>> as_read("Ana&amp;#95;V%61le,\n \u200ban\\_d \uff20").text
    'ana_vale, an_d @'
    """
    read = AsRead(text, range(len(text)), range(1, len(text) + 1))
    for _ in range(_DEEPEST):
        if not (_SIGN.search(read.text) and _CODE.search(read.text)):
            break
        read = _changed(read, _CODE, _decoded)
    if not read.text.isascii() or _UNLIKE.search(read.text):
        read = _changed(read, _UNLIKE, _alike)
    return AsRead(read.text.translate(_SMALL), read.starts, read.ends)


#: Letters, and how many of those that were matched each is made of.
_Pieces = Iterator[tuple[str, int]]


def _changed(
    read: AsRead, pattern: re.Pattern[str], pieces: Callable[[re.Match[str]], _Pieces]
) -> AsRead:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in pattern.finditer(read.text):
        begin = match.start()
        letters.append(read.text[done:begin])
        starts += read.starts[done:begin]
        ends += read.ends[done:begin]
        done = match.end()
        for made, size in pieces(match):
            letters.append(made)
            starts += [read.starts[begin]] * len(made)
            begin += size
            ends += [read.ends[begin - 1]] * len(made)
    letters.append(read.text[done:])
    starts += read.starts[done:]
    ends += read.ends[done:]
    return AsRead("".join(letters), starts, ends)


def _decoded(match: re.Match[str]) -> _Pieces:
    code = match.group()
    if code[0] == "%":
        data = bytes.fromhex(code.replace("%", ""))
        for letter in data.decode("utf-8", "surrogateescape"):
            yield letter, 3 * len(letter.encode("utf-8", "surrogateescape"))
    elif code[0] == "&":
        yield unescape(code), len(code)
    else:
        yield (chr(int(code[2:], 16)) if len(code) > 1 else ""), len(code)


def _alike(match: re.Match[str]) -> _Pieces:
    found = match.group()
    if match.lastgroup == "unseen":
        yield "", len(found)
    elif match.lastgroup == "blank":
        yield " ", len(found)
    else:
        yield normalize("NFKD", found).casefold(), 1
