"""Scores as frames: by true and predicted class, by class, and one a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stancekit.scores import metrics
from stancekit.scores.metrics import Interval


def confusion_frame(classes: Sequence[Any], counts: Sequence[Sequence[int]]) -> pd.DataFrame:
    """Return the confusion matrix: a row a true class, a column a predicted one."""
    return pd.DataFrame(
        np.array(counts, np.int64),
        pd.Index(list(classes), dtype=object, name="true"),
        pd.Index(list(classes), dtype=object, name="predicted"),
    )


def class_frame(
    classes: Sequence[Any], counts: Sequence[Sequence[int]], f1: Sequence[Interval | None]
) -> pd.DataFrame:
    """Return a row a class; see `stancekit.scores.report.Report.per_class`."""
    matrix = np.array(counts, np.int64)
    missing = Interval(float("nan"), None, None)
    scores = [score or missing for score in f1]
    return pd.DataFrame(
        {
            "precision": metrics.precision(matrix),
            "recall": metrics.recall(matrix),
            "f1": [score.value for score in scores],
            "f1_low": np.array([score.low for score in scores], np.float64),
            "f1_high": np.array([score.high for score in scores], np.float64),
            "support": matrix.sum(axis=1),
            "predicted": matrix.sum(axis=0),
        },
        pd.Index(list(classes), dtype=object, name="class"),
    )


def tidy_frame(
    overall: Mapping[str, Interval], per_class: pd.DataFrame, posts: int
) -> pd.DataFrame:
    """Return a row a score; see `stancekit.scores.report.Report.to_frame`."""
    parts = [
        pd.DataFrame(
            {
                "metric": list(overall),
                "label": None,
                **{
                    end: np.array([getattr(score, end) for score in overall.values()], np.float64)
                    for end in ("value", "low", "high")
                },
                "posts": posts,
            }
        )
    ]
    behind = {"precision": "predicted", "recall": "support", "f1": "support"}
    for metric, count in behind.items():
        nothing = np.full(len(per_class), np.nan)
        parts.append(
            pd.DataFrame(
                {
                    "metric": metric,
                    "label": per_class.index,
                    "value": per_class[metric].to_numpy(),
                    "low": per_class.get(f"{metric}_low", nothing),
                    "high": per_class.get(f"{metric}_high", nothing),
                    "posts": per_class[count].to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
