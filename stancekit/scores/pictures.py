"""Scores as a picture: confusion matrix, reliability diagram and coverage curve, abreast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from stancekit.scores.metrics import wilson_interval
from stancekit.show import plots
from stancekit.show.cells import short, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw(
    classes: Sequence[Any],
    counts: Sequence[Sequence[int]],
    reliability: pd.DataFrame,
    ece: float,
    coverage: pd.DataFrame,
    ax: Axes | None = None,
) -> Axes:
    """Draw the three; see `stancekit.scores.report.Report.plot` and its frames."""
    side = float(np.clip(2.2 + 0.5 * len(classes), 3.6, 11))  # of the matrix, in inches
    names = 0.08 * max(width(short(name)) for name in classes)
    below = 0.7 * names if plots.turned(classes) else 0
    ax = plots.axes(ax, (side + names + 10.8, side + 0.8 + below))
    left, middle, right = plots.panels(ax, (side + names, 4.4, 4.4))
    plots.confusion(counts, classes, left)
    interval = wilson_interval(reliability["accuracy"], reliability["posts"])
    plots.reliability(reliability["confidence"], reliability["accuracy"], interval, middle)
    middle.set_title(f"Reliability (calibration error {ece:.3f})")
    scores = {"accuracy": coverage["accuracy"], "macro-F1": coverage["macro_f1"]}
    precision = {name: coverage[f"precision_{name}"] for name in classes}
    plots.coverage(coverage["kept"], scores, precision, right)
    return ax
