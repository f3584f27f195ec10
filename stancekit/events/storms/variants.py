"""Spellings of one key: merged where they look alike and the same accounts use them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.accounts import NOBODY
from stancekit.events.storms.pairs import Ints, distinct, packed, parted
from stancekit.events.storms.uses import Uses, folded

#: Least overlap (Jaccard) of the accounts that use two spellings; or, since few who use a common
#: one ever slip, the share of the rarer one's accounts that use the commoner, if that is more than
#: by chance.
OVERLAP: Final = 0.3
#: Accounts that a spelling needs, and how many of the most used are looked at: no more, however
#: many keys there are.
_ACCOUNTS: Final = 5
_MOST: Final = 5_000
#: Letters that a key needs for one of them to be changed, and for two.
_ONE, _TWO = 5, 8
_BARE: Final = 3
_DIGITS: Final = re.compile(r"\d+")


def merged(uses: Uses, author: npt.NDArray[np.int32]) -> tuple[Ints, dict[int, list[int]]]:
    """Give each key the place of the one it is a spelling of, for most their own.

    A key joins the most used one that it is alike to: one or two letters apart, a plural, or the
    same but for a number or a year. The accounts that use them overlap: by three tenths of those
    that use either; or three tenths of those that use the rarer, and surely (95 %) more than of
    all others.

    Parameters
    ----------
    author : ndarray of int32, shape (n,)
        Of the posts of the corpus.

    Returns
    -------
    to : ndarray of int32, shape (k,)
    variants : dict of int to list of int
        The keys that joined another, by that one.
    """
    to = np.arange(len(uses.names), dtype=np.int32)
    who = author[uses.post]
    key, account = parted(distinct(packed(uses.key[who != NOBODY], who[who != NOBODY])))
    accounts = np.bincount(key, minlength=len(to))
    kept = np.flatnonzero(accounts >= _ACCOUNTS)
    kept = kept[np.lexsort((kept, -accounts[kept]))][:_MOST]
    ends = np.append(0, np.cumsum(accounts))
    sets = [account[ends[one] : ends[one + 1]] for one in kept.tolist()]
    everybody = len(distinct(author[author != NOBODY]))
    names = [folded(uses.names[one]) for one in kept.tolist()]
    alike = sorted(set(_candidates(names)))
    variants: dict[int, list[int]] = defaultdict(list)
    joined = np.zeros(len(kept), bool)
    for (first, second), shared in zip(alike, _shared(alike, sets), strict=True):
        if joined[first] or joined[second]:  # the more used came first
            continue
        if not _overlap(shared, len(sets[first]), len(sets[second]), everybody):
            continue
        if looks_alike(names[first], names[second]):
            joined[second] = True
            to[kept[second]] = kept[first]
            variants[int(kept[first])].append(int(kept[second]))
    return to, dict(variants)


def _overlap(shared: int, common: int, rare: int, everybody: int) -> bool:
    if shared >= OVERLAP * (common + rare - shared):
        return True
    if shared < OVERLAP * rare:
        return False
    outside = everybody - common - rare + shared
    cells = np.array([shared, rare - shared, common - shared, outside]) + 0.5
    log = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    return bool(log > 1.96 * np.sqrt((1 / cells).sum()))


def _shared(pairs: Sequence[tuple[int, int]], sets: Sequence[Ints]) -> Iterator[int]:
    """Count the accounts that both of each pair have; pairs with the same first one in a row."""
    marked = np.zeros(max((int(one[-1]) for one in sets), default=-1) + 1, bool)
    last = -1
    for first, second in pairs:
        if first != last:
            if last >= 0:
                marked[sets[last]] = False
            marked[sets[first]] = True
            last = first
        yield int(marked[sets[second]].sum())


def _candidates(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places of names that may look alike, without trying all pairs."""
    alike: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        alike[_DIGITS.sub("", name)].append(place)
        for left in _shortened(name, 2 if len(name) >= _TWO else 1 if len(name) >= _ONE else 0):
            alike[left].append(place)
    for places in alike.values():
        yield from _pairs(places)


def _pairs(places: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of some places, each with the foremost ten: many names alike are one family."""
    for at, second in enumerate(places):
        for first in places[: min(at, 10)]:
            if first != second:
                yield min(first, second), max(first, second)


def looks_alike(first: str, second: str) -> bool:
    """Whether two folded names are one but for a letter or two, or but for their digits.

    Examples
    --------
    >>> looks_alike("notram", "notrams"), looks_alike("fair2018", "fair"), looks_alike("us", "uk")
    (True, True, False)
    """
    bare = _DIGITS.sub("", first)
    if len(bare) >= _BARE and bare == _DIGITS.sub("", second):
        return True
    short = min(len(first), len(second))
    most = 2 if short >= _TWO else 1
    return short >= _ONE and distance(first, second, most) <= most


def _shortened(name: str, letters: int) -> set[str]:
    """A name with at most so many letters left out."""
    found = {name}
    last = {name}
    for _ in range(letters):
        last = {one[:at] + one[at + 1 :] for one in last for at in range(len(one))}
        found |= last
    return found


def distance(first: str, second: str, most: int) -> int:
    """Count letters to put in, leave out or change (Levenshtein 1966); ``most + 1`` if more.

    >>> distance("notram", "notrams", 2), distance("savethetram", "savetehtram", 2)
    (1, 2)
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(second, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != other))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
