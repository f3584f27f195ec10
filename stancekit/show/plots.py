"""A Report as a figure: confusion matrix, reliability diagram and coverage curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from stancekit.scores.metrics import wilson_interval
from stancekit.show.cells import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from stancekit.scores.report import Report

_BLUE: Final = "#0072B2"  # of Okabe & Ito's palette, safe for colour-blind readers
_COLOURS: Final = (_BLUE, "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")  # theirs too
_MOST_NUMBERED: Final = 14  # more classes: colour only, numbers would overlap


def plot(report: Report) -> Figure:
    """Return the figure; an ImportError names the extra to install if matplotlib is missing."""
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError(
            'Report.plot needs matplotlib: pip install "stancekit[notebook]"'
        ) from error
    side = float(np.clip(2.2 + 0.5 * len(report.classes), 3.6, 11))  # of the matrix, in inches
    names = 0.08 * max(len(short(name)) for name in report.classes)
    figure, (left, middle, right) = pyplot.subplots(
        1,
        3,
        figsize=(side + names + 10.8, side + 0.8 + (0.7 * names if _turned(report) else 0)),
        layout="constrained",
        width_ratios=(side + names, 4.4, 4.4),
    )
    pyplot.close(figure)  # a notebook shows what is returned; left open, it would show it twice
    _draw_confusion(left, report)
    _draw_reliability(middle, report)
    _draw_coverage(right, report)
    return figure


def _draw_confusion(axes: Axes, report: Report) -> None:
    counts = np.array(report.counts, np.int64)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    # The figure is sized for square cells; aspect="equal" would make the layout cut off labels.
    image = axes.imshow(share, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    names = [short(name).replace("$", r"\$") for name in report.classes]
    places = range(len(names))
    axes.set_xticks(places, names)
    if _turned(report):
        for label in axes.get_xticklabels():
            label.set(rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(places, names)
    axes.set(xlabel="predicted", ylabel="true", title="Confusion (share of each true class)")
    axes.tick_params(length=0)
    if len(names) <= _MOST_NUMBERED:
        for row, column in np.ndindex(*counts.shape):
            # Black on pale, white on deep: a contrast of at least 4.5 to 1 over the whole map.
            axes.text(
                column,
                row,
                f"{share[row, column]:.0%}\n{counts[row, column]:,}",
                ha="center",
                va="center",
                fontsize=9 if len(names) <= 8 else 7,
                color="white" if share[row, column] >= 0.72 else "black",
            )
    else:
        axes.figure.colorbar(image, ax=axes, shrink=0.6, label="share of the true class")


def _draw_reliability(axes: Axes, report: Report) -> None:
    table = report.reliability
    posts, confidence, right = (
        table[name].to_numpy(np.float64) for name in ("posts", "confidence", "accuracy")
    )
    low, high = wilson_interval(right, posts)
    axes.plot([0, 1], [0, 1], linestyle="--", linewidth=1, color="gray", label="as sure as right")
    axes.errorbar(
        confidence,
        right,
        yerr=np.maximum([right - low, high - right], 0),
        fmt="o-",
        markersize=5,
        linewidth=1.5,
        elinewidth=1,
        capsize=2,
        color=_BLUE,
        label="posts, 95% interval",
    )
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="confidence", ylabel="accuracy")
    axes.set_title(f"Reliability (calibration error {report.ece:.3f})")
    axes.set_aspect("equal")
    axes.set_anchor("N")
    axes.grid(alpha=0.25)
    axes.legend(loc="lower right", frameon=False)


def _draw_coverage(axes: Axes, report: Report) -> None:
    table = report.coverage
    kept = table["kept"].to_numpy(np.float64)
    axes.plot(kept, table["accuracy"], color="black", linewidth=2, label="accuracy")
    axes.plot(kept, table["macro_f1"], color="black", linewidth=2, linestyle=":", label="macro-F1")
    if len(report.classes) <= len(_COLOURS):
        for place, name in enumerate(report.classes):
            axes.plot(
                kept,
                table.iloc[:, 4 + place],
                color=_COLOURS[place],
                linewidth=1.2,
                label=f"precision: {short(name)}".replace("$", r"\$"),
            )
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="share of posts labelled, the surest")
    axes.set_title("Coverage, as the least confidence rises")
    axes.set_box_aspect(1)
    axes.set_anchor("N")
    axes.grid(alpha=0.25)
    axes.legend(loc="lower right", frameon=False, fontsize=8)


def _turned(report: Report) -> bool:
    """Whether the names below the matrix would run into each other side by side."""
    return max(len(short(name)) for name in report.classes) * len(report.classes) > 44
