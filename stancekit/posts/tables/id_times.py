"""What the ids of a table say of its times: they fill, settle and check them.

Ids of X, Discord and Mastodon hold the time of their post in UTC. Which platform a column of ids
is of, and whether the times beside it are in another zone, is told by the first rows: times that
lie alike far from those held, in whole quarters of an hour, are local ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from stancekit.posts.ids import bare_id
from stancekit.posts.limits import HELD_ALIKE, HELD_SLACK, ZONE_FARTHEST
from stancekit.posts.snowflakes import PLATFORMS
from stancekit.posts.times import is_date_only, states_zone

_QUARTER: Final = 9e5
_HOUR: Final = 3.6e6
_MOST: Final = 0.8
_SOME: Final = 0.05


@dataclass(frozen=True)
class Held:
    """What ids hold, as told by the first rows of a table.

    Attributes
    ----------
    platform : str
        One of :data:`stancekit.posts.snowflakes.PLATFORMS`; empty if ids tell nothing.
    column : str
        The column of ids.
    ahead : int
        Milliseconds that the stated times lie after those held; 0 if they agree.
    zoned : bool
        Whether the stated times state a zone.
    """

    platform: str = ""
    column: str = ""
    ahead: float = 0
    zoned: bool = False


NOTHING: Final = Held()
"""Ids tell nothing of times."""


def told_by_ids(
    column: str, cells: Iterable[tuple[Any, datetime | None, Any]], of_x: bool = False
) -> tuple[Held, str]:
    """Tell what ids hold from the first rows, and what is wrong with them, if anything is.

    Parameters
    ----------
    column : str
        The column of ids.
    cells : iterable of (cell, time, id)
        Of each row the cell of its time, that time as read (None if it has none), and its id.
    of_x : bool
        Whether the name of the column says that the ids are X's.

    Examples
    --------
    >>> from stancekit.posts.times import parse_time
    >>> ids = [(1731154458000 + 1000 * n - 1288834974657) << 22 for n in range(3)]
    >>> times = [f"2024-11-09 07:14:{18 + n}" for n in range(3)]
    >>> cells = [(time, parse_time(time), one) for time, one in zip(times, ids, strict=True)]
    >>> held, wrong = told_by_ids("id", cells)
    >>> held.platform, held.ahead / 3.6e6, held.zoned, wrong
    ('x', -5.0, False, '')
    """
    rows = [(cell, moment, bare_id(post_id)) for cell, moment, post_id in cells]
    for platform in ("x",) if of_x else PLATFORMS:
        milliseconds = PLATFORMS[platform].milliseconds
        apart = [
            (cell, moment.timestamp() * 1000 - held)
            for cell, moment, post_id in rows
            if moment is not None
            and not is_date_only(cell)
            and (held := milliseconds(post_id)) is not None
        ]
        offsets = Counter(quarter for _, far in apart if (quarter := _quarter(far)) is not None)
        ahead, alike = _local(offsets)
        if apart and alike >= _MOST * len(apart) and (not ahead or alike >= HELD_ALIKE):
            zoned = 2 * sum(states_zone(cell) for cell, _ in apart) > len(apart)
            return Held(platform, column, ahead, zoned), ""
        if of_x and len(apart) >= HELD_ALIKE:
            return NOTHING, (
                f"{len(apart) - offsets[0]:,} of the first {len(apart):,} times are not those that "
                f"the ids in column {column!r} hold: ids or times are damaged, or of other posts"
            )
        if of_x and not apart and any(milliseconds(post_id) is not None for *_, post_id in rows):
            return Held(platform, column), ""
    return NOTHING, ""


def _local(offsets: Counter[float]) -> tuple[float, int]:
    """Return the commonest offset, and how many have it or, with summer time, the hour beside it.

    >>> _local(Counter({0.0: 60, 3.6e6: 40})), _local(Counter({0.0: 60, 3.6e6: 1}))
    ((3600000.0, 100), (0.0, 61))
    """
    ahead = max(offsets, key=offsets.__getitem__, default=0.0)
    beside = max((ahead - _HOUR, ahead + _HOUR), key=offsets.__getitem__)
    alike = offsets[ahead] + offsets[beside]
    summer = offsets[beside] > _SOME * alike
    return (beside if not ahead and summer else ahead), alike


def _quarter(apart: float) -> float | None:
    """Return the whole quarters of an hour that two times lie apart, if they do."""
    quarter = round(apart / _QUARTER) * _QUARTER
    return quarter if abs(apart - quarter) <= HELD_SLACK and abs(quarter) <= ZONE_FARTHEST else None


class IdTimes:
    """Fills, settles and checks the times of one table, and counts what it did.

    Parameters
    ----------
    held : Held
        What the ids hold.
    """

    def __init__(self, held: Held) -> None:
        self.held = held
        self.ids = PLATFORMS[held.platform]
        self.filled = self.moved = self.days = self.apart = self.checked = 0

    def settle(
        self, post_id: Any, moment: datetime | None, day: bool = False
    ) -> tuple[datetime | None, bool]:
        """Return a row's time, and whether its id gave it.

        Parameters
        ----------
        post_id : str
            The row's id.
        moment : datetime or None
            The time stated; None if there is none, or none that can be read.
        day : bool
            Whether it states only a day.
        """
        held, ahead = self.ids.milliseconds(post_id), self.held.ahead
        if held is None:
            local = moment is not None and ahead and not day
            return (moment - timedelta(milliseconds=ahead) if moment and local else moment), False
        if moment is None:
            self.filled += 1
            return self.ids.time(post_id), True
        self.checked += 1
        apart = moment.timestamp() * 1000 - held - ahead
        if -HELD_SLACK <= apart <= HELD_SLACK and not ahead:
            return moment, False
        return self._settled(post_id, moment, abs(apart), day)

    def _settled(
        self, post_id: Any, moment: datetime, apart: float, day: bool
    ) -> tuple[datetime | None, bool]:
        summer = not self.held.zoned and abs(apart - _HOUR) <= HELD_SLACK
        if day and apart <= ZONE_FARTHEST + 24 * _HOUR:
            self.days += 1
        elif apart <= HELD_SLACK or summer:
            self.moved += 1
        else:
            self.apart += 1
            return (moment if day else moment - timedelta(milliseconds=self.held.ahead)), False
        return self.ids.time(post_id), True

    def said(self, column: str) -> list[tuple[str, bool]]:
        """Say what was done: messages, and whether they warn."""
        found = []
        if self.filled:
            whose = "1 post states" if self.filled == 1 else f"{self.filled:,} posts state"
            found.append(
                (f"{whose} no time that can be read: it is the one that its id holds", False)
            )
        if self.days:
            whose = "1 post states" if self.days == 1 else f"{self.days:,} posts state"
            found.append((f"{whose} only a day: the hour is the one that its id holds", False))
        if self.moved:
            hours = f"{abs(self.held.ahead or _HOUR) / _HOUR:g} hours"
            where = f"{hours} {'before' if self.held.ahead < 0 else 'after'} those that ids hold"
            zone = "the zone they state is wrong" if self.held.zoned else "they state no zone"
            found.append(
                (
                    f"{self.moved:,} times in column {column!r} lie {where}, and {zone}: the ids' "
                    "times are taken, in UTC",
                    self.held.zoned,
                )
            )
        if self.apart:
            found.append(
                (
                    f"{self.apart:,} of {self.checked:,} times in column {column!r} lie more than "
                    "a minute from those that the ids hold: one of the two is damaged there, and "
                    "the times are taken as stated",
                    True,
                )
            )
        return found
