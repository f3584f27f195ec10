"""Counts of labels along the time, one above the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from stancekit.reporting.charts import svg
from stancekit.reporting.charts.axis import moment, time_ticks

Ints = npt.NDArray[np.int64]

_WIDTH, _HEIGHT = 720, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 30, 34
_GROUND: Final = _HEIGHT - _BOTTOM


@dataclass(frozen=True, eq=False)
class Stacks:
    """What is drawn.

    Attributes
    ----------
    start : ndarray of int64, shape (bins,)
        Seconds since 1970 (UTC), in order.
    width : int
        Seconds of a bin.
    counts : ndarray of int64, shape (bins, labels)
    labels : sequence of str
    of : str
        What is counted.
    marks : sequence of int
        Seconds at which something is marked: what, `marked` says.
    missed : sequence of int
        Begins of bins in which nothing was collected.
    ends : pair of int, optional
        Seconds between which it is about.
    """

    start: Ints
    width: int
    counts: Ints
    labels: Sequence[str]
    of: str = "posts"
    marks: Sequence[int] = ()
    marked: str = ""
    missed: Sequence[int] = ()
    ends: tuple[int, int] | None = None


def stacked(name: str, found: Stacks, title: str) -> Markup:
    """Draw it.

    Parameters
    ----------
    name : str
        Of the picture, once on the page.
    found : Stacks
        Of one bin at least.
    title : str
    """
    low, high = int(found.start[0]), int(found.start[-1]) + found.width
    sums = found.counts.sum(axis=1)
    most = int(sums.max(initial=1))
    wide = (_WIDTH - _LEFT - _RIGHT) / max(high - low, 1)
    more = svg.ROW * (svg.legend_rows(found.labels) - 1)
    body = [
        svg.legend(_LEFT, 12 - more, found.labels),
        *_grid(most),
        *_bars(found, low, wide, (_GROUND - _TOP) / max(most, 1)),
        *_marks(found, low, wide),
        svg.line(_LEFT, _GROUND, _WIDTH - _RIGHT, _GROUND),
        *time_ticks(low, high, wide, _LEFT, _GROUND, 8),
    ]
    says = (
        f"{int(sums.sum()):,} {found.of} from {moment(low)} to {moment(high)} UTC; most, {most:,}, "
        f"from {moment(int(found.start[int(np.argmax(sums))]))} on"
    )
    if found.marks:
        says += f"; {len(found.marks):,} marks: {found.marked}"
    return svg.chart(name, _WIDTH, _HEIGHT, title, says, "".join(body), above=more)


def _grid(most: int) -> Iterator[str]:
    for tick in svg.ticks(most):
        if tick == int(tick):
            y = _GROUND - tick * (_GROUND - _TOP) / max(most, 1)
            yield svg.line(_LEFT, y, _WIDTH - _RIGHT, y, "grid")
            yield svg.text(_LEFT - 6, y + 4, f"{tick:,.0f}", "tick", "end")


def _bars(found: Stacks, low: int, wide: float, tall: float) -> Iterator[str]:
    if found.ends is not None:
        x, end = (_LEFT + (moment - low) * wide for moment in found.ends)
        yield svg.rectangle(x, _TOP, max(end - x, 1), _GROUND - _TOP, "inside")
    for hole in found.missed:
        x, told = _LEFT + (hole - low) * wide, f"{moment(hole)}: nothing was collected"
        yield svg.rectangle(x, _TOP, found.width * wide, _GROUND - _TOP, "hole", told)
    for begin, row in zip(found.start.tolist(), found.counts, strict=True):
        x, y = _LEFT + (begin - low) * wide, float(_GROUND)
        for place, count in enumerate(row.tolist()):
            if count:
                y -= count * tall
                told = f"{moment(begin)}: {found.labels[place]} {count:,}"
                kind = f"s{place % svg.COLOURS} edged"
                yield svg.rectangle(x, y, found.width * wide, count * tall, kind, told)


def _marks(found: Stacks, low: int, wide: float) -> Iterator[str]:
    for mark in found.marks:
        x = _LEFT + (mark - low) * wide
        yield svg.line(x, _TOP - 2, x, _GROUND, "mark")
        yield svg.path([(x - 5, _TOP - 10), (x + 5, _TOP - 10), (x, _TOP)], "marker", closed=True)
        yield svg.circle(x, _TOP - 6, 7, "unseen", f"{moment(mark)}: {found.marked}")
