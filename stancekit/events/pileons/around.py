"""What lies around an episode: who had met the target, who pointed at it, what it wrote after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.corpus import NO_TIME, Corpus
from stancekit.events.pileons.exposure import DAY, HOUR, Exposure
from stancekit.events.pileons.finding import Episode
from stancekit.events.pileons.incoming import Incoming
from stancekit.events.pileons.scan import LEAST

Ints = npt.NDArray[np.int64]

#: Hours of collection before an episode without which nobody can be told to be a stranger.
_KNOWN: Final = 72
#: How long before the first contact an amplifier is looked for, and how many accounts must have
#: written at it in the file.
_BEFORE: Final = 6 * HOUR
_REACH: Final = 20
#: Days before and after, in which the target's own posts are counted.
_OWN: Final = 7 * DAY


@dataclass(frozen=True)
class Amplifier:
    """A much-answered account that wrote at the target before the others: place, post, reach."""

    account: int
    post: int
    reach: int


@dataclass(frozen=True, eq=False)
class Around:
    """The file, sorted for questions about accounts.

    Attributes
    ----------
    incoming : Incoming
    exposure : Exposure
    reach : ndarray of int64, shape (a,)
        Distinct accounts that wrote at each account.
    by_writer : Incoming
        The same contacts, sorted by who writes, with writer and target in each other's place.
    own : ndarray of int64, shape (2, p)
        Writers and moments of all posts, sorted.
    begins, ends : int
        Moments of the first and last post.
    """

    incoming: Incoming
    exposure: Exposure
    reach: Ints
    by_writer: Incoming
    own: Ints
    begins: int
    ends: int

    def past(self, one: Episode) -> float:
        """Days between the first contact with the target and the episode; NaN before five."""
        before = self.incoming.at(one.target, self.begins, one.start - 1)
        return (one.start - int(before.time[0])) / DAY if len(before) >= LEAST else np.nan

    def strangers(self, one: Episode, accounts: Ints) -> float:
        """Share of accounts that had not written at the target, nor it at them; NaN if unknown."""
        if not len(accounts) or self.exposure.at(one.start) < _KNOWN:
            return np.nan
        wrote = self.incoming.at(one.target, self.begins, one.start - 1).account
        heard = self.by_writer.at(one.target, self.begins, one.start - 1).account
        return float(1 - np.isin(accounts, np.concatenate([wrote, heard])).mean())

    def amplifier(self, one: Episode) -> Amplifier | None:
        """Find who of the first to write at the target is most answered in the file."""
        first = self.incoming.at(one.target, one.start - _BEFORE, one.start)
        if not len(first):
            return None
        best = int(np.argmax(self.reach[first.account]))
        account = int(first.account[best])
        reach = int(self.reach[account])
        return Amplifier(account, int(first.post[best]), reach) if reach >= _REACH else None

    def own_posts(self, one: Episode) -> tuple[float, float]:
        """Posts a day of the target itself, in the week before and after; NaN outside the file."""
        low, high = np.searchsorted(self.own[0], [one.target, one.target + 1])
        moments = self.own[1, low:high]
        if not len(moments):
            return np.nan, np.nan

        def pace(start: int, end: int) -> float:
            days = (min(end, self.ends) - max(start, self.begins)) / DAY
            if days < 1:
                return np.nan
            found = np.searchsorted(moments, [start, end])
            return float(found[1] - found[0]) / days

        return pace(one.start - _OWN, one.start), pace(one.end + 1, one.end + 1 + _OWN)


def around(
    corpus: Corpus, counts: npt.NDArray[np.bool_], incoming: Incoming, exposure: Exposure
) -> Around:
    """Sort a file for questions about accounts."""
    each = np.unique(np.stack([incoming.target, incoming.account]), axis=1)
    order = np.lexsort((incoming.time, incoming.account))
    turned = incoming[order]
    usable = counts & (corpus.time != NO_TIME)
    written = usable & (corpus.author >= 0)
    own = np.stack([corpus.author[written].astype(np.int64), corpus.time[written]])
    return Around(
        incoming,
        exposure,
        np.bincount(each[0], minlength=len(corpus.accounts)),
        Incoming(
            *(turned.account, turned.target, turned.time),
            *(turned.post, turned.how, turned.label),
        ),
        own[:, np.lexsort(own[::-1])],
        int(corpus.time[usable].min()),
        int(corpus.time[usable].max()),
    )
