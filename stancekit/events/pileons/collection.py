"""What may be the collection and not the world: beginnings, steps that stay, ceilings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.pileons.exposure import DAY
from stancekit.events.pileons.finding import Episode
from stancekit.events.pileons.incoming import Incoming
from stancekit.events.pileons.levels import tally
from stancekit.events.pileons.scan import LEAST

#: The first and last posts of a file are strays: it begins with the post of this quantile.
_STRAYS: Final = 0.01
#: An episode that goes on at this part of its pace is no peak but a step.
_STAYS: Final = 0.25
#: So many episodes without a past that are about as high as each other are a ceiling.
_ALIKE: Final = 8
_ABOUT: Final = 0.2
#: Lower ceilings are no collection's.
_LEAST_HEIGHT: Final = 50


def may_be_collection(
    episodes: Sequence[Episode],
    incoming: Incoming,
    time: npt.NDArray[np.int64],
) -> list[str]:
    """Say of each episode why it may be the collection; empty where nothing speaks for it.

    Parameters
    ----------
    time : ndarray of int64
        Moments of all posts of the file.
    """
    if not episodes:
        return []
    begins, ends = np.quantile(time, [_STRAYS, 1 - _STRAYS])
    whose = incoming.target
    accounts = [tally(incoming.at(one.target, one.start, one.end)).accounts for one in episodes]
    newcomers = []
    for one in episodes:
        low, high = np.searchsorted(whose, [one.target, one.target + 1])
        before = int(np.searchsorted(incoming.time[low:high], one.start))
        newcomers.append(before < LEAST)
    height = _ceiling([n for n, new in zip(accounts, newcomers, strict=True) if new])
    words = []
    for one, count, new in zip(episodes, accounts, newcomers, strict=True):
        if one.start < begins + DAY:
            words.append("begins within a day of the file")
        elif one.start > ends:
            words.append("lies in the last hundredth of the posts, where the file is thin")
        elif new and _stays(one, incoming, float(ends)):
            words.append("nobody wrote to the target before, and it stays so until the file ends")
        elif new and height and abs(count / height - 1) <= _ABOUT:
            words.append(f"many targets without a past have about {height:.0f} accounts")
        else:
            words.append("")
    return words


def _ceiling(heights: Sequence[int]) -> float:
    """Give the height that most of the highest share, 0 if they differ."""
    top = np.sort(heights)[::-1][: 2 * _ALIKE]
    if len(top) < _ALIKE:
        return 0.0
    middle = float(np.median(top))
    alike = (np.abs(top / middle - 1) <= _ABOUT).sum() >= _ALIKE
    return middle if alike and middle >= _LEAST_HEIGHT else 0.0


def _stays(one: Episode, incoming: Incoming, end: float) -> bool:
    """Tell whether the target is written to as much afterwards, or the file ends with it."""
    during = len(incoming.at(one.target, one.start, one.end)) / max(one.end - one.start, 3_600)
    left = end - one.end
    if left < DAY:
        return one.end - one.start >= DAY
    return len(incoming.at(one.target, one.end + 1, int(end))) / left >= _STAYS * during
