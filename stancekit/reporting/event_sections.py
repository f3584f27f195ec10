"""Storms and pile-ons on a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.events.pileons.levels import LEVELS, REPEATED
from stancekit.events.pileons.result import WORDS, PileOns
from stancekit.labels import LABELS
from stancekit.reporting import cells
from stancekit.reporting.cells import Cell, PageTable, table
from stancekit.reporting.charts.stacks import Stacks, stacked
from stancekit.reporting.episodes import Shown
from stancekit.reporting.marking import marked

#: Rows of a table of events, at most: the frame has them all.
_ROWS = 200
_HOUR = 3600
#: Hours that a picture shows before and after an episode, at least.
_AROUND = 6


def pileons_of(found: PileOns | None, shown: tuple[Shown, ...]) -> dict[str, Any] | None:
    """Give what is said of pile-ons: a table of all episodes, and the first ones apart."""
    if found is None:
        return None
    frame = found.episodes
    counts = frame["level"].value_counts()
    return {
        "declined": found.declined,
        "tested": f"{found.tested:,} of {found.targets:,}",
        "usual": cells.share(found.usual).shown,
        "levels": [
            (level, int(counts[level]), WORDS[level])
            for level in (*LEVELS[::-1], REPEATED)
            if level in counts
        ],
        "table": _table(frame) if len(frame) else None,
        "more": max(len(frame) - _ROWS, 0),
        "notes": found.notes,
        "episodes": [_episode(frame.iloc[own.row], found.hours[own.row], own) for own in shown],
    }


def _table(frame: pd.DataFrame) -> PageTable:
    head = ["target", "level", "start (UTC)", "hours", "accounts", "hostile", "share"]
    head += ["at least", "corrected", "critical", "q", "bear in mind"]
    return table(
        "t-pileons", "Episodes", head, map(_row, frame.head(_ROWS).itertuples()), filtered=True
    )


def _row(row: Any) -> list[Cell]:
    doubt = [value for value in (row.may_be_collection,) if not pd.isna(value)]
    return [
        Cell(row.target, kind="text word"),
        Cell(row.level, kind="text time"),
        cells.when(row.start),
        cells.real((row.end - row.start).total_seconds() / _HOUR, 1),
        cells.whole(int(row.accounts)),
        cells.whole(int(row.hostile)),
        cells.share(row.share),
        cells.share(row.share_low),
        cells.share(row.corrected),
        cells.share(row.critical_share),
        cells.small(row.q),
        Cell("; ".join(f"may be the collection: {one}" for one in doubt), kind="text remark"),
    ]


def _episode(row: Any, hours: npt.NDArray[np.int64], own: Shown) -> dict[str, Any]:
    return {
        "title": f"{row.target}: {row.level}",
        "words": WORDS[row.level],
        "facts": list(_facts(row)),
        "chart": _chart(f"pileon-{own.row}", row, hours, own),
        "evidence": [(one.label, marked(one)) for one in own.evidence],
        "ids": list(row.evidence),
        "missing": "" if pd.isna(row.missing) else row.missing,
    }


def _facts(row: Any) -> Iterator[tuple[str, str]]:
    yield "from, to (UTC)", f"{row.start:%Y-%m-%d %H:%M} to {row.end:%Y-%m-%d %H:%M}"
    yield "accounts, of them hostile", f"{row.accounts:,}, {row.hostile:,}"
    yield (
        "hostile share; at least, with 95%",
        f"{cells.share(row.share).shown}; {cells.share(row.share_low).shown}",
    )
    if not pd.isna(row.corrected):
        by = "" if pd.isna(row.corrected_by) else f" (by {row.corrected_by})"
        yield (
            f"corrected for wrong labels{by}; at least",
            f"{cells.share(row.corrected).shown}; {cells.share(row.corrected_low).shown}",
        )
    yield "critical or worse", cells.share(row.critical_share).shown
    yield "supporters", cells.share(row.supporters).shown
    yield "strangers among the hostile", cells.share(row.strangers).shown
    yield "posts; by an account", f"{row.posts:,}; {row.posts_per_account:.1f}"
    yield (
        "replies, quotes, mentions",
        ", ".join(cells.share(one).shown for one in (row.replies, row.quotes, row.mentions)),
    )
    if not pd.isna(row.amplifier):
        yield "before it pointed there", f"{row.amplifier}, at whom {row.amplifier_reach:,} wrote"
    yield (
        "pairs that act within a minute; by chance",
        f"{row.coordinated:,}; {row.coordinated_expected:.1f}",
    )
    yield "days of the target’s past", cells.real(row.past, 1).shown


def _chart(name: str, row: Any, hours: npt.NDArray[np.int64], own: Shown) -> Any:
    hour, label, accounts = hours.T
    labels = [*LABELS, *(["no label"] if (label < 0).any() else [])]
    begin, end = int(row.start.timestamp()) // _HOUR, int(row.end.timestamp()) // _HOUR
    first, last = min(int(hour.min()), begin - _AROUND), max(int(hour.max()), end + _AROUND)
    counts = np.zeros((last - first + 1, len(labels)), np.int64)
    np.add.at(counts, (hour - first, label % len(labels)), accounts)
    stack = Stacks(
        np.arange(first, last + 1) * _HOUR,
        _HOUR,
        counts,
        labels,
        "accounts an hour, once a label,",
        marks=own.own.tolist(),
        marked="the target posted",
        ends=(int(row.start.timestamp()), int(row.end.timestamp())),
    )
    return stacked(name, stack, f"{row.target}: accounts by hour and label")
