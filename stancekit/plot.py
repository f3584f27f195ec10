"""Pictures: what a result shows, drawn with matplotlib into an Axes, which is given back.

Every result draws itself (``result.plot(ax)``); here are the same pictures by what they show, and
those for which more than one value is needed. One palette has the labels' colours everywhere:
`stancekit.show.palette`. Without matplotlib: ``pip install "stancekit[notebook]"``.

>>> import pandas as pd, stancekit
>>> posts = pd.DataFrame({"label": ["critical", "neutral"] * 30})
>>> ax = stancekit.plot.shares(stancekit.reporting.tally(posts))  # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stancekit.labels import LABELS
from stancekit.show import plots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from stancekit.events.pileons.result import PileOns
    from stancekit.events.storms.result import Storms
    from stancekit.reporting import Tally, Timeline
    from stancekit.scores.report import Report
    from stancekit.study import Agreement, LearningCurve, Shares

__all__ = [
    "agreement",
    "confusion",
    "coverage",
    "learning_curve",
    "pileon",
    "reliability",
    "shares",
    "storm",
    "timeline",
]


def shares(found: Shares | Tally, ax: Axes | None = None) -> Axes:
    """Draw shares of labels: counted, and corrected with intervals where they were estimated.

    Parameters
    ----------
    found : Shares or Tally
        Of `stancekit.estimate_shares`, or of `stancekit.reporting.tally`.
    ax : matplotlib Axes, optional
    """
    return found.plot(ax)


def timeline(found: Timeline, ax: Axes | None = None) -> Axes:
    """Draw each label's share along the time, with the bands of chance and of the model's errors.

    Parameters
    ----------
    found : Timeline
        Of `stancekit.timeline`.
    ax : matplotlib Axes, optional
        One of ``subplots``: it is parted into a panel a label.
    """
    return found.plot(ax)


def storm(found: Storms, key: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the anatomy of a storm: posts by hour, own ones by label, its start, peak and end.

    Parameters
    ----------
    found : Storms
        Of `stancekit.find_storms`.
    key : str, optional
        Of the storm; the largest if not given.
    ax : matplotlib Axes, optional

    Raises
    ------
    InputError
        If there is no such storm.
    """
    from stancekit.reporting.pictures import counts_by_time

    one = next(iter(found), None) if key is None else found[key]
    if one is None:
        ax = plots.axes(ax)
        ax.set_axis_off()
        ax.text(0.5, 0.5, "no storms", ha="center", va="center")
        return ax
    hourly = one.hourly
    rest = np.maximum(hourly.posts - hourly.labels.sum(axis=1), 0)
    time = (hourly.hour * 3600).astype("datetime64[s]")
    counts = np.column_stack([hourly.labels, rest])
    ax = counts_by_time(time, counts, LABELS, ax, rest="reposts, others")
    for hole in time[hourly.missed]:
        ax.axvspan(hole, hole + np.timedelta64(1, "h"), color=plots.GRAY, alpha=0.2, hatch="..")
    for moment in (one.start, one.end):
        at: Any = moment.tz_localize(None)
        ax.axvline(at, color=plots.GRAY, linestyle="--", linewidth=1)
    ax.set(
        title=f"{plots.label(one.key)}: {one.posts:,} posts of {one.accounts:,} accounts",
        ylabel="posts an hour",
        xlabel="UTC; the storm between the broken lines",
    )
    return ax


def pileon(
    found: PileOns,
    episode: int = 0,
    ax: Axes | None = None,
    *,
    posts: pd.DataFrame | str | Path | None = None,
) -> Axes:
    """Draw an episode: accounts by hour and label; the target's own posts are marked.

    Parameters
    ----------
    found : PileOns
        Of `stancekit.find_pileons`, targets by their names.
    episode : int
        Its row in the frame.
    ax : matplotlib Axes, optional
    posts : DataFrame, str or Path, optional
        What it was found in: without, the target's own posts are not known.
    """
    ax = found.plot(ax, episode=episode)
    if posts is None:
        return ax
    from stancekit.events.corpus import corpus_of
    from stancekit.events.reading import batches_of
    from stancekit.reporting.episodes import Writers, own_posts

    hours = found.hours[episode]
    writers = Writers.of(corpus_of(batches_of(posts)))
    own = own_posts(writers, found.episodes["target"].iloc[episode], hours)
    top = ax.get_ylim()[1]
    ink = "white" if plots.dark(ax) else "black"
    where = own / 3600 - hours[:, 0].min()
    ax.plot(where, np.full(len(own), top * 1.03), "v", color=ink, label="the target's posts")
    ax.set_ylim(0, top * 1.08)
    ax.legend(frameon=False, fontsize=8)
    return ax


def confusion(report: Report, ax: Axes | None = None) -> Axes:
    """Draw a report's confusion matrix: shares of each true label.

    Parameters
    ----------
    report : Report
        ``model.report``, or that of `stancekit.evaluate`.
    ax : matplotlib Axes, optional
    """
    return plots.confusion(report.counts, report.classes, plots.axes(ax, (5.4, 4.8)))


def reliability(report: Report, ax: Axes | None = None) -> Axes:
    """Draw how often labels are right by how sure they are."""
    from stancekit.scores.metrics import wilson_interval

    frame = report.reliability
    ends = wilson_interval(frame["accuracy"], frame["posts"])
    return plots.reliability(
        frame["confidence"], frame["accuracy"], ends, plots.axes(ax, (4.8, 4.8))
    )


def coverage(report: Report, ax: Axes | None = None) -> Axes:
    """Draw what scores are if only the surest posts keep their labels."""
    frame: Any = report.coverage
    return plots.coverage(
        frame["kept"],
        {"accuracy": frame["accuracy"], "macro-F1": frame["macro_f1"]},
        {name: frame[f"precision_{name}"] for name in report.classes},
        plots.axes(ax, (4.8, 4.8)),
    )


def learning_curve(found: LearningCurve, ax: Axes | None = None) -> Axes:
    """Draw macro-F1 by number of labels, and what more would bring."""
    return found.plot(ax)


def agreement(found: Agreement, ax: Axes | None = None) -> Axes:
    """Draw alpha and the agreement on each label, with their intervals."""
    return found.plot(ax)
