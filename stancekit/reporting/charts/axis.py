"""Time along the foot of a chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.reporting.charts import svg

#: Seconds between ticks, and how a tick is written.
_STEPS: Final = (
    *((300, "%H:%M"), (900, "%H:%M"), (1800, "%H:%M"), (3600, "%H:%M"), (10_800, "%H:%M")),
    *((21_600, "%H:%M"), (43_200, "%d %b %H:%M"), (86_400, "%d %b"), (172_800, "%d %b")),
    *(
        (604_800, "%d %b"),
        (1_209_600, "%d %b"),
        (2_592_000, "%b %Y"),
        (7_776_000, "%b %Y"),
        (31_536_000, "%Y"),
    ),
    *((157_680_000, "%Y"), (315_360_000, "%Y")),
)

#: A tick nearer to the end is written left of its place, so that nothing is cut.
_EDGE: Final = 16


def time_ticks(
    low: int, high: int, wide: float, left: float, ground: float, count: int
) -> Iterator[str]:
    """Draw ticks at round times.

    Parameters
    ----------
    low, high : int
        Seconds since 1970, UTC.
    wide : float
        How long a second is drawn.
    left, ground : float
        Where `low` is.
    count : int
        Of ticks, about.
    """
    step, written = next((one for one in _STEPS if (high - low) / one[0] <= count), _STEPS[-1])
    before = ""
    for at in range(-(-low // step) * step, high + 1, step):
        x, stamp = left + (at - low) * wide, pd.Timestamp(at, unit="s")
        yield svg.line(x, ground, x, ground + 4)
        anchor = "end" if (high - at) * wide < _EDGE and at > low else "middle"
        yield svg.text(x, ground + 16, f"{stamp:{written}}", "tick", anchor)
        day = f"{stamp:%d %b %Y}"
        if written == "%H:%M" and day != before:
            yield svg.text(x, ground + 29, day, "tick", anchor)
            before = day


def moment(second: int) -> str:
    """Write a second since 1970, UTC.

    >>> moment(0)
    '1970-01-01 00:00'
    """
    return f"{pd.Timestamp(int(second), unit='s'):%Y-%m-%d %H:%M}"


def seconds(times: Any) -> npt.NDArray[np.int64]:
    """Return times in seconds since 1970."""
    stamps = pd.DatetimeIndex(times).tz_convert("UTC").tz_localize(None)
    return np.asarray(stamps.to_numpy("datetime64[s]").astype(np.int64))
