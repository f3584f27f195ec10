"""Each label's share along the time in a panel: chance's band, and the model's errors apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from stancekit.reporting.charts import svg
from stancekit.reporting.charts.axis import seconds, time_ticks
from stancekit.show.cells import one_line

Points = list[tuple[float, float]]

_WIDTH, _LEFT, _RIGHT = 720, 44, 14
_PANEL, _GAP, _ACROSS = 110, 62, 2
_INNER: Final = (_WIDTH - _ACROSS * (_LEFT + _RIGHT)) / _ACROSS


def panels(name: str, frame: pd.DataFrame, labels: Sequence[str], title: str) -> Markup:
    """Draw it.

    Parameters
    ----------
    frame : DataFrame
        As `stancekit.timeline` gives it: ``start``, ``label``, ``share``, ``low``, ``high``,
        ``corrected``, ``model_low``, ``model_high``.
    """
    height = -(-len(labels) // _ACROSS) * (_PANEL + _GAP)
    columns = ["share", "high", "corrected", "model_high"]
    values = frame[columns].to_numpy(np.float64)
    most = min(1.0, 1.05 * float(np.max(values[np.isfinite(values)], initial=0.05)))
    body, says = [], []
    for place, label in enumerate(labels):
        own = frame[frame["label"] == label]
        left = _LEFT + (place % _ACROSS) * (_INNER + _LEFT + _RIGHT)
        top = 26 + (place // _ACROSS) * (_PANEL + _GAP)
        body.append(svg.text(left, top - 10, one_line(label, 2 * svg.NAME), "name"))
        body += _panel(own, place % svg.COLOURS, left, top, most)
        if len(said := own["share"].dropna()):
            says.append(f"{label}: counted {said.min():.0%} to {said.max():.0%}")
    return svg.chart(name, _WIDTH, height, title, "; ".join(says), "".join(body))


def _panel(own: pd.DataFrame, place: int, left: float, top: float, most: float) -> Iterator[str]:
    ground = top + _PANEL
    tall = _PANEL / most
    time = seconds(own["start"])
    low, high = int(time[0]), int(time[-1])
    wide = _INNER / max(high - low, 1)
    for tick in svg.ticks(most, 3):
        y = ground - tick * tall
        yield svg.line(left, y, left + _INNER, y, "grid")
        yield svg.text(left - 6, y + 4, f"{tick:.0%}", "tick", "end")

    def points(column: str) -> list[Points]:
        """Give the stretches of a column in which it is known."""
        values = own[column].to_numpy(np.float64)
        known = np.flatnonzero(np.isfinite(values))
        parts = np.split(known, np.flatnonzero(np.diff(known) > 1) + 1)
        return [
            [(left + float(time[at] - low) * wide, ground - values[at] * tall) for at in part]
            for part in parts
            if len(part)
        ]

    for ends, kind in ((("model_low", "model_high"), "faint"), (("low", "high"), "band")):
        for one, other in zip(*map(points, ends), strict=True):
            if len(one) > 1:
                yield svg.path([*one, *other[::-1]], f"s{place} {kind}", closed=True)
    for part in points("corrected"):
        yield svg.path(part, f"l{place} dashed")
    for part in points("share"):
        yield svg.path(part, f"l{place} plain")
        if len(part) == 1:
            yield svg.circle(*part[0], 2, f"s{place}")
    yield svg.line(left, ground, left + _INNER, ground)
    yield from time_ticks(low, high, wide, left, ground, 4)
