"""`find_storms`: which hashtags, phrases or links stormed, when, and by how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import numpy.typing as npt

from stancekit.errors import ArgumentError
from stancekit.events.accounts import NOBODY
from stancekit.events.corpus import NO_TIME, Corpus, Gathering
from stancekit.events.reading import batches_of
from stancekit.events.storms.announcing import times_named
from stancekit.events.storms.camps import Abouts, Rivals, rivals
from stancekit.events.storms.clock import HOUR, Clock, clock_of
from stancekit.events.storms.entities import names_in
from stancekit.events.storms.extent import extents
from stancekit.events.storms.keyed import Keyed, keyed_hashtags, keyed_links, keyed_phrases
from stancekit.events.storms.linking import linked
from stancekit.events.storms.links import canonical
from stancekit.events.storms.looking import Collection, Found, storm_of
from stancekit.events.storms.pairs import Ints, distinct
from stancekit.events.storms.phrases import Phrases
from stancekit.events.storms.result import Storms
from stancekit.events.storms.storm import Storm
from stancekit.events.storms.uses import Keys, Uses, folded

if TYPE_CHECKING:
    import pandas as pd

Key = Literal["hashtags", "phrases", "links"]

#: Posts of one account in one hour that count for how loud the hour is.
AT_MOST: Final = 3


def find_storms(
    posts: pd.DataFrame | str | Path,
    key: Key = "hashtags",
    *,
    floor: int = 10,
    min_accounts: int = 5,
    pileons: Any = None,
) -> Storms:
    """Find storms of hashtags, phrases or links in labelled posts.

    A storm lasts from the first to the last hour in which a key has at least `floor` posts, a
    fifth of those in its peak hour, and more than in 99 of 100 of its own past hours; quiet
    stretches of less than six hours are of it. An account counts for three posts an hour at most,
    so that no bot storms alone.

    Parameters
    ----------
    posts
        A labelled table, as `stancekit.label_frame` gives it, or the path of one.
    key : {"hashtags", "phrases", "links"}
        What storms are of.
    floor
        Posts in an hour that a storm has at least.
    min_accounts
        Accounts with posts of their own (no reposts) that a storm has at least.
    pileons : optional
        What `stancekit.find_pileons` found in the same posts: storms are told which they go with.

    Returns
    -------
    Storms
        Prints; `to_frame`, `hours`, `plot`.

    Raises
    ------
    InputError
        When the posts have no labels, or a column does not hold what a post table has there.

    Notes
    -----
    Posts without a time, or with a day only, are in no storm; `Storms.missing` says how many.
    Hours without any post, where the rhythm of the day expects some, are gaps in the collection:
    they part no storms.

    Examples
    --------
    >>> import pandas as pd, stancekit
    >>> posts = pd.DataFrame({
    ...     "text": ["Save the tram #NoTram"] * 40,
    ...     "author": [f"a{n}" for n in range(40)],
    ...     "created_at": pd.date_range("2026-05-01 20:00", periods=40, freq="3min", tz="UTC"),
    ...     "label": "critical",
    ... })
    >>> stancekit.find_storms(posts).to_frame()[["key", "posts", "accounts"]]
          key  posts  accounts
    0  NoTram     40        40
    """
    if key not in _KEYS:
        raise ArgumentError(f"key is {key!r}: give one of {', '.join(map(repr, _KEYS))}")
    if floor < 1 or min_accounts < 1:
        raise ArgumentError("floor and min_accounts are at least 1")
    there, keyed, mentions, hashtags = _gathered(posts, key, floor)
    found, every = _found(keyed.uses, there, floor, min_accounts, key == "phrases")
    names = keyed.names(posts, every)
    abouts = Abouts(there, mentions, hashtags)
    own = [frozenset((abouts.number_of(one.key),) if key == "hashtags" else ()) for one in found]
    storms = [
        storm_of(one, names[one.key], keyed.spelt(one.key, names), every[one.key], there)
        for one in found
    ]
    against = list(rivals(found, abouts, own))
    storms = linked(_with_rivals(storms, against), found, there, pileons)
    return Storms(
        of=key,
        storms=tuple(sorted(storms, key=lambda one: (-one.posts, one.key, one.start))),
        rivals=_rival_rows(storms, against),
        posts=len(there.corpus),
        floor=floor,
        min_accounts=min_accounts,
        gap_hours=len(there.clock.gaps),
        missing=_missing(there.corpus, there.clock),
    )


def _gathered(
    posts: pd.DataFrame | str | Path, key: Key, floor: int
) -> tuple[Collection, Keyed, Uses, Uses]:
    """Read the posts once: all of them, their keys, whom they mention, and their hashtags."""
    gathering, hashtags, mentions = Gathering(), Keys(folded), Keys(folded)
    links, phrases = Keys(canonical, as_written=False), Phrases()
    named: list[npt.NDArray[np.bool_]] = []
    for batch in batches_of(posts):
        gathering.add(batch)
        entities = names_in(batch, links=key == "links")
        hashtags.add(len(batch), *entities["hashtags"])
        mentions.add(len(batch), *entities["mentions"])
        named.append(times_named(batch))
        if key == "links":
            links.add(len(batch), *entities["urls"])
        elif key == "phrases":
            phrases.add(batch)
    corpus = gathering.corpus()
    timed = corpus.time != NO_TIME
    there = Collection(corpus, clock_of(corpus.time[timed]), np.concatenate(named))
    tags = keyed_hashtags(hashtags.uses(), timed, corpus)
    if key == "hashtags":
        keyed = tags
    elif key == "links":
        keyed = keyed_links(links.uses(), timed)
    else:
        keyed = keyed_phrases(*phrases.uses(), timed, floor)
    return there, keyed, mentions.uses(), tags.uses


_KEYS: Final = ("hashtags", "phrases", "links")


def _found(
    uses: Uses, there: Collection, floor: int, min_accounts: int, own_alone: bool
) -> tuple[list[Found], Mapping[int, Ints]]:
    """Look for storms of every key; give with them all posts of those keys, in order of time.

    With `own_alone` reposts make no hour loud: one post, widely shared, is no storm of its words.
    """
    corpus = there.corpus
    order = np.lexsort((uses.post, corpus.time[uses.post], uses.key))
    post, key = uses.post[order], uses.key[order]
    loud_key, hour, loud = _loudness(uses[there.own[uses.post]] if own_alone else uses, there)
    found: list[Found] = []
    every: dict[int, Ints] = {}
    for one in np.unique(loud_key[loud >= floor]).tolist():
        low, high = np.searchsorted(loud_key, [one, one + 1])
        first, last = np.searchsorted(key, [one, one + 1])
        of_key = post[first:last]
        time = corpus.time[of_key]
        for extent in extents(hour[low:high], loud[low:high], there.clock, floor):
            begin, end = np.searchsorted(time, [extent.first * HOUR, (extent.last + 1) * HOUR])
            own = of_key[begin:end]
            if _enough(own, there, min_accounts):
                found.append(Found(one, extent, own))
                every[one] = of_key
    return found, every


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


def _with_rivals(storms: list[Storm], against: list[Rivals]) -> list[Storm]:
    of: dict[int, set[str]] = defaultdict(set)
    after: dict[int, set[str]] = defaultdict(set)
    target: dict[int, set[str]] = defaultdict(set)
    for pair in against:
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            of[one].add(storms[other].key)
            target[one].add(pair.target)
        if pair.counter:
            after[pair.second].add(storms[pair.first].key)
    return [
        replace(
            storm,
            rival_of=tuple(sorted(of[at])),
            counter_storm_of=tuple(sorted(after[at])),
            rival_targets=tuple(sorted(target[at])),
        )
        for at, storm in enumerate(storms)
    ]


def _rival_rows(storms: list[Storm], against: list[Rivals]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "first": storms[pair.first].key,
            "second": storms[pair.second].key,
            "target": pair.target,
            "hours_apart": pair.hours,
            "odds_ratio": pair.odds,
            "odds_low": pair.odds_low,
            "odds_high": pair.odds_high,
            "first_supportive": pair.supportive[0],
            "second_supportive": pair.supportive[1],
            "first_accounts": pair.accounts[0],
            "second_accounts": pair.accounts[1],
        }
        for pair in against
    )


def _missing(corpus: Corpus, clock: Clock) -> tuple[str, ...]:
    """Say what the posts lack."""
    timeless = int((corpus.time == NO_TIME).sum())
    nameless = int((corpus.author == NOBODY).sum())
    unlabelled = int((corpus.label < 0).sum())
    untold = int((corpus.kind < 0).sum())
    told = (
        (timeless, "without a time of the day are in no storm"),
        (nameless, "have no account: they count as posts, and as nobody's"),
        (unlabelled, "have no label: they are in no share"),
        (untold, "are not said to be reposts or not: they count as their writers' own"),
    )
    words = [f"{count:,} of {len(corpus):,} posts {what}" for count, what in told if count]
    if corpus.chain_known < 1 and len(corpus.contacts):
        words.append(
            "the source does not tell the writers' own mentions from inherited ones in "
            f"{1 - corpus.chain_known:.0%} of the posts: of those only the account a text begins "
            "with is addressed"
        )
    if len(clock.gaps):
        words.append(f"in {len(clock.gaps):,} hours the collection stood still")
    return tuple(words)
