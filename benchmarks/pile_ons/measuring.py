"""What was found against what was put in."""

from __future__ import annotations

import numpy as np
import pandas as pd


def matched(found: pd.DataFrame, truth: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mark what was found as right, and what was put in as found.

    Parameters
    ----------
    found, truth : DataFrame
        ``target``, ``start``, ``end`` (seconds).

    Returns
    -------
    found, truth
        With ``right``; with ``found``, ``iou`` and ``delay`` (hours) of the best overlap.
    """
    found = found.assign(right=False).reset_index(drop=True)
    truth = truth.assign(found=False, iou=0.0, delay=np.nan).reset_index(drop=True)
    rows = dict(iter(found.groupby("target")))
    for place, one in truth.iterrows():
        part = rows.get(one["target"])
        if part is None:
            continue
        both = np.minimum(part["end"], one["end"]) - np.maximum(part["start"], one["start"])
        either = np.maximum(part["end"], one["end"]) - np.minimum(part["start"], one["start"])
        meets = both >= 0
        if not meets.any():
            continue
        found.loc[part.index[meets], "right"] = True
        iou = (both / either.clip(lower=1))[meets]
        best = iou.idxmax()
        truth.loc[place, ["found", "iou", "delay"]] = (
            True,
            iou[best],
            (part.loc[best, "start"] - one["start"]) / 3600,
        )
    return found, truth


def summary(found: pd.DataFrame, truth: pd.DataFrame, months: float) -> dict[str, float]:
    """Give precision, recall, false alarms per 1,000 target-months, IoU and delay."""
    goal = truth[(truth["share"] >= 0.3) & (truth["hostile"] >= 30)]
    fifteen = truth[(truth["share"] >= 0.3) & (truth["hostile"] == 15)]
    hit = truth[truth["found"]]
    return {
        "precision": found["right"].mean() if len(found) else np.nan,
        "recall": truth["found"].mean(),
        "30+, ≥ .3": goal["found"].mean(),
        "15, ≥ .3": fifteen["found"].mean(),
        "false alarms": (~found["right"]).sum() / months * 1000,
        "IoU": hit["iou"].median(),
        "delay": hit["delay"].abs().median(),
    }
