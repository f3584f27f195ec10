"""Scores as rows of cells, for the tables of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from stancekit.scores.metrics import Interval
from stancekit.show.cells import short
from stancekit.show.tables import Rows

#: Stands for a number there is none of.
NONE: Final = "–"
#: Shares of posts kept, of which the nearest are shown.
_KEPT: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.25, 0.1)
_MIX_UPS: Final = 10


def class_rows(per_class: pd.DataFrame, level: float) -> Rows:
    """Make a row of each class; see `Report.per_class`. The level is that of its intervals."""
    heading = ["class", "precision", "recall", "F1", _interval_of(level), "posts", "predicted"]
    return [
        heading,
        *(
            [
                short(name),
                score(row["precision"]) if row["predicted"] else NONE,
                score(row["recall"]) if row["support"] else NONE,
                score(row["f1"]),
                ends(row["f1_low"], row["f1_high"]),
                f"{row['support']:,.0f}",
                f"{row['predicted']:,.0f}",
            ]
            for name, row in per_class.iterrows()
        ),
    ]


def matrix_rows(classes: Sequence[Any], counts: Sequence[Sequence[int]]) -> Rows:
    """Make a row of each true class, with a column of each predicted one."""
    names = [short(name) for name in classes]
    cells = ([f"{count:,}" for count in row] for row in counts)
    return [["", *names], *([name, *row] for name, row in zip(names, cells, strict=True))]


def mix_up_rows(classes: Sequence[Any], counts: Sequence[Sequence[int]]) -> Rows:
    """Make a row of each pair of classes that are taken for each other, the ten most frequent."""
    wrong = np.array(counts)
    np.fill_diagonal(wrong, 0)
    most = np.argsort(-wrong, axis=None, kind="stable")[:_MIX_UPS]
    pairs = zip(*np.unravel_index(most, wrong.shape), strict=True)
    return [
        ["true", "predicted", "posts"],
        *(
            [short(classes[true]), short(classes[guess]), f"{wrong[true, guess]:,}"]
            for true, guess in pairs
            if wrong[true, guess]
        ),
    ]


def coverage_rows(coverage: pd.DataFrame, classes: Sequence[Any]) -> Rows:
    """Make a row of each share of posts kept; the precision of so many classes is shown."""
    kept = coverage["kept"].to_numpy()
    places = dict.fromkeys(int(np.abs(kept - aim).argmin()) for aim in _KEPT)
    rows = [["confidence", "kept", "accuracy", "macro-F1", *map(short, classes)]]
    for place in places:
        threshold, share, *scores = coverage.iloc[place, : 4 + len(classes)]
        rows.append([f"≥ {score(threshold)}", f"{share:.0%}", *map(score, scores)])
    return rows


def threshold_rows(reached: Mapping[float, pd.DataFrame]) -> Rows:
    """Make a row of each class, of frames of `Report.threshold_for` by the precision wanted."""
    names = next(iter(reached.values())).index
    heading = ["class"]
    for wanted in reached:
        heading += [f"precision {score(wanted).rstrip('0')}", _interval_of(0.95), "kept"]
    return [
        heading,
        *([short(name), *_reached(at, reached)] for at, name in enumerate(names)),
    ]


def _reached(place: int, reached: Mapping[float, pd.DataFrame]) -> list[str]:
    cells = []
    for table in reached.values():
        row = table.iloc[place]
        if row["posts"]:
            interval = ends(row["precision_low"], row["precision_high"])
            cells += [f"≥ {score(row['min_confidence'])}", interval, f"{row['coverage']:.0%}"]
        else:
            cells += ["never", NONE, NONE]
    return cells


def score(value: float) -> str:
    """Return three decimals without the leading zero; a dash where there is no number.

    Examples
    --------
    >>> score(0.7123), score(1), score(float("nan"))
    ('.712', '1.000', '–')
    """
    return NONE if np.isnan(value) else f"{value:.3f}".removeprefix("0")


def signed(value: float) -> str:
    """Return three decimals with a sign: a difference.

    Examples
    --------
    >>> signed(0.0214), signed(-0.5)
    ('+.021', '−.500')
    """
    return NONE if np.isnan(value) else f"{'−' if value < 0 else '+'}{score(abs(value))}"


def ends(low: float | None, high: float | None) -> str:
    """Return the ends of an interval; a dash where there is none."""
    if low is None or high is None or np.isnan(low):
        return NONE
    return f"{score(low)} to {score(high)}"


def with_interval(found: Interval) -> str:
    """Return a score and its interval in words."""
    if found.low is None:
        return f"{score(found.value)} (no interval: one group)"
    return f"{score(found.value)} ({_interval_of(found.level)} {ends(found.low, found.high)})"


def _interval_of(level: float) -> str:
    return f"{level * 100:g}% interval"
