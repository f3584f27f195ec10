"""Events as a page shows them: names put out, the target's own posts and some evidence beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.events.accounts import NOBODY
from stancekit.events.corpus import NO_TIME, Corpus
from stancekit.events.pileons.levels import SURGE
from stancekit.events.pileons.result import PileOns
from stancekit.events.reading import batches_of
from stancekit.events.storms.result import Storms
from stancekit.labels import EVIDENCE, LABEL
from stancekit.posts.table import column_of
from stancekit.reporting.counting.examples import Example, shortened, spoken
from stancekit.reporting.naming import Naming
from stancekit.reporting.walking import Posts

#: Episodes with a picture of their own, and posts that each shows.
SHOWN: Final = 10
POSTS: Final = 5

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Writers:
    """Who wrote when: of a corpus what its events are shown with.

    Attributes
    ----------
    author, time : ndarray of int, shape (n,)
        As in `stancekit.events.corpus.Corpus`.
    accounts : tuple of str
    """

    author: npt.NDArray[np.int32]
    time: Ints
    accounts: tuple[str, ...]

    @classmethod
    def of(cls, corpus: Corpus) -> Writers:
        """Take it of a corpus, the rest of which may go."""
        return cls(corpus.author, corpus.time, corpus.accounts)


@dataclass(frozen=True, eq=False)
class Shown:
    """What is shown of an episode beside its row.

    Attributes
    ----------
    row : int
        The episode's row in the frame.
    own : ndarray of int64
        When the target posted, seconds since 1970 (UTC).
    evidence : tuple of Example
        Some of the posts that the episode names.
    """

    row: int
    own: Ints
    evidence: tuple[Example, ...] = ()


def shown(found: PileOns, writers: Writers, posts: Posts, *, text: bool) -> tuple[Shown, ...]:
    """Gather what is shown of the first episodes that are more than a surge."""
    rows = found.episodes[found.episodes["level"] != SURGE].head(SHOWN)
    ids = [list(row)[:POSTS] for row in rows["evidence"]]
    texts = texts_of(posts, [one for some in ids for one in some]) if text else {}
    return tuple(
        Shown(
            place,
            own_posts(writers, target, found.hours[place]),
            tuple(texts[one] for one in some if one in texts),
        )
        for place, target, some in zip(rows.index, rows["target"], ids, strict=True)
    )


def own_posts(writers: Writers, target: str, hours: Ints) -> Ints:
    """Return when an account posted in the hours that an episode's picture shows.

    Parameters
    ----------
    target : str
        By its name.
    hours : ndarray of int64, shape (k, 3)
        One of `PileOns.hours`.
    """
    own = target.casefold()
    place = next((n for n, name in enumerate(writers.accounts) if name.casefold() == own), NOBODY)
    if place == NOBODY or not len(hours):
        return np.empty(0, np.int64)
    start, end = (int(hour) * 3600 for hour in (hours[:, 0].min(), hours[:, 0].max() + 1))
    time = np.sort(writers.time[(writers.author == place) & (writers.time != NO_TIME)])
    return time[(time >= start) & (time < end)]


def texts_of(posts: Posts, ids: Iterable[str]) -> Mapping[str, Example]:
    """Find posts by their ids: a table is read once more, nothing else of it is held."""
    wanted = pa.array(sorted(set(ids)), pa.string())
    found: dict[str, Example] = {}
    if not len(wanted):
        return found
    for batch in batches_of(posts, ("id", "text", LABEL, EVIDENCE)):
        own = column_of(batch, "id").cast(pa.string())
        rows = batch.filter(pc.is_in(own, wanted).fill_null(False))
        for row in rows.to_pylist():
            if row.get("text"):
                cut, why = shortened(row["text"]), spoken(row.get(EVIDENCE) or "")
                found.setdefault(row["id"], Example(row[LABEL] or "", float("nan"), cut, why))
    return found


def without_names(found: Storms, naming: Naming) -> Storms:
    """Call the accounts that storms are about as the page does, and leave out ids of posts."""

    def about(target: str) -> str:
        return naming.name(target[1:]) if target.startswith("@") else target

    if naming.names:
        return found
    storms = tuple(
        replace(
            storm,
            key=naming.word(storm.key),
            variants=tuple(one._replace(name=naming.word(one.name)) for one in storm.variants),
            rival_of=tuple(map(naming.word, storm.rival_of)),
            counter_storm_of=tuple(map(naming.word, storm.counter_storm_of)),
            targets=tuple(one._replace(name=naming.name(one.name)) for one in storm.targets),
            rival_targets=tuple(map(about, storm.rival_targets)),
            pileons=tuple(one._replace(target=naming.name(one.target)) for one in storm.pileons),
            announced_ids=(),
        )
        for storm in found.storms
    )
    rivals = tuple(
        {
            **row,
            "first": naming.word(row["first"]),
            "second": naming.word(row["second"]),
            "target": about(row["target"]),
        }
        for row in found.rivals
    )
    return replace(found, storms=storms, rivals=rivals)


def renamed(found: PileOns, naming: Naming) -> PileOns:
    """Call targets and amplifiers as the page does."""
    episodes = found.episodes.copy()

    def name(account: Any) -> Any:
        return account if pd.isna(account) else naming.name(account)

    episodes["target"] = pd.array([name(one) for one in episodes["target"]], "string")
    there = episodes["amplifier"].notna()  # a pseudonym, another one at each call
    episodes["amplifier"] = episodes["amplifier"].mask(there, "an account")
    if not naming.names:
        episodes["amplifier_post"] = pd.array([pd.NA] * len(episodes), "string")
        episodes["evidence"] = pd.Series([[] for _ in range(len(episodes))], dtype=object)
    return replace(found, episodes=episodes)
