"""The picture of shares: intervals of what was estimated, crosses for what was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from stancekit.labels import ClassName
from stancekit.show.palette import GRAY, looks
from stancekit.show.plots import axes, dark, intervals, label, turned
from stancekit.study.shares.beside import Found

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw(
    groups: Sequence[str],
    found: Mapping[ClassName, Sequence[Found]],
    counts: Mapping[ClassName, Sequence[float]],
    unit: str,
    ax: Axes | None,
) -> Axes:
    """Draw shares of labels: one below the other in one group, else along the groups."""
    if len(groups) == 1:
        ones = [row[0] for row in found.values()]
        ax = axes(ax, (6.4, 0.5 * len(ones) + 1.4))
        ends = (_column(ones, "low"), _column(ones, "high"))
        intervals(list(found), _column(ones, "share"), ends, ax, by_label=True)
        ax.plot(
            [row[0] for row in counts.values()], range(len(ones)), "x", color=GRAY, label="count"
        )
        ax.set(xlabel=f"share of {unit}", xlim=(0, None))
        ax.legend(frameon=False, fontsize=8)
        return ax
    ax = axes(ax, (max(6.4, 0.5 * len(groups) + 2), 4.2))
    step = 0.12
    drawn = looks(list(found))
    for place, (name, row) in enumerate(found.items()):
        where = np.arange(len(groups)) + step * (place - (len(found) - 1) / 2)
        share = _column(row, "share")
        ends = np.nan_to_num([share - _column(row, "low"), _column(row, "high") - share])
        look = drawn[place]
        colour = look.on(dark(ax))
        ax.errorbar(
            *(where, share),
            yerr=np.maximum(ends, 0),
            fmt=look.marker,
            capsize=2,
            color=colour,
            markersize=4,
        )
        ax.plot(where, share, color=colour, linestyle=look.dash, linewidth=0.8, label=label(name))
        ax.plot(where, counts[name], "x", color=colour, markersize=4)
    ax.set_xticks(range(len(groups)), [label(name) for name in groups])
    if turned(groups):
        for tick in ax.get_xticklabels():
            tick.set(rotation=40, ha="right", rotation_mode="anchor")
    ax.set(ylabel=f"share of {unit} (×: counted)", ylim=(0, None))
    ax.grid(axis="y", alpha=0.25)
    ax.legend(frameon=False, fontsize=8, ncols=min(len(found), 4))
    return ax


def _column(row: Sequence[Found], name: str) -> Any:
    return np.array([getattr(one, name) for one in row], np.float64)
