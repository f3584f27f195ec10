"""Pictures of what is counted, drawn with matplotlib: labels along the time, words by label."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from stancekit.show.palette import looks
from stancekit.show.plots import axes, dark, label, panels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WORDS = 10


def timeline(frame: pd.DataFrame, names: Sequence[str], every: str, ax: Axes | None = None) -> Axes:
    """Draw each label's share along the time: chance as a dark band, the model's errors apart.

    Parameters
    ----------
    frame : DataFrame
        As `stancekit.timeline` gives it.
    names : sequence of str
        The labels.
    every : str
        What a bin is called.
    ax : matplotlib Axes, optional
        One with a place in a grid: it is parted into one panel a label.
    """
    ax = axes(ax, (3.2 * len(names), 3.4))
    dates: Any = import_module("matplotlib.dates")
    parts = panels(ax, [1] * len(names))
    top = 1.05 * float(np.nanmax(frame[["share", "high", "model_high"]].to_numpy(), initial=0.05))
    for part, name, look in zip(parts, names, looks(names), strict=True):
        own = frame[frame["label"] == name]
        time = own["start"].dt.tz_localize(None)
        colour = look.on(dark(part))
        part.fill_between(time, own["low"], own["high"], color=colour, alpha=0.35, linewidth=0)
        part.plot(time, own["share"], color=colour, linewidth=1.6, label="counted, 95 % by chance")
        if own["model_low"].notna().any():
            ends = (own["model_low"], own["model_high"])
            part.fill_between(time, *ends, color=colour, alpha=0.15, label="by the model's errors")
        if own["corrected"].notna().any():
            part.plot(time, own["corrected"], color=colour, linestyle="--", label="corrected")
        locator = dates.AutoDateLocator(minticks=2, maxticks=5)
        part.xaxis.set_major_locator(locator)
        part.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
        part.set(title=label(name), ylim=(0, min(top, 1.02)))
        part.tick_params(labelsize=8)
        part.grid(alpha=0.25)
    parts[0].set_ylabel(f"share of posts, by {every}")
    parts[0].legend(frameon=False, fontsize=7, loc="upper left")
    return ax


def counts_by_time(
    time: Any, counts: Any, names: Sequence[str], ax: Axes | None = None, *, rest: str = ""
) -> Axes:
    """Draw counts of labels along the time as stacked steps.

    Parameters
    ----------
    time : array of datetime64, shape (bins,)
        When each bin begins.
    counts : array of int, shape (bins, labels), or with a column more
    names : sequence of str, length labels
    rest : str
        What the column more is called.
    """
    ax = axes(ax, (7, 3.4))
    ground = np.zeros(len(time))
    width = float(np.diff(time).min() / np.timedelta64(1, "D")) if len(time) > 1 else 1 / 24
    drawn = [(name, look.on(dark(ax))) for name, look in zip(names, looks(names), strict=True)]
    drawn += [(rest, "#5A6069" if dark(ax) else "#D9D9D9")] if rest else []
    for (name, colour), column in zip(drawn, np.asarray(counts).T, strict=True):
        ax.bar(
            *(time, column, width),
            bottom=ground,
            align="edge",
            color=colour,
            edgecolor=ax.get_facecolor(),
            linewidth=0.4,
            label=label(name),
        )
        ground += column
    ax.legend(frameon=False, fontsize=8, ncols=len(drawn))
    ax.set_ylim(0, 1.15 * max(ground.max(initial=1), 1))
    dates: Any = import_module("matplotlib.dates")
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    return ax


def distinguishing(table: pd.DataFrame, of: str, ax: Axes | None = None) -> Axes:
    """Draw the ten most distinguishing words of each label, by z; see `told_apart`."""
    names = list(dict.fromkeys(table["label"])) if len(table) else []
    ax = axes(ax, (2.6 * max(len(names), 1), 3.2))
    if not names:
        ax.set_axis_off()
        ax.text(0.5, 0.5, f"no {of} tell the labels apart", ha="center", va="center")
        return ax
    for part, name, look in zip(panels(ax, [1] * len(names)), names, looks(names), strict=True):
        own = table[table["label"] == name].head(_WORDS)
        part.barh(range(len(own)), own["z"], color=look.on(dark(part)))
        part.set_yticks(range(len(own)), [label(word) for word in own["word"]], fontsize=8)
        part.set_ylim(_WORDS - 0.5, -0.5)
        part.set_title(label(name), fontsize=9)
        part.set_xlabel("z", fontsize=8)
        part.tick_params(labelsize=8)
    return ax


def most_used(table: pd.DataFrame, of: str, ax: Axes | None = None) -> Axes:
    """Draw a bar a row, parted by label; the table's first two columns are its name and size."""
    names = list(table.columns[2:])
    ax = axes(ax, (6.4, 0.28 * max(len(table), 2) + 1.2))
    ground = np.zeros(len(table))
    for name, look in zip(names, looks(names), strict=True):
        ax.barh(
            *(range(len(table)), table[name]),
            left=ground,
            color=look.on(dark(ax)),
            edgecolor=ax.get_facecolor(),
            linewidth=0.4,
            label=label(name),
        )
        ground += table[name].to_numpy()
    ax.set_yticks(range(len(table)), [label(one) for one in table.iloc[:, 0]], fontsize=8)
    ax.set_ylim(max(len(table), 1) - 0.5, -0.5)
    ax.set_xlabel(of if of.startswith("posts") else "accounts, once a label")
    ax.legend(frameon=False, fontsize=8)
    return ax
