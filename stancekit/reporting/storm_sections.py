"""Storms on a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from stancekit.events.storms.result import Storms
from stancekit.events.storms.storm import Storm
from stancekit.labels import LABELS
from stancekit.reporting import cells
from stancekit.reporting.cells import Cell, PageTable, table
from stancekit.reporting.charts.axis import moment
from stancekit.reporting.charts.stacks import Stacks, stacked

#: Storms with a picture of their own; rows of the table.
_DRAWN: Final = 8
_ROWS: Final = 100
_HOUR: Final = 3600
_REST: Final = "reposts, others"


def storms_of(found: Storms | None) -> dict[str, Any] | None:
    """Give what is said of storms: the largest apart, rivals, and a table of all."""
    if found is None:
        return None
    return {
        "floor": found.floor,
        "accounts": found.min_accounts,
        "storms": [_storm(place, one) for place, one in enumerate(found.storms[:_DRAWN])],
        "table": _table(found) if len(found) else None,
        "rivals": _rivals(found) if found.rivals else None,
        "more": max(len(found) - _ROWS, 0),
        "notes": found.missing,
    }


def _storm(place: int, storm: Storm) -> dict[str, Any]:
    hourly = storm.hourly
    rest = np.maximum(hourly.posts - hourly.labels.sum(axis=1), 0)
    start = hourly.hour * _HOUR
    stack = Stacks(
        start,
        _HOUR,
        np.column_stack([hourly.labels, rest]),
        [*LABELS, _REST],
        "posts",
        missed=start[hourly.missed].tolist(),
        ends=(int(storm.start.timestamp()), int(storm.end.timestamp())),
    )
    return {
        "title": f"#{storm.key}",
        "facts": list(_facts(storm)),
        "note": storm.note,
        "missed": bool(hourly.missed.any()),
        "chart": stacked(f"storm-{place}", stack, f"#{storm.key}: posts by hour and label"),
    }


def _facts(storm: Storm) -> Iterator[tuple[str, str]]:
    share, low, high = storm.shares
    yield "from, to (UTC)", f"{storm.start:%Y-%m-%d %H:%M} to {storm.end:%Y-%m-%d %H:%M}"
    yield "loudest hour", moment(int(storm.peak.timestamp()))
    yield "posts, of them reposts", f"{storm.posts:,}, {storm.reposts:,}"
    yield "accounts, with posts of their own", f"{storm.accounts:,}, {storm.voices:,}"
    known = storm.posts - storm.nameless
    if storm.accounts:
        yield "posts by an account", cells.real(known / storm.accounts, 1).shown
    if storm.concentration.gini == storm.concentration.gini:
        yield (
            "Gini; share of the busiest 1%",
            f"{cells.real(storm.concentration.gini).shown}; "
            f"{cells.share(storm.concentration.top1_share).shown}",
        )
    for place, label in enumerate(LABELS):
        if not np.isnan(share[place]):
            chance = cells.between(low[place], high[place]).shown
            yield f"{label} (95% by chance)", f"{cells.share(share[place]).shown} ({chance})"
    yield "share of posts in the first hour", cells.share(storm.first_hour_share).shown
    yield "minutes to the busiest ten", cells.real(storm.minutes_to_peak, 0).shown
    yield "posts before that name a time", f"{storm.announced:,}"
    for name, values in (
        ("other spellings (posts)", storm.variants),
        ("most addressed (accounts)", storm.targets),
        ("rivals", storm.rival_of),
        ("follows as a counter-storm", storm.counter_storm_of),
        ("about", storm.rival_targets),
        ("goes with", storm.pileons),
    ):
        if values:
            yield name, ", ".join(map(str, values))


def _table(found: Storms) -> PageTable:
    head = ["hashtag", "start (UTC)", "hours", "posts", "reposts", "accounts", *LABELS]
    return table("t-storms", "Storms", head, map(_row, found.storms[:_ROWS]), filtered=True)


def _row(storm: Storm) -> list[Cell]:
    return [
        Cell(f"#{storm.key}", kind="text word"),
        cells.when(storm.start),
        cells.real((storm.end - storm.start).total_seconds() / _HOUR, 1),
        cells.whole(storm.posts),
        cells.share(storm.reposts / storm.posts),
        cells.whole(storm.accounts),
        *(cells.share(float(one)) for one in storm.shares[0]),
    ]


def _rivals(found: Storms) -> PageTable:
    head = ["first", "second", "about", "hours apart", "odds ratio", "95%"]
    head += ["supportive, first", "second"]
    rows = [
        [
            Cell(f"#{row['first']}", kind="text word"),
            Cell(f"#{row['second']}", kind="text word"),
            cells.said(row["target"]),
            cells.real(row["hours_apart"], 1),
            cells.real(row["odds_ratio"]),
            Cell(f"{row['odds_low']:.2f} to {row['odds_high']:.2f}", row["odds_low"], "number"),
            cells.share(row["first_supportive"]),
            cells.share(row["second_supportive"]),
        ]
        for row in found.rivals
    ]
    return table("t-rivals", "Rivals: opposite stance to one target", head, rows)
