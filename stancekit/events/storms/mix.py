"""The label mix of storms by hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.events.storms.clock import HOUR
from stancekit.events.storms.storm import Storm
from stancekit.labels import LABELS
from stancekit.posts.table import TIME_DTYPE
from stancekit.scores.metrics import wilson_interval


def hourly_frame(storms: Sequence[Storm], errors: Any = None) -> pd.DataFrame:
    """Make the table of `Storms.hours` of a key's storms."""
    in_order = sorted(storms, key=lambda one: one.start)
    parts = [_hours(number, storm) for number, storm in enumerate(in_order, 1)]
    whole = pd.concat(parts, ignore_index=True)
    # an hour near two storms is told once, by the storm it is of
    whole = whole.sort_values(["hour", "storm"], kind="stable", na_position="last")
    whole = whole.drop_duplicates(["hour", "label"]).sort_values("hour", kind="stable")
    return whole.reset_index(drop=True)


def _hours(number: int, storm: Storm) -> pd.DataFrame:
    hourly = storm.hourly
    labelled = hourly.labels.sum(axis=1)
    share = hourly.labels / np.where(labelled, labelled, np.nan)[:, None]
    low, high = wilson_interval(share, labelled[:, None])
    start, end = (moment.timestamp() // HOUR for moment in (storm.start, storm.end))
    inside = (hourly.hour >= start) & (hourly.hour <= end)
    each = len(LABELS)
    return pd.DataFrame(
        {
            "hour": _times(np.repeat(hourly.hour, each)),
            "storm": pd.array(np.repeat(np.where(inside, number, 0), each), "Int64"),
            "missed": np.repeat(hourly.missed, each),
            "posts": np.repeat(hourly.posts, each),
            "accounts": np.repeat(hourly.accounts, each),
            "labelled": np.repeat(labelled, each),
            "label": pd.Categorical(list(LABELS) * len(labelled), categories=list(LABELS)),
            "share": share.ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
        }
    ).assign(storm=lambda it: it["storm"].mask(it["storm"] == 0))


def _times(hours: npt.NDArray[np.int64]) -> pd.Series[Any]:
    return (
        pd.Series((hours * HOUR).astype("datetime64[s]")).dt.tz_localize("UTC").astype(TIME_DTYPE)
    )
