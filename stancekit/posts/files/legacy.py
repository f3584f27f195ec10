"""Encodings older than Unicode, told by the letters that they make of a file's first bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

_WESTERN: Final = (
    *("äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúüçà", "áâãàçéêíóôõúü", "àèéìíîòóù", "åäöæøéüšž"),
    *("ëéïóöüèáíúê", "áðéíóúýþæö", "äöüßàâæçéèêëîïôœùûáíñóú"),
)
"""Of German, French, Spanish, Portuguese, Italian, the Nordic languages, Dutch, Icelandic, and of
several in one table."""
_CENTRAL: Final = (
    *("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"),
)
"""Of Polish, Czech, Slovak, Hungarian, Croatian and Slovene, Romanian."""

LATIN: Final = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": ("çğıöşüâîûİ",),  # Turkish
}
"""For encodings of Latin letters, the letters past ASCII of each language that is written so."""

SCRIPTS: Final = {
    **dict.fromkeys(("cp1251", "koi8_r", "mac_cyrillic", "iso8859_5", "cp866"), "Cyrillic"),
    **dict.fromkeys(("cp932", "euc_jp"), "Japanese"),
    **dict.fromkeys(("gb18030", "big5"), "Chinese"),
    **{"cp949": "Korean", "cp1253": "Greek", "cp1255": "Hebrew", "cp1256": "Arabic"},
    "cp874": "Thai",
}
"""Encodings of other scripts, and these."""

_FAMILIES: Final = {
    "cp1252": "Western European",
    "mac-roman": "Western European, of a Mac",
    "cp1250": "Central European",
    "iso8859_2": "Central European",
    "cp1254": "Turkish",
    "iso2022_jp": "Japanese",
    **SCRIPTS,
}

_BEYOND: Final = re.compile(rb"[\x80-\xff]+")
_INSIDE: Final = re.compile(r"(.?)([^\x00-\x7f])(?=(.?))", re.DOTALL)
_SIGNS: Final = frozenset("‘’“”„«»‹›–—…€£§°·•™®©ªº¡¿´\xa0")


def detect_legacy(head: bytes) -> str:
    """Tell the encoding of text that is not in Unicode.

    In Latin languages, letters past ASCII stand alone between others, in other scripts next to
    one another: these are told by charset-normalizer, Latin ones by the language whose letters
    they then are. Where nothing speaks for another, it is Windows-1252; or Mac Roman if lines end
    with CR alone, as old Mac programs write them.

    Examples
    --------
    >>> detect_legacy("déjà vu".encode("mac-roman")), detect_legacy("łąka".encode("cp1250"))
    ('mac-roman', 'cp1250')
    >>> detect_legacy("Спасибо врачам за работу".encode("cp1251"))
    'cp1251'
    """
    runs = [len(run) for run in _BEYOND.findall(head)]
    if sum(run for run in runs if run > 2) > sum(runs) / 4:
        from charset_normalizer import from_bytes

        best = from_bytes(head, cp_isolation=list(SCRIPTS)).best()
        if best is not None and best.encoding in SCRIPTS:
            return best.encoding
    languages = {"cp1252": _WESTERN, "mac-roman": _WESTERN, **LATIN}
    if b"\r" in head and b"\n" not in head:
        languages = {"mac-roman": _WESTERN, **LATIN}
    return max(languages, key=lambda name: _fit(head, name, languages[name]))


def told_encoding(encoding: str) -> str | None:
    """Say in which encoding a file was read that nothing states; None if Unicode shows itself.

    Examples
    --------
    >>> print(told_encoding("cp1251"))
    not in Unicode: read as cp1251 (Cyrillic), which its letters speak for
    """
    if encoding not in _FAMILIES:
        return None
    family = _FAMILIES[encoding]
    return f"not in Unicode: read as {encoding} ({family}), which its letters speak for"


def _fit(head: bytes, encoding: str, languages: Iterable[str]) -> float:
    """Return the largest share of characters past ASCII that make sense in one language."""
    text = head.decode(encoding, "replace")
    found = Counter((m[1], m[2], m[3]) for m in _INSIDE.finditer(text))
    sense = (
        sum(count for place, count in found.items() if _makes_sense(*place, frozenset(letters)))
        for letters in languages
    )
    return max(sense) / max(1, found.total())


def _makes_sense(before: str, character: str, after: str, letters: frozenset[str]) -> bool:
    """Tell whether a sign, or a letter of the language, stands where it does in words."""
    if character in _SIGNS:
        return character in "’–—" or not (before.isalpha() and after.isalpha())
    return (character in letters) or (character.lower() in letters and not before.islower())
