"""`find_storms`: which hashtags, phrases or links stormed, when, and by how many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import numpy.typing as npt

from stancekit.errors import ArgumentError
from stancekit.events.clock import clock_of
from stancekit.events.corpus import NO_TIME, Gathering, counted
from stancekit.events.reading import batches_of
from stancekit.events.storms.announcing import times_named
from stancekit.events.storms.camps import Abouts, rivals
from stancekit.events.storms.entities import names_in
from stancekit.events.storms.keyed import Keyed, keyed_hashtags, keyed_links, keyed_phrases
from stancekit.events.storms.linking import linked
from stancekit.events.storms.links import canonical
from stancekit.events.storms.looking import Collection, storm_of
from stancekit.events.storms.phrases import Phrases
from stancekit.events.storms.result import Storms
from stancekit.events.storms.rows_of_rivals import rival_rows, with_rivals
from stancekit.events.storms.seeking import seek
from stancekit.events.storms.told import missing, no_storms
from stancekit.events.storms.uses import Keys, Uses, folded

if TYPE_CHECKING:
    import pandas as pd

Key = Literal["hashtags", "phrases", "links"]

_KEYS: Final = ("hashtags", "phrases", "links")


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
    up to a week they part no storms.

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
    there, counts, keyed, mentions, hashtags = _gathered(posts, key, floor)
    sought = seek(keyed.uses, there, floor, min_accounts, key == "phrases")
    found, every = sought.found, sought.every
    names = keyed.names(posts, every)
    abouts = Abouts(there, mentions, hashtags)
    own = [frozenset((abouts.number_of(one.key),) if key == "hashtags" else ()) for one in found]
    storms = [
        storm_of(one, names[one.key], keyed.spelt(one.key, names), every[one.key], there)
        for one in found
    ]
    against = list(rivals(found, abouts, own))
    storms = linked(with_rivals(storms, against), found, there, pileons)
    return Storms(
        of=key,
        storms=tuple(sorted(storms, key=lambda one: (-one.posts, one.key, one.start))),
        rivals=rival_rows(storms, against),
        posts=len(there.corpus),
        floor=floor,
        min_accounts=min_accounts,
        gap_hours=len(there.clock.gaps),
        missing=tuple(missing(there, counts)),
        no_storms=tuple(no_storms(key, sought.ordinary, sought.few, floor, min_accounts)),
    )


def _gathered(
    posts: pd.DataFrame | str | Path, key: Key, floor: int
) -> tuple[Collection, npt.NDArray[np.bool_], Keyed, Uses, Uses]:
    """Read the posts once: all, which count, their keys, whom they mention, their hashtags."""
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
    timed, counts = corpus.time != NO_TIME, counted(corpus)
    there = Collection(corpus, clock_of(corpus.time[timed]), np.concatenate(named))
    timed &= counts
    tags = keyed_hashtags(hashtags.uses(), timed, corpus)
    if key == "hashtags":
        keyed = tags
    elif key == "links":
        keyed = keyed_links(links.uses(), timed)
    else:
        keyed = keyed_phrases(*phrases.uses(), timed, floor)
    return there, counts, keyed, mentions.uses(), tags.uses
