"""The picture of an episode: how many accounts wrote at the target each hour, by label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.labels import CRITICAL, DOG_PILING, LABELS, NEUTRAL, SUPPORTIVE
from stancekit.show.palette import GRAY, looks
from stancekit.show.plots import axes, dark, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: From the bottom up, with a hatch each; no label stands above all.
_DRAWN: Final = {DOG_PILING: "//", CRITICAL: "", NEUTRAL: "..", SUPPORTIVE: "\\\\"}
_NO_LABEL: Final = "#D9D9D9"

#: Hours between the times that are written below a picture, and how many of them there is room for.
_STEPS: Final = (1, 2, 3, 6, 12, 24, 48, 96, 168)
_TICKS: Final = 9


def draw(row: pd.Series[Any], hours: npt.NDArray[np.int64], ax: Axes | None) -> Axes:
    """Draw an episode; an account that writes under two labels in an hour stands in both.

    Parameters
    ----------
    row : Series
        The episode, as in the frame.
    hours : ndarray of int64, shape (k, 3)
        Hours since 1970, place of the label (-1 for none), accounts.
    """
    ax = axes(ax, (8.0, 3.8))
    when, name, accounts = hours.T
    begins = pd.to_datetime(when * 3_600, unit="s", utc=True)
    table = pd.Series(accounts, [begins, name]).unstack()
    table.columns = pd.Index(np.array([*LABELS, ""], object)[table.columns.to_numpy(np.int64)])
    every = pd.date_range(table.index.min(), table.index.max(), freq="h")
    table = table.reindex(every).fillna(0.0)
    where = (table.index - table.index[0]).total_seconds().to_numpy() / 3600
    below = pd.Series(0.0, table.index)
    colours = {
        name: look.on(dark(ax)) for name, look in zip(_DRAWN, looks(list(_DRAWN)), strict=True)
    }
    for name, hatch in {**_DRAWN, "": ""}.items():
        if name in table:
            height = table[name]
            ax.bar(
                where,
                height,
                1.0,
                bottom=below,
                color=colours.get(name, _NO_LABEL),
                hatch=hatch,
                edgecolor="white",
                linewidth=0,
                label=name or "no label",
                align="edge",
            )
            below = below + height
    begin = table.index[0]
    ends = [(row[end] - begin).total_seconds() / 3600 for end in ("start", "end")]
    for end in ends:
        ax.axvline(end, color=GRAY, linewidth=1, linestyle="--")
    step = next((step for step in _STEPS if len(every) <= _TICKS * step), len(every))
    ticks = [tick for tick, hour in enumerate(every) if int(hour.timestamp()) // 3600 % step == 0]
    ax.set_xticks(ticks, [f"{every[tick]:%d %b\n%H:%M}" for tick in ticks])
    ax.set(
        xlabel="hour (UTC); the episode between the dashed lines",
        ylabel="accounts an hour",
        title=f"{label(row['target'])}: {row['level']}, {row['accounts']:,} accounts, "
        f"{row['hostile']:,} hostile",
        xlim=(0, len(every)),
    )
    ax.legend(frameon=False, fontsize=8)
    ax.grid(axis="y", alpha=0.25)
    ax.set_axisbelow(True)
    return ax
