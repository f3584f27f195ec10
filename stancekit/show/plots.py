"""Pictures: each function takes arrays and an Axes, draws, and gives the Axes back.

Drawn with matplotlib, which comes with an extra and is imported when something is drawn. Colours
are those of `stancekit.show.palette`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.extras import extra
from stancekit.show.cells import short, width
from stancekit.show.palette import BLUE, ORANGE, Look, looks
from stancekit.show.palette import GRAY as GRAY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_NUMBERED: Final = 14  # more classes: colour only, numbers would overlap
_MOST_LINES: Final = 6  # more classes: their lines could not be told apart


def axes(ax: Axes | None, size: tuple[float, float] = (6.4, 4.8)) -> Axes:
    """Return the Axes given, or a new one in a figure of so many inches (width, height).

    Raises
    ------
    MissingExtraError
        Without matplotlib: ``pip install "stancekit[notebook]"``.
    """
    if ax is not None:
        return ax
    pyplot = extra("matplotlib.pyplot", "notebook")
    made: Axes = pyplot.subplots(figsize=size, layout="constrained")[1]
    return made


def panels(ax: Axes, widths: Sequence[float]) -> list[Axes]:
    """Part the place of an Axes into several, side by side; the Axes itself is hidden.

    Parameters
    ----------
    ax : Axes
        Made by ``subplots`` or the like: one with a place in a grid.
    widths : sequence of float
        Of the parts, in any unit.
    """
    ax.set_axis_off()
    place = ax.get_subplotspec()
    if place is None:
        raise ValueError("ax has no place in a grid: make it with matplotlib's subplots")
    grid = place.subgridspec(1, len(widths), width_ratios=list(widths))
    return [ax.figure.add_subplot(grid[part]) for part in range(len(widths))]


def confusion(counts: npt.ArrayLike, names: Sequence[object], ax: Axes) -> Axes:
    """Draw a confusion matrix: shares of each row in colour and, if not too many, in numbers.

    Parameters
    ----------
    counts : array of int, shape (classes, classes)
        Posts by true (rows) and predicted class.
    names : sequence
        Of the classes.
    """
    posts = np.asarray(counts, np.int64)
    share = posts / np.maximum(posts.sum(axis=1, keepdims=True), 1)
    # A figure is sized for square cells; aspect="equal" would make the layout cut off labels.
    image = ax.imshow(share, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    ticks = [label(name) for name in names]
    ax.set_xticks(range(len(ticks)), ticks)
    if turned(names):
        for tick in ax.get_xticklabels():
            tick.set(rotation=40, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(ticks)), ticks)
    ax.set(xlabel="predicted", ylabel="true", title="Confusion (share of each true class)")
    ax.tick_params(length=0)
    if len(ticks) > _MOST_NUMBERED:
        ax.figure.colorbar(image, ax=ax, shrink=0.6, label="share of the true class")
        return ax
    for row, column in np.ndindex(*posts.shape):
        # Black on pale, white on deep: a contrast of at least 4.5 to 1 over the whole map.
        ax.text(
            column,
            row,
            f"{share[row, column]:.0%}\n{posts[row, column]:,}",
            ha="center",
            va="center",
            fontsize=9 if len(ticks) <= 8 else 7,
            color="white" if share[row, column] >= 0.72 else "black",
        )
    return ax


def reliability(
    confidence: npt.ArrayLike,
    accuracy: npt.ArrayLike,
    interval: tuple[npt.ArrayLike, npt.ArrayLike],
    ax: Axes,
) -> Axes:
    """Draw accuracy against confidence; on the dashed line a model is as sure as it is right.

    Parameters
    ----------
    confidence, accuracy : array of float, shape (bins,)
    interval : pair of arrays of float, shape (bins,)
        Lower and upper ends of the accuracy's 95 % intervals.
    """
    ax.plot([0, 1], [0, 1], linestyle="--", linewidth=1, color=GRAY, label="as sure as right")
    right = np.asarray(accuracy, np.float64)
    ax.errorbar(
        np.asarray(confidence, np.float64),
        right,
        yerr=_whiskers(right, interval),
        fmt="o-",
        markersize=5,
        linewidth=1.5,
        elinewidth=1,
        capsize=2,
        color=BLUE,
        label="posts, 95% interval",
    )
    ax.set(xlabel="confidence", ylabel="accuracy", title="Reliability")
    return _unit_square(ax)


def coverage(
    kept: npt.ArrayLike,
    scores: Mapping[str, npt.ArrayLike],
    by_class: Mapping[Any, npt.ArrayLike],
    ax: Axes,
) -> Axes:
    """Draw what posts are worth that are labelled, the surest first.

    Parameters
    ----------
    kept : array of float, shape (thresholds,)
        Share of posts labelled.
    scores : mapping of str to array of float, shape (thresholds,)
        By name: those of all classes, two at most, in black.
    by_class : mapping of class to array of float, shape (thresholds,)
        The precision of each class, in its colour, if there are no more than six.
    """
    share = np.asarray(kept, np.float64)
    for (name, values), style in zip(scores.items(), ("-", ":"), strict=False):
        ink = "white" if dark(ax) else "black"
        ax.plot(share, np.asarray(values), color=ink, linewidth=2, linestyle=style, label=name)
    if len(by_class) <= _MOST_LINES:
        for (own, values), look in zip(by_class.items(), looks(list(by_class)), strict=True):
            line: dict[str, Any] = {"color": look.on(dark(ax)), "linestyle": look.dash}
            told = f"precision: {label(own)}"
            ax.plot(share, np.asarray(values), linewidth=1.2, label=told, **line)
    ax.set(xlabel="share of posts labelled, the surest", title="Coverage, as confidence rises")
    return _unit_square(ax)


def bars(names: Sequence[object], values: npt.ArrayLike, ax: Axes) -> Axes:
    """Draw numbers above and below zero as bars, from the top down."""
    numbers = np.asarray(values, np.float64)
    places = range(len(numbers))
    ax.barh(places, numbers, color=[BLUE if number >= 0 else ORANGE for number in numbers])
    ax.axvline(0, color="black", linewidth=0.8)
    return _listed(names, ax)


def intervals(
    names: Sequence[object],
    values: npt.ArrayLike,
    interval: tuple[npt.ArrayLike, npt.ArrayLike],
    ax: Axes,
    *,
    by_label: bool = False,
) -> Axes:
    """Draw numbers with their intervals, from the top down.

    Parameters
    ----------
    names : sequence
    values : array of float, shape (names,)
    interval : pair of arrays of float, shape (names,)
        Lower and upper ends; NaN where there is none.
    by_label : bool
        Whether the names are labels, each drawn in its colour and with its sign.
    """
    numbers = np.asarray(values, np.float64)
    whiskers = np.nan_to_num(_whiskers(numbers, interval))
    drawn = looks(names) if by_label else [Look(BLUE, BLUE, "o", "-")] * len(numbers)
    for place, look in enumerate(drawn):
        ax.errorbar(
            *(numbers[place], place),
            xerr=whiskers[:, [place]],
            fmt=look.marker,
            capsize=3,
            color=look.on(dark(ax)),
            clip_on=False,
        )
    return _listed(names, ax)


def dark(ax: Axes) -> bool:
    """Whether an Axes has a dark ground, as in matplotlib's style ``dark_background``."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(ax.get_facecolor())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.4


def colours(names: Sequence[object], ax: Axes) -> list[str]:
    """Return the colours of labels on the ground of an Axes."""
    return [look.on(dark(ax)) for look in looks(names)]


def label(name: object) -> str:
    """Return a name as matplotlib prints it: short, and a dollar starts no formula."""
    return short(name).replace("$", r"\$")


def turned(names: Sequence[object]) -> bool:
    """Whether names would run into each other side by side, and are turned."""
    return max(width(short(name)) for name in names) * len(names) > 44


def _listed(names: Sequence[object], ax: Axes) -> Axes:
    ax.set_yticks(range(len(names)), [label(name) for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.grid(axis="x", alpha=0.25)
    ax.set_axisbelow(True)
    return ax


def _unit_square(ax: Axes) -> Axes:
    ax.set(xlim=(0, 1.02), ylim=(0, 1.02))
    ax.set_box_aspect(1)
    ax.set_anchor("N")
    ax.grid(alpha=0.25)
    ax.legend(loc="lower right", frameon=False, fontsize=8)
    return ax


def _whiskers(
    values: npt.NDArray[np.float64], interval: tuple[npt.ArrayLike, npt.ArrayLike]
) -> npt.NDArray[Any]:
    """Return lengths down and up, shape (2, n); rounding may not make one negative."""
    low, high = (np.asarray(end, np.float64) for end in interval)
    return np.maximum([values - low, high - values], 0)
