"""The table of storms: a row a storm, its columns always the same, with the same types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from stancekit.events.storms.storm import Storm
from stancekit.labels import LABELS
from stancekit.posts.table import TIME_DTYPE

_Column = tuple[str, Callable[[Storm], Any]]


def _listed(name: str) -> Callable[[Storm], str]:
    return lambda storm: "; ".join(map(str, getattr(storm, name)))


def _given(name: str) -> Callable[[Storm], Any]:
    return lambda storm: getattr(storm, name)


def _share(place: int, end: int) -> Callable[[Storm], float]:
    return lambda storm: float(storm.shares[end][place])


def _posts_per_account(storm: Storm) -> float:
    return (storm.posts - storm.nameless) / storm.accounts if storm.accounts else np.nan


_COLUMNS: Final[dict[str, _Column]] = {
    "key": ("string", _given("key")),
    "variants": ("string", _listed("variants")),
    "start": (TIME_DTYPE, _given("start")),
    "peak": (TIME_DTYPE, _given("peak")),
    "end": (TIME_DTYPE, _given("end")),
    "posts": ("int64", _given("posts")),
    "originals": ("int64", _given("originals")),
    "reposts": ("int64", _given("reposts")),
    "repost_share": ("float64", lambda storm: storm.reposts / storm.posts),
    "accounts": ("int64", _given("accounts")),
    "voices": ("int64", _given("voices")),
    "posts_per_account": ("float64", _posts_per_account),
    "gini": ("float64", lambda storm: storm.concentration.gini),
    "top1_share": ("float64", lambda storm: storm.concentration.top1_share),
    "posts_by_account": ("string", lambda storm: storm.concentration.counts),
    "labelled": ("int64", lambda storm: sum(storm.labels)),
    **{
        f"{label}{end}": ("float64", _share(place, at))
        for place, label in enumerate(LABELS)
        for at, end in enumerate(("", "_low", "_high"))
    },
    "rival_of": ("string", _listed("rival_of")),
    "counter_storm_of": ("string", _listed("counter_storm_of")),
    "rival_targets": ("string", _listed("rival_targets")),
    "camps": ("string", _listed("camps")),
    "targets": ("string", _listed("targets")),
    "pileons": ("string", _listed("pileons")),
    "first_hour_share": ("float64", _given("first_hour_share")),
    "minutes_to_peak": ("float64", _given("minutes_to_peak")),
    "announced": ("int64", _given("announced")),
    "announced_ids": ("string", _listed("announced_ids")),
    "floor": ("float64", _given("floor")),
    "rise": ("float64", _given("rise")),
    "begins_before_file": ("bool", _given("begins_before_file")),
    "ends_after_file": ("bool", _given("ends_after_file")),
    "gap_hours": ("int64", _given("gap_hours")),
    "note": ("string", _given("note")),
}


def frame_of(storms: Sequence[Storm]) -> pd.DataFrame:
    """Give a row a storm; also of none the columns have their types."""
    return pd.DataFrame(
        {
            name: _column([value(storm) for storm in storms], dtype)
            for name, (dtype, value) in _COLUMNS.items()
        }
    )


def _column(values: list[Any], dtype: Any) -> pd.Series[Any]:
    return pd.Series(values, dtype=object).astype(dtype)
