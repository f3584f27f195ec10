"""From contacts to episodes: three scans, one level for each episode, nothing found twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.pileons.calibration import Null, null_of, q_values
from stancekit.events.pileons.episodes import APART, Windows, joined, sizes, windows
from stancekit.events.pileons.exposure import DAY, Exposure
from stancekit.events.pileons.incoming import Incoming
from stancekit.events.pileons.levels import (
    CRITICAL,
    CRITICAL_STORM,
    HOSTILE_SURGE,
    LEVELS,
    PILE_ON,
    REPEATED,
    REPEATED_ACCOUNTS,
    REPEATED_POSTS,
    REPEATED_SHARE,
    SURGE,
    hostile_level,
    tally,
)
from stancekit.events.pileons.scan import LEAST

#: Accounts that a target needs on a day for its share on that day to say what is usual, and how
#: many such targets, or days, the file needs.
_LEAST_ACCOUNTS: Final = 10
_LEAST_CELLS: Final = 5


@dataclass(frozen=True)
class Episode:
    """A stretch of time at a target; `p` and `q` are those of the scan that it was found by."""

    target: int
    start: int
    end: int
    level: str
    surprise: float = np.nan
    p: float = np.nan
    q: float = np.nan


@dataclass(frozen=True)
class Found:
    """Episodes, and what they were measured against.

    Attributes
    ----------
    episodes : list of Episode
        Those of the highest levels first, then by how surprising they are.
    tested : int
        Targets with accounts enough to be tested.
    usual : float
        The file's usual share of hostile accounts; NaN where it has too few days of targets.
    """

    episodes: list[Episode]
    tested: int
    usual: float


def find(incoming: Incoming, exposure: Exposure, draws: int, seed: int, most_q: float) -> Found:
    """Find the episodes.

    Parameters
    ----------
    draws : int
        Draws of the calibration.
    most_q : float
        Rate of false discoveries among targets that is borne.
    """
    size = sizes(incoming)[1]
    if not len(size) or size.max() < LEAST:
        return Found(list(repeated(incoming)), 0, usual_share(incoming))
    rng = np.random.default_rng(seed)
    null = null_of(int(size.max()), LEAST, exposure, draws, rng)
    usual = usual_share(incoming)
    tested, every = 0, list[Episode]()
    for scanned, level in (
        (incoming.hostile, None),
        (incoming.against, CRITICAL_STORM),
        (np.ones(len(incoming), bool), SURGE),
    ):
        found, tested = _significant(incoming[scanned], exposure, null, most_q)
        every += _levelled(incoming, found, level, 0.0 if np.isnan(usual) else usual)
    best = sorted(every, key=lambda one: (-LEVELS.index(one.level), -one.surprise))
    kept = list(_once(best))
    # Of many who praised or criticised meanwhile nothing follows for the one who did not stop.
    many = [one for one in kept if one.level in (HOSTILE_SURGE, PILE_ON)]
    alone = [one for one in repeated(incoming) if not _meets(one, many)]
    return Found([*kept, *alone], tested, usual)


def usual_share(incoming: Incoming) -> float:
    """Give the median over targets of the share of hostile accounts on their days.

    Of a target the median of its days with accounts enough; where there are few targets, the
    median of all such days; NaN where there are few of them, too.
    """
    rows = np.stack([incoming.target, incoming.time // DAY, incoming.account])
    order = np.lexsort(rows[::-1])
    rows, hostile = rows[:, order], incoming.hostile[order].astype(np.int64)
    if not len(order):
        return np.nan
    new = np.concatenate([[True], (np.diff(rows) != 0).any(axis=0)])
    accounts = np.maximum.reduceat(hostile, np.flatnonzero(new))
    cells = rows[:2, new]
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(cells) != 0).any(axis=0)]))
    count = np.diff([*begins, cells.shape[1]])
    enough = count >= _LEAST_ACCOUNTS
    share = (np.add.reduceat(accounts, begins) / count)[enough]
    target = cells[0, begins][enough]
    by_target = np.split(share, np.flatnonzero(np.diff(target)) + 1)
    each = [float(np.median(days)) for days in by_target if len(days)]
    known = each if len(each) >= _LEAST_CELLS else share.tolist()
    return float(np.median(known)) if len(known) >= _LEAST_CELLS else np.nan


def repeated(incoming: Incoming) -> Iterator[Episode]:
    """Give stretches in which a target's hostile posts are nearly all one or two accounts'.

    Hostile posts less than a day apart belong together. A few of others are no matter: with fifty
    posts some are labelled wrongly.
    """
    hostile = incoming[incoming.hostile]
    if not len(hostile):
        return
    new = (np.diff(hostile.target) != 0) | (np.diff(hostile.time) >= APART)
    begins = np.flatnonzero(np.concatenate([[True], new]))
    ends = np.append(begins[1:], len(hostile))
    for first, last in zip(begins, ends, strict=True):
        each = np.unique(hostile.account[first:last], return_counts=True)[1]
        most = np.sort(each)[-REPEATED_ACCOUNTS:].sum()
        if most < max(REPEATED_POSTS, REPEATED_SHARE * (last - first)):
            continue
        where = int(hostile.target[first]), int(hostile.time[first]), int(hostile.time[last - 1])
        yield Episode(*where, REPEATED)


def _significant(
    part: Incoming, exposure: Exposure, null: Null, most_q: float
) -> tuple[tuple[Windows, npt.NDArray[np.float64]], int]:
    found, tested = windows(part, exposure, null)
    found = joined(found)
    q = q_values(found.p, tested)
    kept = q <= most_q
    return (found[kept], q[kept]), tested


def _levelled(
    incoming: Incoming,
    found: tuple[Windows, npt.NDArray[np.float64]],
    level: str | None,
    usual: float,
) -> Iterator[Episode]:
    """Give the windows whose shares make them something."""
    rows, q = found
    for row in range(len(rows)):
        where = int(rows.target[row]), int(rows.start[row]), int(rows.end[row])
        counts = tally(incoming.at(*where))
        name = level
        if level is None:
            name = hostile_level(counts, usual) if counts.hostile >= LEAST else None
        elif level == CRITICAL_STORM and counts.critical_low < CRITICAL:
            name = None
        if name is not None:
            yield Episode(
                *where, name, float(rows.surprise[row]), float(rows.p[row]), float(q[row])
            )


def _once(episodes: list[Episode]) -> Iterator[Episode]:
    """Leave out what lies within a day of an episode of a higher level at the same target."""
    kept: dict[int, list[Episode]] = {}
    for one in episodes:
        if not _meets(one, kept.get(one.target, [])):
            kept.setdefault(one.target, []).append(one)
            yield one


def _meets(one: Episode, others: list[Episode]) -> bool:
    return any(
        one.target == other.target
        and one.start < other.end + APART
        and other.start < one.end + APART
        for other in others
    )
