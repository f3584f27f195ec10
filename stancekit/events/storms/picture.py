"""The picture of storms: how loud each was, hour by hour, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from stancekit.events.clock import HOUR
from stancekit.events.storms.storm import Storm
from stancekit.labels import LABELS
from stancekit.show.palette import GRAY, looks
from stancekit.show.plots import axes, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Storms that are drawn, at most, and hours after a storm's begin.
_DRAWN: Final = 10
_HOURS: Final = 96
_BEFORE: Final = 6
_AFTER: Final = 6
_HEIGHT: Final = 0.8


def draw(storms: Sequence[Storm], ax: Axes | None, sign: str = "") -> Axes:
    """Draw posts by hour as bars parted by label; the peak of each storm is equally high."""
    drawn = sorted(storms[:_DRAWN], key=lambda one: one.start)
    ax = axes(ax, (8.0, max(0.62 * len(drawn) + 1.6, 2.4)))
    if not drawn:
        ax.text(0.5, 0.5, "no storms", ha="center", va="center", transform=ax.transAxes)
        ax.set_axis_off()
        return ax
    for place, storm in enumerate(drawn):
        _one(place, storm, ax)
    longest = max((one.end - one.start).total_seconds() / HOUR for one in drawn)
    ax.set_xlim(-_BEFORE, min(longest, _HOURS) + _AFTER)
    names = [f"{label(sign + storm.key)}\n{storm.start:%d %b %Y, %H:%M}" for storm in drawn]
    ax.set_yticks(range(len(drawn)), names, fontsize=8)
    ax.set_ylim(len(drawn) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.locator_params(axis="x", integer=True)
    ax.set(xlabel="hours from a storm's begin (UTC); peaks are equally high; |: nothing collected")
    ax.grid(axis="x", alpha=0.25)
    ax.set_axisbelow(True)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=5, frameon=False, fontsize=8)
    return ax


def _one(place: int, storm: Storm, ax: Axes) -> None:
    hourly = storm.hourly
    first, last = (int(at.timestamp()) // HOUR for at in (storm.start, storm.end))
    since = hourly.hour - first
    inside = (hourly.hour >= first) & (hourly.hour <= last)
    scale = _HEIGHT / max(int(hourly.posts.max()), 1)
    bottom: Any = np.full(len(since), place + _HEIGHT / 2)
    rest = hourly.posts - hourly.labels.sum(axis=1)
    layers = [*zip(LABELS, looks(LABELS), hourly.labels.T, strict=True)]
    for name, look, posts in layers:
        bottom = _bars(ax, since, posts * scale, bottom, inside, look.light, name, place)
    _bars(ax, since, rest * scale, bottom, inside, "#d9d9d9", "reposts, or no label", place)
    stood = since[hourly.missed]
    ax.plot(stood + 0.5, np.full(len(stood), place + _HEIGHT / 2), "|", color=GRAY, markersize=5)
    ax.text(
        1.01,
        place,
        f"{storm.posts:,} posts\n{storm.accounts:,} accounts",
        transform=ax.get_yaxis_transform(),
        va="center",
        fontsize=7,
    )


def _bars(
    ax: Axes, since: Any, height: Any, bottom: Any, inside: Any, colour: str, name: str, place: int
) -> Any:
    """Put bars upon others, paler outside of the storm; up is down, as the rows are listed."""
    for which, alpha in ((inside, 1.0), (~inside, 0.35)):
        ax.bar(
            since[which],
            -height[which],
            width=1,
            bottom=bottom[which],
            align="edge",
            color=colour,
            alpha=alpha,
            linewidth=0,
            label=name if alpha == 1.0 and place == 0 else None,
        )
    return bottom - height


def draw_mix(hours: pd.DataFrame, name: str, ax: Axes | None) -> Axes:
    """Draw the label shares of a key by hour with their bands; where nobody wrote, there is none.

    Parameters
    ----------
    hours : DataFrame
        As `Storms.hours` gives it; corrected shares are drawn where there are any.
    """
    ax = axes(ax, (8.0, 4.0))
    corrected = "corrected" in hours and hours["corrected"].notna().any()
    share, low, high = (
        ("corrected", "corrected_low", "corrected_high") if corrected else ("share", "low", "high")
    )
    for one, look in zip(LABELS, looks(LABELS), strict=True):
        rows = hours[hours["label"] == one]
        when = rows["hour"].dt.tz_localize(None).to_numpy()
        ax.fill_between(
            when,
            rows[low].to_numpy(float),
            rows[high].to_numpy(float),
            color=look.light,
            alpha=0.15,
            linewidth=0,
        )
        ax.plot(
            when,
            rows[share].to_numpy(float),
            look.dash,
            marker=look.marker,
            markersize=4,
            color=look.light,
            label=one,
        )
    inside = hours[hours["storm"].notna()]
    for _, rows in inside.groupby("storm"):
        begin, end = (at.tz_localize(None) for at in (rows["hour"].min(), rows["hour"].max()))
        half = pd.Timedelta(minutes=30)
        ax.axvspan(begin - half, end + half, color=GRAY, alpha=0.1, linewidth=0)
    band = "chance and the labels' errors" if corrected else "chance alone"
    ax.set(
        ylim=(0, 1),
        ylabel="share of labelled originals",
        xlabel=f"hour (UTC); bands: 95 %, {band}; grey: storm",
    )
    for tick in ax.get_xticklabels():
        tick.set(rotation=25, ha="right", rotation_mode="anchor")
    ax.grid(axis="y", alpha=0.25)
    ax.set_axisbelow(True)
    ax.set_title(label(name), loc="left", fontsize=10)
    ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4, frameon=False, fontsize=8)
    return ax
