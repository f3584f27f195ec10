"""What fits a cell: a text made visible, on one line, measured and cut by what it takes on screen.

Whatever comes from a post, a name or a file goes through `visible` (or `escaped`, for HTML)
before it is printed: a terminal obeys some characters, and a text must not.

References
----------
Unicode Standard Annex 11 (East Asian width) and 29 (grapheme clusters), as wcwidth has them.
Boucher & Anderson (2023), Trojan source: invisible vulnerabilities. USENIX Security (direction).
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

#: Columns that a name takes in a table, at most.
NAME: Final = 28

#: Code points that a column of the screen can take: a family of four is seven, for two columns.
_STACKED: Final = 32
_REPLACEMENT: Final = 0xFFFD
# Unicode has a picture for each control character of ASCII, and none for those of Latin-1.
_PICTURES: Final[dict[int, int | None]] = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
}
# Separators of lines and paragraphs are shown; marks that turn the direction of all that follows
# are left out.
_ON_A_LINE: Final = {
    **_PICTURES,
    **dict.fromkeys((0x2028, 0x2029), 0x2424),
    **dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
}
# An element of a page keeps its direction to itself; but nobody can read letters turned round.
_IN_A_BLOCK: Final = {
    **{code: it for code, it in _PICTURES.items() if chr(code) not in "\t\n"},
    **dict.fromkeys((0x202D, 0x202E), _REPLACEMENT),
}


def visible(text: str) -> str:
    r"""Show what a terminal would obey: a text that stays on its line and steers nothing.

    Control characters become their pictures, or U+FFFD where there is none, as halves of
    surrogate pairs do; marks that turn the direction of writing are left out.

    Examples
    --------
    >>> visible("\x1b[2J\tgone\r\n")
    '␛[2J␉gone␍␊'
    >>> visible("caf\u00e9 \u202eevil")
    'café evil'
    """
    return text if _plain(text) else text.translate(_ON_A_LINE)


def printable(text: str) -> str:
    r"""Make several lines `visible`, each for itself.

    >>> printable("one\x1b[2J\ntwo")
    'one␛[2J\ntwo'
    """
    return "\n".join(map(visible, text.split("\n")))


def escaped(text: str) -> str:
    r"""Escape a text for HTML, its control characters made visible, one for one.

    Tabs, line ends and the direction of writing are the post's own and stay, but for the two
    marks that turn all letters round.

    Examples
    --------
    >>> escaped("<b>\x00</b>\n")
    '&lt;b&gt;␀&lt;/b&gt;\n'
    """
    return html.escape(text.translate(_IN_A_BLOCK))


def one_line(text: str, columns: int | None = None) -> str:
    r"""Put a text on one line, `visible`, and cut it to so many columns if any are given.

    Examples
    --------
    >>> one_line("  two\n lines ", 6)
    'two l…'
    """
    line = " ".join(text.split())
    return visible(line) if columns is None else cut(line, columns)


def short(name: object) -> str:
    """Return a label, a test or any other name as it fits a cell; an empty one can be seen.

    Examples
    --------
    >>> short("critical"), short(""), short(3)
    ('critical', "''", '3')
    """
    return one_line(str(name), NAME) or repr(name)


def width(text: str) -> int:
    r"""Return the columns that a text, once `visible`, takes in a terminal.

    Examples
    --------
    >>> width("tram"), width("漢字"), width("e\u0301"), width("👨‍👩‍👧‍👦")
    (4, 4, 1, 2)
    """
    if _plain(text):
        return len(text)
    return sum(size for _, size in _characters(visible(text)))


def cut(text: str, columns: int) -> str:
    """Make a text `visible` and cut it to so many columns, never inside a character.

    Examples
    --------
    >>> cut("hopeless", 5), cut("漢字かな", 5), cut("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3)
    ('hope…', '漢字…', '👨\u200d👩\u200d👧\u200d👦…')
    """
    most = _STACKED * max(columns, 1)  # what lies beyond is not even measured: that takes long
    text = visible(text if len(text) <= most else f"{text[:most]}…")
    if width(text) <= max(columns, 0):
        return text
    if columns < 1:
        return ""
    if _plain(text):
        return text[: columns - 1] + "…"
    kept, room = [], columns - 1
    for character, size in _characters(text):
        room -= size
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "…"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text up with blanks to so many columns, flush left or right.

    Examples
    --------
    >>> pad("漢字", 6) + "|", pad("7", 3, right=True)
    ('漢字  |', '  7')
    """
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """Give what a reader sees as characters, and the columns each takes."""
    from wcwidth import iter_graphemes, wcswidth  # not before needed: most texts are plain

    for character in iter_graphemes(text):
        yield character, wcswidth(character)


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable()
