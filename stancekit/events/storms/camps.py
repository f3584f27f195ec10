"""Rival storms: the accounts of one keep from the other, and both are about one target, otherwise.

Two storms of one evening whose accounts do not meet are two topics, as a rule. Rivals need a
target in common, an account or a hashtag, toward which most of the accounts of the one are
supportive and most of the other's critical or dog-piling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.accounts import NOBODY
from stancekit.events.clock import HOUR
from stancekit.events.storms.looking import Collection, Found
from stancekit.events.storms.pairs import Ints, distinct, packed, parted
from stancekit.events.storms.uses import Uses
from stancekit.labels import CRITICAL, DOG_PILING, LABELS, SUPPORTIVE
from stancekit.scores.metrics import wilson_interval
from stancekit.text.codepoints import ranges

Longs = npt.NDArray[np.int64]

#: The upper end of the odds ratio's 95 % interval lies below; and so does that of the share of the
#: smaller storm's accounts that are in both, since where nearly all are in one or the other the
#: odds ratio is low by itself.
ODDS: Final = 0.5
BOTH: Final = 0.5
#: Hours within which a rival storm that follows is a counter-storm.
WITHIN: Final = 48
#: Accounts with a stance toward the target that both storms need, and their share of all those
#: of a storm that have a stance.
ACCOUNTS: Final = 10
PART: Final = 0.1
#: A hashtag in more of all posts does not say what a post is about.
EVERYWHERE: Final = 0.5
#: Storms that are compared with one another, by size: the time taken grows with their square.
MOST: Final = 300

_STANCE: Final = np.array(
    [{SUPPORTIVE: 1, CRITICAL: -1, DOG_PILING: -1}.get(label, 0) for label in LABELS] + [0], np.int8
)


@dataclass(frozen=True)
class Rivals:
    """Two storms that are rivals.

    Attributes
    ----------
    first, second : int
        Places of the storms; that which began first is the first.
    target : str
        What they are of opposite stance to: ``"@name"`` or ``"#tag"``.
    odds, odds_low, odds_high : float
        Odds ratio of using the one key if one uses the other, among the accounts that use either
        or are about the target meanwhile; one half is added to each cell.
    supportive : tuple of float
        Share of supportive accounts among those with a stance toward the target, of each.
    accounts : tuple of int
        How many have a stance toward it.
    hours : float
        From the onset of the first to that of the second.
    """

    first: int
    second: int
    target: str
    odds: float
    odds_low: float
    odds_high: float
    supportive: tuple[float, float]
    accounts: tuple[int, int]
    hours: float

    @property
    def counter(self) -> bool:
        """Whether the second answers the first: it begins later, within 48 hours."""
        return 0 < self.hours <= WITHIN


class Abouts:
    """What posts are about, by number: accounts they mention, and hashtags.

    Parameters
    ----------
    there : Collection
    mentions, hashtags : Uses
        Names that posts mention, be they answered or not; and their hashtags.
    """

    def __init__(self, there: Collection, mentions: Uses, hashtags: Uses) -> None:
        self.there = there
        accounts = {name.casefold(): at for at, name in enumerate(there.corpus.accounts)}
        self._names = [f"@{name}" for name in there.corpus.accounts]
        number = []
        for name in mentions.names:
            number.append(accounts.get(name.casefold(), len(self._names)))
            if number[-1] == len(self._names):
                self._names.append(f"@{name}")
        self._first_tag = len(self._names)
        self._names += [f"#{name}" for name in hashtags.names]
        post = np.concatenate([mentions.post, hashtags.post])
        about = np.concatenate(
            [np.array(number, np.int64)[mentions.key], hashtags.key + np.int64(self._first_tag)]
        )
        order = np.argsort(post, kind="stable")
        self._post, self._about = post[order], about[order]
        often = np.bincount(hashtags.key, minlength=len(hashtags.names))
        everywhere = np.flatnonzero(often > EVERYWHERE * len(there.corpus))
        self._everywhere = everywhere + self._first_tag

    def of(self, posts: Ints) -> tuple[Ints, Longs]:
        """Give posts, each once for all that it is about, and what that is."""
        contacts, at = self.there.corpus.contacts, self.there.contacts_of(posts)
        begin, end = (np.searchsorted(self._post, posts, side) for side in ("left", "right"))
        named = ranges(begin, end - begin)
        post = np.concatenate([contacts.post[at], self._post[named]])
        about = np.concatenate([contacts.target[at].astype(np.int64), self._about[named]])
        post, about = parted(distinct(packed(post, about)))
        kept = ~np.isin(about, self._everywhere)
        return post[kept], about[kept].astype(np.int64)

    def name(self, about: int) -> str:
        """Say what a number stands for."""
        return self._names[about]

    def number_of(self, tag: int) -> int:
        """Give the number of a hashtag."""
        return tag + self._first_tag


def rivals(
    found: Sequence[Found], abouts: Abouts, own: Sequence[frozenset[int]]
) -> Iterator[Rivals]:
    """Compare storms with one another.

    Parameters
    ----------
    found : sequence of Found
    abouts : Abouts
    own : sequence of frozenset of int
        For each storm the numbers that its key itself has among what posts are about.
    """
    sizes = [len(one.posts) for one in found]
    largest = sorted(range(len(found)), key=lambda at: (-sizes[at], at))[:MOST]
    stances = {at: _stances(found[at].posts, abouts, own[at]) for at in largest}
    with_any = sorted(
        (at for at in largest if stances[at]), key=lambda at: (found[at].extent.first, at)
    )
    for place, first in enumerate(with_any):
        for second in with_any[place + 1 :]:
            one, other = found[first], found[second]
            if other.extent.first > max(one.extent.last, one.extent.first + WITHIN):
                break  # and so are all that begin later
            if one.key == other.key:
                continue
            best = _compared(first, second, found, stances, abouts, own)
            if best is not None:
                yield best


def _stances(posts: Ints, abouts: Abouts, own: frozenset[int]) -> dict[int, tuple[int, int]]:
    """How many accounts are for, and against, each thing that a storm's posts are about."""
    corpus = abouts.there.corpus
    kept = posts[abouts.there.own[posts] & (corpus.author[posts] != NOBODY)]
    post, about = abouts.of(kept)
    free = ~np.isin(about, list(own))
    post, about = post[free], about[free]
    stance = _STANCE[corpus.label[post]].astype(np.int64)
    whole = len(np.unique(corpus.author[kept][_STANCE[corpus.label[kept]] != 0]))
    pair = packed(about, corpus.author[post])
    order = np.argsort(pair, kind="stable")
    pairs, begin = np.unique(pair[order], return_index=True)
    sums = np.add.reduceat(stance[order], begin) if len(begin) else stance
    what = parted(pairs)[0]
    found = {}
    for thing, low, high in _stretches(what):
        pro, con = int((sums[low:high] > 0).sum()), int((sums[low:high] < 0).sum())
        if pro + con >= max(ACCOUNTS, PART * whole):
            found[thing] = (pro, con)
    return found


def _stretches(ordered: Ints) -> Iterator[tuple[int, int, int]]:
    values, begin = np.unique(ordered, return_index=True)
    end = np.append(begin, len(ordered))[1:]
    yield from zip(values.tolist(), begin.tolist(), end.tolist(), strict=True)


def _compared(
    first: int,
    second: int,
    found: Sequence[Found],
    stances: dict[int, dict[int, tuple[int, int]]],
    abouts: Abouts,
    own: Sequence[frozenset[int]],
) -> Rivals | None:
    """Give the common target that most accounts have a stance toward, if the two are rivals."""
    common = [
        thing
        for thing in stances[first].keys() & stances[second].keys() - own[first] - own[second]
        if _majority(*stances[first][thing]) * _majority(*stances[second][thing]) < 0
    ]
    common.sort(
        key=lambda it: (-min(sum(stances[first][it]), sum(stances[second][it])), abouts.name(it))
    )
    for thing in common:
        log, error, in_both = _odds(found[first], found[second], thing, abouts)
        if np.exp(log + 1.96 * error) < ODDS and in_both < BOTH:
            votes = stances[first][thing], stances[second][thing]
            start = [abouts.there.corpus.time[found[at].posts[0]] for at in (first, second)]
            return Rivals(
                first=first,
                second=second,
                target=abouts.name(thing),
                odds=float(np.exp(log)),
                odds_low=float(np.exp(log - 1.96 * error)),
                odds_high=float(np.exp(log + 1.96 * error)),
                supportive=(votes[0][0] / sum(votes[0]), votes[1][0] / sum(votes[1])),
                accounts=(sum(votes[0]), sum(votes[1])),
                hours=float(start[1] - start[0]) / HOUR,
            )
    return None


def _majority(pro: int, con: int) -> int:
    """1 where surely most are for it, -1 where against, 0 where neither."""
    low, high = wilson_interval(pro / (pro + con), pro + con)
    return int(low > 0.5) - int(high < 0.5)


def _odds(one: Found, other: Found, thing: int, abouts: Abouts) -> tuple[float, float, float]:
    """Log odds ratio, and its standard error, of an account being in both storms.

    And the upper end of the 95 % interval of the share of the smaller one's accounts that are.
    """
    corpus = abouts.there.corpus
    in_one, in_other = (_accounts(corpus.author[each.posts]) for each in (one, other))
    first = min(one.extent.first, other.extent.first) * HOUR
    last = (max(one.extent.last, other.extent.last) + 1) * HOUR
    meanwhile = np.flatnonzero((corpus.time >= first) & (corpus.time < last)).astype(np.int32)
    post, about = abouts.of(meanwhile)
    concerned = _accounts(corpus.author[post[about == thing]])
    every = np.union1d(np.union1d(in_one, in_other), concerned)
    a, b = np.isin(every, in_one), np.isin(every, in_other)
    cells = np.array([(a & b).sum(), (a & ~b).sum(), (~a & b).sum(), (~a & ~b).sum()]) + 0.5
    log = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    smaller = min(len(in_one), len(in_other))
    in_both = wilson_interval((a & b).sum() / max(smaller, 1), smaller)[1]
    return float(log), float(np.sqrt((1 / cells).sum())), float(in_both)


def _accounts(authors: Ints) -> Ints:
    accounts: Ints = distinct(authors[authors != NOBODY])
    return accounts
