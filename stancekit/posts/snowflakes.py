"""Ids that hold the time of their post, to the millisecond: snowflakes of X, Discord, Mastodon.

X: https://github.com/twitter-archive/snowflake (ids since 2010-11-04). Discord:
https://docs.discord.com/developers/reference#snowflakes. Mastodon:
``lib/mastodon/snowflake.rb``, 48 bits of milliseconds before 16 of chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

_UNIX: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Snowflakes:
    """How the ids of a platform hold times.

    Attributes
    ----------
    shift : int
        Bits after the time.
    epoch : int
        Milliseconds of Unix time at which the platform begins to count.
    first, last : int
        Ids below and above hold no time: they were counted from one, or are none of the platform.
    """

    shift: int
    epoch: int
    first: int
    last: int = (1 << 63) - 1

    def milliseconds(self, post_id: object) -> int | None:
        """Return the Unix time in milliseconds that an id holds; None if it holds none.

        Examples
        --------
        >>> PLATFORMS["x"].milliseconds("1855222380982907193")
        1731154458648
        >>> PLATFORMS["x"].milliseconds("20"), PLATFORMS["x"].milliseconds("t3_abc")
        (None, None)
        """
        text = post_id if type(post_id) is str else str(post_id)
        if len(text) > 19 or not (text.isascii() and text.isdigit()):
            return None
        number = int(text)
        if not self.first <= number <= self.last:
            return None
        return (number >> self.shift) + self.epoch

    def time(self, post_id: object) -> datetime | None:
        """Return the same as a time in UTC."""
        held = self.milliseconds(post_id)
        return None if held is None else _UNIX + timedelta(milliseconds=held)


PLATFORMS: Final[Mapping[str, Snowflakes]] = {
    "x": Snowflakes(22, 1_288_834_974_657, first=29_700_859_247),
    "discord": Snowflakes(22, 1_420_070_400_000, first=10**16),
    "mastodon": Snowflakes(16, 0, first=9 * 10**16, last=4 * 10**17),
}
"""Platforms whose ids hold times. X's begin with tweet 29,700,859,247, Discord's with its first
months, Mastodon's with version 2.0 of 2017, whose ids are as large as of 2013 at least."""


_X: Final = PLATFORMS["x"]


def snowflake_time(post_id: str) -> datetime | None:
    """Return the time that an X post id holds, to the millisecond.

    Ids have held it since 2010-11-04; an older id, or what is no id, gives None.

    Examples
    --------
    >>> snowflake_time("1855222380982907193").isoformat()
    '2024-11-09T12:14:18.648000+00:00'
    """
    if not (post_id.isascii() and post_id.isdigit()) or len(post_id) > 19:
        return None
    number = int(post_id)
    if number < _X.first:
        return None
    return _UNIX + timedelta(milliseconds=(number >> 22) + _X.epoch)
