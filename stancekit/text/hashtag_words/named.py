"""Names inside hashtags: ``#WeSupportVarnholt`` is *we support* and a name, whichever it is.

Where a hashtag is written in camel case, names are told before it is cut into words, by capitals:
how the rest is cut then hangs on no name. A stretch that begins with a capital is a name if a list
has it or if it is not common in small letters; so is what belongs to it (De, Mc, JD), and one of
two letters that is no word (Ed, Al). In other hashtags the words are looked up in the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from stancekit.text.hashtag_words.splitting import split_hashtags
from stancekit.text.name_lists import words_of

#: What stands in a hashtag, and whether it is a name.
Piece = tuple[str, bool]

_HUMP: Final = re.compile(
    r"[^\W\d_]?[^\W\d_A-ZÀ-ÖØ-Þ]+|[A-ZÀ-ÖØ-Þ]+(?![^\W\d_A-ZÀ-ÖØ-Þ])|\d+|[#＃_]+|."
)
_TITLE: Final = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_A-ZÀ-ÖØ-Þ]+")
#: What is part of the name that follows.
_BEFORE: Final = frozenset(
    "o mc mac de del della di da do du la le los van von der den st al el ben bin fitz san".split()
)
_SHORT: Final = 2
#: From how many letters on a common word in a hashtag of one capital counts as a word.
_LONG: Final = 4


def named_pieces(tags: Sequence[str]) -> list[list[Piece]]:
    """Cut hashtags into words and names, for many at once.

    Parameters
    ----------
    tags : sequence of str
        Without the number sign, each once.

    Returns
    -------
    list of list of (str, bool)
        The pieces of each tag, and which are names; names that follow one another are one piece.

    Examples
    --------
    >>> named_pieces(["BackVarnholt", "EdDeTarrableOut"])
    [[('Back', False), ('Varnholt', True)], [('EdDeTarrable', True), ('Out', False)]]
    """
    humps = [_HUMP.findall(tag) for tag in tags]
    unsure = sorted(
        {hump for own in humps for hump in own if _is_title(hump) and not _common(hump)}
    )
    cut = dict(zip(unsure, split_hashtags(unsure), strict=True))
    stretches = [_joined(_told(own, cut)) for own in humps]
    plain = sorted({text for own in stretches for text, named in own if not named})
    words = dict(zip(plain, split_hashtags(plain), strict=True))
    return [_in_words(own, words) for own in stretches]


def _is_title(hump: str) -> bool:
    return _TITLE.fullmatch(hump) is not None


def _common(hump: str) -> bool:
    return hump.lower() in words_of("common_words")


def _told(humps: list[str], cut: dict[str, list[str]]) -> list[Piece]:
    """Say which stretches between capitals are names."""
    camel = sum(map(str.isalpha, humps)) > 1
    told: list[Piece] = []
    for hump in humps:
        told += _pieces(hump, cut.get(hump, [hump]), camel)
    for place in range(len(told) - 2, -1, -1):  # from the back: De La Varnholt
        text, named = told[place]
        if not named and told[place + 1][1] and _begins_name(text):
            told[place] = text, True
    return told


def _pieces(hump: str, words: list[str], camel: bool) -> list[Piece]:
    small = hump.lower()
    if not _is_title(hump) or small in words_of("never_names"):
        return [(hump, False)]
    if small in words_of("names") or len(hump) == _SHORT:
        return [(hump, True)]
    if _common(hump):
        return [(hump, False)]
    known = [_stands(word) for word in words]
    function = any(word.lower() in words_of("function_words") for word in words)
    if all(_common(word) for word in words) and len(words) > 1 and (function or not camel):
        return [(hump, False)]  # #Thankyou, and a capital forgotten: #WestandWithThem
    if camel or all(known) or not any(known):
        return [(hump, True)]
    first, last = known.index(False), len(known) - known[::-1].index(False)
    # a few letters at either end are a shred of the name: Be in Bekquil
    first = first if len("".join(words[:first])) >= _LONG else 0
    last = last if len("".join(words[last:])) >= _LONG else len(words)
    parts = ("".join(words[:first]), False), ("".join(words[first:last]), True)
    return [part for part in (*parts, ("".join(words[last:]), False)) if part[0]]


def _stands(word: str) -> bool:
    """Whether a word beside something unknown is a word, and no shred of it."""
    return word.lower() in words_of("function_words") or (len(word) >= _LONG and _common(word))


def _begins_name(text: str) -> bool:
    """Whether what stands before a name is part of it."""
    small = text.lower()
    if small in words_of("function_words"):
        return False
    return small in _BEFORE or (text.isupper() and text.isalpha() and len(text) <= _SHORT)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Make stretches of names, and of what is none, one each."""
    return [
        ("".join(text for text, _ in own), named)
        for named, own in groupby(pieces, key=lambda piece: piece[1])
    ]


def _in_words(stretches: Sequence[Piece], words: Mapping[str, list[str]]) -> list[Piece]:
    """Cut what is no name into words, of which a list may still tell names."""
    pieces: list[Piece] = []
    for text, named in stretches:
        for word in [text] if named else words[text]:
            listed = named or word.lower() in words_of("names")
            if listed and pieces and pieces[-1][1]:
                pieces[-1] = pieces[-1][0] + word, True
            else:
                pieces.append((word, listed))
    return pieces
