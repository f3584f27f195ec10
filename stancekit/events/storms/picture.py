"""The picture of storms: how loud each was, hour by hour, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from stancekit.events.storms.storm import Storm
from stancekit.show.plots import BLUE, GRAY, axes, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Storms that are drawn, at most.
_DRAWN: Final = 12
_HEIGHT: Final = 0.85


def draw(storms: Sequence[Storm], ax: Axes | None) -> Axes:
    """Draw posts by hour as bars that all have the same scale of height: each storm's own peak."""
    drawn = sorted(storms[:_DRAWN], key=lambda one: one.start)
    ax = axes(ax, (8.0, max(0.55 * len(drawn) + 1.2, 2.4)))
    if not drawn:
        ax.text(0.5, 0.5, "no storms", ha="center", va="center", transform=ax.transAxes)
        ax.set_axis_off()
        return ax
    for place, storm in enumerate(drawn):
        hourly = storm.hourly
        when = hourly.hour.astype("datetime64[h]").astype("datetime64[m]")
        start, end = (np.datetime64(at.tz_localize(None), "h") for at in (storm.start, storm.end))
        hours = hourly.hour.astype("datetime64[h]")
        inside = (hours >= start) & (hours <= end)
        height = _HEIGHT * hourly.posts / hourly.posts.max()
        colours = np.where(inside, BLUE, GRAY)
        ax.bar(
            when,
            -height,
            width=np.timedelta64(60, "m"),
            bottom=place + _HEIGHT / 2,
            align="edge",
            color=colours,
        )
        ax.text(
            1.01,
            place,
            f"{storm.posts:,}",
            transform=ax.get_yaxis_transform(),
            va="center",
            fontsize=8,
        )
    ax.set_yticks(range(len(drawn)), [label(storm.key) for storm in drawn])
    ax.set_ylim(len(drawn) - 0.5, -0.5)
    ax.text(1.01, -0.6, "posts", transform=ax.get_yaxis_transform(), va="bottom", fontsize=8)
    ax.set(xlabel="UTC; height: posts an hour, of the peak", title="Storms")
    for tick in ax.get_xticklabels():
        tick.set(rotation=25, ha="right", rotation_mode="anchor")
    ax.grid(axis="x", alpha=0.25)
    ax.set_axisbelow(True)
    return ax
