"""A Report as a figure: confusion matrix and reliability diagram side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from stancekit.model.report_view import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from stancekit.model.report import Report

Floats = npt.NDArray[np.float64]

_BLUE: Final = "#0072B2"  # of Okabe & Ito's palette, safe for colour-blind readers
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
    figure, (left, right) = pyplot.subplots(
        1,
        2,
        figsize=(side + names + 5.4, side + 0.8 + (0.7 * names if _turned(report) else 0)),
        layout="constrained",
        width_ratios=(side + names, 4.4),
    )
    pyplot.close(figure)  # a notebook shows what is returned; left open, it would show it twice
    _draw_confusion(left, report)
    _draw_reliability(right, report)
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
    low, high = _wilson(right, posts)
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


def _turned(report: Report) -> bool:
    """Whether the names below the matrix would run into each other side by side."""
    return max(len(short(name)) for name in report.classes) * len(report.classes) > 44


def _wilson(share: Floats, count: Floats) -> tuple[Floats, Floats]:
    """Return Wilson's (1927) 95 % interval of a share: never outside 0 to 1."""
    z = 1.959964
    centre = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    half = z * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2)) / (1 + z**2 / count)
    return centre - half, centre + half
