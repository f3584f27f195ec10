"""The label mix of storms by hour: what chance leaves open, and apart what labels get wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError
from stancekit.events.clock import HOUR
from stancekit.events.storms.storm import Storm
from stancekit.labels import LABELS
from stancekit.posts.table import TIME_DTYPE
from stancekit.scores.metrics import wilson_interval
from stancekit.scores.prevalence import Errors

_DRAWS: Final = 1_000
_FEW: Final = "no labelled posts"


@runtime_checkable
class Scored(Protocol):
    """A report: classes, and their confusion matrix with true classes in rows."""

    @property
    def classes(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def counts(self) -> Sequence[Sequence[int]]: ...  # noqa: D102


def hourly_frame(storms: Sequence[Storm], errors: Any = None) -> pd.DataFrame:
    """Make the table of `Storms.hours` of a key's storms."""
    in_order = sorted(storms, key=lambda one: one.start)
    parts = [_hours(number, storm) for number, storm in enumerate(in_order, 1)]
    whole = pd.concat(parts, ignore_index=True)
    # an hour near two storms is told once, by the storm it is of
    whole = whole.sort_values(["hour", "storm"], kind="stable", na_position="last")
    whole = whole.drop_duplicates(["hour", "label"]).sort_values("hour", kind="stable")
    whole = whole.reset_index(drop=True)
    return whole if errors is None else _corrected(whole, errors_by_label(errors))


def errors_by_label(given: Any) -> dict[str, Errors]:
    """Take how each label errs from a report, or as it is given.

    Raises
    ------
    ArgumentError
        When it is neither, or of other labels.

    Examples
    --------
    >>> errors_by_label({"critical": (0.8, 0.9, 100, 400)})["critical"].truly
    100.0
    """
    if isinstance(given, Mapping):
        unknown = [name for name in given if name not in LABELS]
        if unknown:
            raise ArgumentError(f"errors are of {unknown[0]!r}: give those of {', '.join(LABELS)}")
        return {name: _errors(name, one) for name, one in given.items()}
    if not isinstance(given, Scored):
        raise ArgumentError(
            f"errors is {type(given).__name__}: give a report, as stancekit.evaluate makes it, or "
            "by label the Errors, or sensitivity and specificity with how many posts each rests on"
        )
    classes, counts = list(map(str, given.classes)), np.asarray(given.counts, np.float64)
    found = {}
    for place, name in enumerate(classes):
        if name in LABELS:
            truly, hits = float(counts[place].sum()), float(counts[place, place])
            others = float(counts.sum()) - truly
            wrong = float(counts[:, place].sum()) - hits
            found[name] = Errors(hits / max(truly, 1), truly, 1 - wrong / max(others, 1), others)
    if not found:
        raise ArgumentError(f"the report is of {', '.join(classes)}, and of none of our labels")
    return found


def _errors(name: str, given: Any) -> Errors:
    if isinstance(given, Errors):
        return given
    try:
        sensitivity, specificity, truly, others = map(float, given)
    except (TypeError, ValueError):
        raise ArgumentError(
            f"errors of {name!r} are {given!r}: give sensitivity and specificity, then how many "
            "checked posts were truly of the label, and how many of others"
        ) from None
    if not (0 <= sensitivity <= 1 and 0 <= specificity <= 1):
        raise ArgumentError(f"errors of {name!r} are {given!r}: shares lie between 0 and 1")
    return Errors(sensitivity, truly, specificity, others)


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


def _corrected(whole: pd.DataFrame, errors: Mapping[str, Errors]) -> pd.DataFrame:
    """Add the share that the labels' errors leave likely, drawn by Monte Carlo."""
    rng = np.random.default_rng(0)
    rows = []
    for label, share, labelled in zip(
        whole["label"].tolist(), whole["share"].tolist(), whole["labelled"].tolist(), strict=True
    ):
        one = errors.get(label)
        why = "no errors given" if one is None else one.why_not or ("" if labelled else _FEW)
        if one is None or why:
            rows.append((np.nan, np.nan, np.nan, why))
            continue
        corrected, drawn = one.corrected(share, labelled, rng, _DRAWS)
        low, high = np.quantile(drawn, [0.025, 0.975])
        rows.append((corrected, float(low), float(high), ""))
    names = ["corrected", "corrected_low", "corrected_high", "why_not"]
    found = pd.DataFrame(rows, columns=names, index=whole.index)
    return pd.concat([whole, found.astype({"why_not": "string"})], axis=1)


def _times(hours: npt.NDArray[np.int64]) -> pd.Series[Any]:
    moments = pd.Series((hours * HOUR).astype("datetime64[s]"))
    return moments.dt.tz_localize("UTC").astype(TIME_DTYPE)
