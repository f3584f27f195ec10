"""What is said of a storm, from the posts that are in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.events.accounts import NOBODY
from stancekit.events.clock import HOUR, Clock
from stancekit.events.contacts import INHERITED
from stancekit.events.corpus import REPOST, Corpus
from stancekit.events.storms.concentration import concentration
from stancekit.events.storms.extent import Extent
from stancekit.events.storms.pairs import Ints, counted, distinct, packed, parted
from stancekit.events.storms.storm import Counted, Hourly, Storm
from stancekit.labels import LABELS
from stancekit.text.codepoints import ranges

Longs = npt.NDArray[np.int64]

#: A key that so many of all posts have may be what was searched for.
_EVERY: Final = 0.95
_TARGETS: Final = 5
_IDS: Final = 5
_MARGIN: Final = 12  # hours shown before and after a storm
_TEN_MINUTES: Final = 600
_ANNOUNCED: Final = (72 * HOUR, HOUR // 2)


@dataclass(frozen=True, eq=False)
class Collection:
    """All that storms are looked for in.

    Attributes
    ----------
    corpus : Corpus
    clock : Clock
    times_named : ndarray of bool, shape (n,)
        Whether a post's text names a time of the day or an evening.
    """

    corpus: Corpus
    clock: Clock
    times_named: npt.NDArray[np.bool_]

    @cached_property
    def own(self) -> npt.NDArray[np.bool_]:
        """Whether a post is no repost."""
        own: npt.NDArray[np.bool_] = self.corpus.kind != REPOST
        return own

    @cached_property
    def _first_contact(self) -> Longs:
        every = np.arange(len(self.corpus) + 1)
        return np.searchsorted(self.corpus.contacts.post, every)

    def contacts_of(self, posts: Ints) -> npt.NDArray[np.int64]:
        """Places of the contacts of some posts, post after post."""
        begin = self._first_contact[posts]
        return ranges(begin, self._first_contact[posts + 1] - begin)


@dataclass(frozen=True, eq=False)
class Found:
    """A storm by its places: what `storm_of` makes a `Storm` of.

    Attributes
    ----------
    key : int
        Place of the key in the names of the uses.
    extent : Extent
    posts : ndarray of int32
        Places of its posts in the corpus, in order of time.
    """

    key: int
    extent: Extent
    posts: Ints


def storm_of(
    found: Found, name: str, variants: tuple[Counted, ...], every: Ints, there: Collection
) -> Storm:
    """Say what is to say of a storm.

    Parameters
    ----------
    every : ndarray of int32
        Places of all posts with the key, in order of time.
    """
    corpus, posts = there.corpus, found.posts
    author, time = corpus.author[posts], corpus.time[posts]
    own = there.own[posts]
    known = author != NOBODY
    by = counted(author[known])[1]
    label = corpus.label[posts][own]
    announced = _announced(every, int(time[0]), there)
    extent, clock = found.extent, there.clock
    return Storm(
        key=name,
        variants=variants,
        start=_moment(int(time[0])),
        peak=_moment(extent.peak * HOUR),
        end=_moment(int(time[-1])),
        posts=len(posts),
        originals=int(own.sum()),
        accounts=len(by),
        voices=len(distinct(author[known & own])),
        nameless=int((~known).sum()),
        concentration=concentration(by),
        labels=tuple(np.bincount(label[label >= 0], minlength=len(LABELS)).tolist()),
        targets=_targets(posts, there),
        first_hour_share=float((time < time[0] + HOUR).mean()),
        minutes_to_peak=_busiest(time) / 60,
        announced=len(announced),
        announced_ids=_ids(announced[:_IDS], corpus),
        floor=extent.floor,
        rise=extent.rise,
        begins_before_file=extent.first <= clock.first,
        ends_after_file=extent.last >= clock.last,
        gap_hours=clock.missed(extent.first, extent.last + 1),
        in_every_post=len(every) >= _EVERY * len(corpus),
        hourly=_hourly(every, extent, there),
    )


def addressed(posts: Ints, there: Collection) -> tuple[Ints, Longs]:
    """Give who is addressed in some posts, and by how many accounts."""
    contacts, at = there.corpus.contacts, there.contacts_of(posts)
    direct = contacts.how[at] != INHERITED
    target, who = contacts.target[at][direct], there.corpus.author[contacts.post[at][direct]]
    pairs = distinct(packed(target[who != NOBODY], who[who != NOBODY]))
    return counted(parted(pairs)[0])


def _targets(posts: Ints, there: Collection) -> tuple[Counted, ...]:
    target, accounts = addressed(posts, there)
    names = there.corpus.accounts
    every = [
        Counted(names[at], count)
        for at, count in zip(target.tolist(), accounts.tolist(), strict=True)
        if count > 1
    ]
    every.sort(key=lambda one: (-one.number, one.name.casefold()))
    return tuple(every[:_TARGETS])


def _busiest(time: Longs) -> int:
    """Seconds from the first post to the begin of the ten minutes with most."""
    within = np.searchsorted(time, time + _TEN_MINUTES) - np.arange(len(time))
    return int(time[np.argmax(within)] - time[0])


def _announced(every: Ints, start: int, there: Collection) -> Ints:
    time = there.corpus.time[every]
    low, high = np.searchsorted(time, [start - _ANNOUNCED[0], start - _ANNOUNCED[1]])
    before = every[low:high]
    return before[there.times_named[before] & there.own[before]]


def _ids(posts: Ints, corpus: Corpus) -> tuple[str, ...]:
    return tuple(one for one in corpus.ids.take(posts).to_pylist() if one is not None)


def _hourly(every: Ints, extent: Extent, there: Collection) -> Hourly:
    """Count by hour; the clock's first and last hour are the outermost."""
    corpus, clock = there.corpus, there.clock
    first = max(extent.first - _MARGIN, clock.first)
    last = min(extent.last + _MARGIN, clock.last)
    time = corpus.time[every]
    low, high = np.searchsorted(time, [first * HOUR, (last + 1) * HOUR])
    posts = every[low:high]
    place = time[low:high] // HOUR - first
    size = last + 1 - first
    author, label, own = corpus.author[posts], corpus.label[posts], there.own[posts]
    known = author != NOBODY
    pairs = distinct(packed(place[known], author[known]))
    told = own & (label >= 0)
    cells = place[told] * len(LABELS) + label[told]
    hour = np.arange(first, last + 1)
    return Hourly(
        hour=hour,
        posts=np.bincount(place, minlength=size),
        accounts=np.bincount(parted(pairs)[0], minlength=size),
        labels=np.bincount(cells, minlength=size * len(LABELS)).reshape(size, len(LABELS)),
        missed=np.isin(hour, clock.gaps),
    )


def _moment(seconds: int) -> pd.Timestamp:
    return pd.Timestamp(seconds, unit="s", tz="UTC").as_unit("us")
