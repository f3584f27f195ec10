"""Labels typed by hand: spellings of one label, and labels spelt almost alike."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from stancekit.labels import LABELS, ClassName

#: A label of so many times fewer posts than one spelt almost like it may be a slip.
RARE: Final = 5
#: Shorter labels ("pro", "con") are often one letter apart.
SHORTEST: Final = 4

_QUOTES: Final = dict.fromkeys(map(ord, "\"'`´‘’‚‛“”„‟«»‹›"))


def one_spelling(posts: Mapping[ClassName, int]) -> dict[ClassName, ClassName]:
    """Choose one spelling for labels that differ only in how they are typed.

    Two labels are one if they are equal without case, quotation marks, invisible characters, the
    number of spaces and the form of Unicode (NFKC).

    Parameters
    ----------
    posts : mapping of str or int to int
        Posts of each label as typed; one that is a number is that number.

    Returns
    -------
    dict
        For each of them the spelling of most posts; of equally many one of stancekit's own, or
        else the one named first.

    Examples
    --------
    >>> one_spelling({"Favor": 40, "favor": 9, "against": 50})
    {'Favor': 'Favor', 'favor': 'Favor', 'against': 'against'}
    """
    kept: dict[ClassName, ClassName] = {}
    for name in sorted(posts, key=lambda name: (-posts[name], name not in LABELS)):
        kept.setdefault(as_meant(name), name)
    return {name: kept[as_meant(name)] for name in posts}


def as_meant(name: ClassName) -> ClassName:
    """Return what all spellings of a label have in common; a number is itself.

    >>> as_meant("“Not  Sure” ")
    'not sure'
    """
    if isinstance(name, int):
        return name
    plain = unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold()
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split()) or name


def almost_alike(posts: Mapping[ClassName, int]) -> list[tuple[str, str]]:
    """Return labels of few posts with those of many they are one letter away from.

    >>> almost_alike({"critical": 210, "crtical": 2, "neutral": 90, "group 1": 9, "group 2": 99})
    [('crtical', 'critical')]
    """
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for name in posts:
        if isinstance(name, str) and len(name) >= SHORTEST:
            for shorter in _less_a_letter(name.casefold()):
                spelt[shorter].append(name)
    pairs = {
        (rare, frequent)
        for names in spelt.values()
        for rare in names
        for frequent in names
        if posts[rare] * RARE <= posts[frequent] and _letters(rare) != _letters(frequent)
    }
    return sorted(pairs)


def _less_a_letter(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def _letters(name: str) -> str:
    """Return the name without digits, which number labels and are no slips."""
    return "".join(sign for sign in name.casefold() if not sign.isdigit())
