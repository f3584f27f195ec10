"""Which keys are loud, in which hours, and by whom: storms by their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.events.accounts import NOBODY
from stancekit.events.clock import HOUR
from stancekit.events.storms.extent import extents
from stancekit.events.storms.looking import Collection, Found
from stancekit.events.storms.pairs import Ints, distinct
from stancekit.events.storms.uses import Uses

#: Posts of one account in one hour that count for how loud the hour is.
AT_MOST: Final = 3


@dataclass(frozen=True, eq=False)
class Sought:
    """What was found of the keys of a collection.

    Attributes
    ----------
    found : list of Found
    every : mapping of int to ndarray of int32
        Of keys with a storm the places of all posts, in order of time.
    ordinary, few : int
        Keys that are loud for an hour and no storm: no more than on their other days; or
        by fewer accounts than asked for.
    """

    found: list[Found]
    every: Mapping[int, Ints]
    ordinary: int
    few: int


def seek(uses: Uses, there: Collection, floor: int, min_accounts: int, own_alone: bool) -> Sought:
    """Look for storms of every key.

    With `own_alone` reposts make no hour loud: one post, widely shared, is no storm of its words.
    """
    corpus = there.corpus
    order = np.lexsort((uses.post, corpus.time[uses.post], uses.key))
    post, key = uses.post[order], uses.key[order]
    loud_key, hour, loud = _loudness(uses[there.own[uses.post]] if own_alone else uses, there)
    found: list[Found] = []
    every: dict[int, Ints] = {}
    ordinary = few = 0
    for one in np.unique(loud_key[loud >= floor]).tolist():
        low, high = np.searchsorted(loud_key, [one, one + 1])
        first, last = np.searchsorted(key, [one, one + 1])
        of_key = post[first:last]
        time = corpus.time[of_key]
        loudest = extents(hour[low:high], loud[low:high], there.clock, floor)
        for extent in loudest:
            begin, end = np.searchsorted(time, [extent.first * HOUR, (extent.last + 1) * HOUR])
            own = of_key[begin:end]
            if _enough(own, there, min_accounts):
                found.append(Found(one, extent, own))
                every[one] = of_key
        ordinary += not loudest
        few += bool(loudest) and one not in every
    return Sought(found, every, ordinary, few)


def _loudness(uses: Uses, there: Collection) -> tuple[Ints, npt.NDArray[Any], npt.NDArray[Any]]:
    """Posts of each key and hour, of an account three at most: keys, hours and posts, in order."""
    corpus = there.corpus
    hour = corpus.time[uses.post] // HOUR
    author = corpus.author[uses.post]
    order = np.lexsort((author, hour, uses.key))
    key, hour, author = uses.key[order], hour[order], author[order]
    new_hour = np.ones(len(key), bool)
    new_hour[1:] = (np.diff(key) != 0) | (np.diff(hour) != 0)
    new_account = new_hour | (np.diff(author, prepend=NOBODY) != 0)
    since = np.arange(len(key)) - np.maximum.accumulate(
        np.where(new_account, np.arange(len(key)), 0)
    )
    counts = (since < AT_MOST) | (author == NOBODY)
    begin = np.flatnonzero(new_hour)
    loud = np.add.reduceat(counts.astype(np.int64), begin) if len(begin) else np.empty(0, np.int64)
    return key[begin], hour[begin], loud


def _enough(posts: Ints, there: Collection, min_accounts: int) -> bool:
    """Whether enough accounts speak; where half of the posts have none, that cannot be told."""
    author = there.corpus.author[posts]
    if (author == NOBODY).mean() > 0.5:
        return True
    own = author[there.own[posts] & (author != NOBODY)]
    return len(distinct(own)) >= min_accounts
