"""Spelling that dodges filters, mended: other alphabets, digits for letters, letters apart.

Only what becomes a common word, or one that people disguise (``data/mended.txt``, made by
``models/mended/build.py``), is mended; other misspellings stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Final

from stancekit.text.hashtag_words.splitting import split_hashtag
from stancekit.text.reading.edits import Edit

#: Letters of other alphabets that look like Latin ones, where they stand among Latin letters.
_ALIKE: Final = str.maketrans(
    "аеорсухіјѕԁһԛԝкмтвнгАЕОРСУХІЈЅКМТВНαβενορτυχικΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡɩıʏᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxijsdhqwkmtbhrAEOPCYXIJSKMTBHabevoptuxikABEZHIKMNOPTYXagiiyabcdefghijklmnoprstuvwyz",
)
#: Digits and signs that stand for letters, likeliest first.
_LEET: Final = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "il",
    "+": "t",
    "€": "e",
}
_LEET_WORD: Final = re.compile(
    r"(?<![\w@#&/.$€£!|+*])"
    r"(?=[\w$@!|+€]{4,24}(?![\w@#&/$€]))(?=[A-Za-z]*[0-9@$!|+€][0-9@$!|+€]?[A-Za-z])"
    r"[$0-9A-Za-z][A-Za-z0-9@$!|+€]*[A-Za-z0-9]"
)
_STARRED: Final = re.compile(r"(?<![\w*])(?=\w*[*]\w)[A-Za-z][A-Za-z*]{2,20}[A-Za-z](?![\w*])")
_APART: Final = re.compile(
    r"(?<![^\s\"'“(])[A-Za-z](?:([ ._*-])[A-Za-z])(?:\1[A-Za-z]){2,24}(?![\w'’])(?!\1\w)"
)
_INVISIBLE: Final = re.compile("(?<=\\w)[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+(?=\\w)")
_FOREIGN: Final = re.compile(r"[^\W\d_]*[^\W\d_\x00-\u024f][^\W\d_]*")
_WORDS: Final = re.compile(r"[a-z]{4,}")
#: From how many letters on a word may have one left out or two exchanged.
_LONG: Final = 5


@lru_cache(maxsize=1)
def _targets() -> frozenset[str]:
    return frozenset(files("stancekit.text").joinpath("data/mended.txt").read_text().split())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    words = files("stancekit.text").joinpath("data/common_words.txt").read_text("utf-8").split()
    return frozenset(words) | _targets()


@lru_cache(maxsize=1)
def misspellings() -> dict[str, str]:
    """Words with a letter doubled, left out or exchanged with the next, and what they are.

    Examples
    --------
    >>> misspellings()["scumbga"], "scumbag" in misspellings()
    ('scumbag', False)
    """
    found: dict[str, str] = {}
    for word in sorted(_targets()):
        size = len(word)
        # a third of a kind is nothing new: the normalised stream has two of soooo as well
        alone = [i for i in range(size) if word[i] not in (word[i - 1 : i], word[i + 1 : i + 2])]
        made = [word[: i + 1] + word[i:] for i in alone]
        if size > _LONG:
            made += [word[:i] + word[i + 1 :] for i in range(1, size - 1)]
            made += [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, size - 1)]
        for other in made:
            if other not in _common():
                found.setdefault(other, word)
    return found


def misspelt(text: str) -> Iterator[Edit]:
    """Yield words that are misspellings of those that people disguise.

    A word with a capital may be a name, and stays as it is.

    Examples
    --------
    >>> [edit.text for edit in sorted(misspelt("what a scumbga, you MORRON"))]
    ['scumbag', 'MORON']
    """
    table = misspellings()
    wrong = table.keys() & set(_WORDS.findall(text.lower()))
    if not wrong:
        return
    for word in wrong:
        for match in re.finditer(rf"(?<![\w@#])(?:{word}|{word.upper()})(?!\w)", text):
            right = table[word]
            yield Edit(*match.span(), right.upper() if match[0].isupper() else right)


def disguised(text: str) -> Iterator[Edit]:
    """Yield letters of other alphabets among Latin ones, and invisible marks inside words.

    Examples
    --------
    >>> [(edit.start, edit.text) for edit in sorted(disguised("id\u0456ot, tr\u200bash"))]
    [(2, 'i'), (9, '')]
    """
    for match in _INVISIBLE.finditer(text):
        yield Edit(*match.span(), "")
    for match in _FOREIGN.finditer(text):
        word = match[0]
        plain = "".join(_latin(letter) for letter in word)
        if plain == word or not plain.isascii():
            continue
        mixed = any(letter.isascii() for letter in word)
        styled = all(unicodedata.normalize("NFKC", letter).isascii() for letter in word)
        if mixed or styled or plain.lower() in _targets():
            for place, (old, new) in enumerate(zip(word, plain, strict=True), match.start()):
                if old != new:
                    yield Edit(place, place + 1, new)


def _latin(letter: str) -> str:
    folded = unicodedata.normalize("NFKC", letter)
    return (folded if len(folded) == 1 else letter).translate(_ALIKE)


def leet(text: str) -> Iterator[Edit]:
    """Yield words with digits and signs for letters, and those with stars for some.

    Examples
    --------
    >>> [edit.text for edit in leet("b4 you go: 1diot, h4ters, tr@sh, scumb*g, covid19")]
    ['idiot', 'haters', 'trash', 'scumbag']
    """
    for match in _LEET_WORD.finditer(text):
        if word := _from_leet(match[0]):
            yield Edit(*match.span(), word)
    for match in _STARRED.finditer(text) if "*" in text else ():
        if word := _from_stars(match[0].lower()):
            yield Edit(*match.span(), word)


@lru_cache(maxsize=4096)
def _from_leet(word: str) -> str:
    letters = [_LEET.get(sign, sign) for sign in word.lower()]
    if sum(sign.isalpha() for sign in word) < 2 or not all(map(str.isalpha, letters)):
        return ""
    made = ("".join(chosen) for chosen in product(*letters))
    return next((found for found in made if found in _common()), "")


@lru_cache(maxsize=4096)
def _from_stars(word: str) -> str:
    """Word that the stars hide: a letter for each, if only one word that is disguised fits."""
    pattern = re.compile(word.replace("*", "[a-z]"))
    fits = sorted(filter(pattern.fullmatch, _targets()))
    return fits[0] if len(fits) == 1 else ""


def spaced(text: str) -> Iterator[Edit]:
    """Yield letters set apart by spaces, full stops, hyphens or stars that make words.

    Examples
    --------
    >>> [edit.text for edit in spaced("what a c-l-o-w-n, y o u l i a r, U.S.A., A B C D")]
    ['clown', 'you liar']
    """
    for match in _APART.finditer(text):
        if words := _from_letters(match[0].replace(match[1], "").lower()):
            yield Edit(*match.span(), words)


@lru_cache(maxsize=4096)
def _from_letters(word: str) -> str:
    """Words that letters make, if all are common ones."""
    words = [word] if word in _common() else [part.lower() for part in split_hashtag(word)]
    common = all(part in _common() and (len(part) > 1 or part in "ai") for part in words)
    return " ".join(words) if common else ""
