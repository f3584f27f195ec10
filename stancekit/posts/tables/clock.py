"""The times of one column, read alike: day and month by what the whole column shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from stancekit.posts.ids import bare_id
from stancekit.posts.tables.values import is_yes
from stancekit.posts.times import (
    as_utc,
    day_comes_first,
    is_date_only,
    is_slashed,
    parse_time,
    slashed_time,
    snowflake_time,
)


class Clock:
    """Reads the times of a column, and keeps count of those that it could not read.

    Parameters
    ----------
    sample : iterable of (time, id)
        Cells of the first rows, and the ids beside them.
    time_format : str, optional
        How times are written, for :meth:`datetime.datetime.strptime`.
    day_first : str or bool, optional
        Whether 3/4/2024 is in April; told by the column if not given.
    zone : str
        The zone of times that state none; UTC if empty.

    Raises
    ------
    InputError
        If `day_first` is no yes and no no.
    """

    def __init__(
        self,
        sample: Iterable[tuple[Any, Any]] = (),
        time_format: str | None = None,
        day_first: str | bool | None = None,
        zone: str = "",
    ) -> None:
        self.time_format = time_format
        self.unread = 0
        self.example = ""
        self.day_first = None if day_first is None else is_yes(day_first, "day_first", "times")
        self.guessed = ""
        self.zone = zone
        self.undecided = False
        if day_first is None and time_format is None:
            self.look(sample)

    def look(self, sample: Iterable[tuple[Any, Any]]) -> None:
        """Tell the order of day and month by cells; ``undecided`` says that they do not show it."""
        slashed = [pair for pair in sample if is_slashed(pair[0])]
        self._tell_order(slashed)
        shown = {day_comes_first(cell) for cell, _ in slashed} - {None}
        self.undecided = bool(slashed) and not shown and self.day_first is None

    def _tell_order(self, sample: list[tuple[Any, Any]]) -> None:
        told = {day_comes_first(cell) for cell, _ in sample} - {None}
        if len(told) == 1:
            self.day_first = told.pop()
            turned = (slashed_time(cell, not self.day_first) for cell, _ in sample)
            self.guessed = (
                "one of the two is above 12 in the column"
                if None in turned
                else "points part the numbers"
            )
        elif not told:
            self._tell_by_ids(sample)

    def _tell_by_ids(self, sample: list[tuple[Any, Any]]) -> None:
        """Take the order in which the times are those that the posts' ids hold."""
        for cell, post_id in sample:
            held = snowflake_time(bare_id(post_id))
            both = [slashed_time(cell, day_first) for day_first in (True, False)]
            if held is None or None in both or both[0] == both[1]:
                continue
            near = [abs(moment - held).total_seconds() < 2 * 86_400 for moment in both if moment]
            if near.count(True) == 1:
                self.day_first = near[0]
                self.guessed = "the posts' ids hold these days"
                return

    def read(self, value: Any) -> datetime | None:
        """Read one cell as UTC; None, and counted, if it is no time that can be told."""
        moment = self.told(value)
        if moment is None:
            self.unread += 1
            self.example = self.example or str(value)
        return moment

    def told(self, value: Any) -> datetime | None:
        """Read one cell as UTC, and count nothing."""
        return self._strptime(value) if self.time_format else self._parsed(value)

    def _parsed(self, value: Any) -> datetime | None:
        if self.zone and not is_date_only(value):
            moment = self._in_order(f"{value} {self.zone}")
            if moment is not None:
                return moment
        return self._in_order(value)

    def _in_order(self, value: Any) -> datetime | None:
        if self.day_first is not None and is_slashed(value):
            return slashed_time(value, self.day_first)
        return parse_time(value)

    def _strptime(self, value: Any) -> datetime | None:
        try:
            return as_utc(datetime.strptime(str(value), str(self.time_format)))
        except ValueError:
            return None

    def said(self, column: str, filled: bool = False) -> list[tuple[str, bool]]:
        """Say how times were read, and how many were not: messages, and whether they warn.

        Parameters
        ----------
        column : str
            The column of times.
        filled : bool
            Whether ids gave the times that could not be read.
        """
        empty = "holds the times of the ids" if filled else "is empty"
        messages = []
        if self.guessed:
            order = "day/month" if self.day_first else "month/day"
            messages.append(
                (f"times in column {column!r} were read as {order}, for {self.guessed}", False)
            )
        if self.unread:
            messages.append(
                (
                    f"{self.unread:,} {'value' if self.unread == 1 else 'values'} of column "
                    f"{column!r} could not be read as times (such as {self.example!r}); created_at "
                    f"{empty} there, and the column is carried through. Say whether the day comes "
                    "first, as in day_first=True, or how they are written, as in "
                    "time_format='%d/%m/%Y %H:%M'",
                    True,
                )
            )
        return messages
