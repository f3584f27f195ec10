"""What an audit found as rows of cells, for its tables."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from stancekit.fairness.summary import ALL
from stancekit.show.cells import short
from stancekit.show.tables import Rows

_NONE: Final = "–"


def test_rows(summary: pd.DataFrame, indent: str = "  ") -> Rows:
    """Make a row of each test and, behind the indent, of each of its parts."""
    rows = [["test", "cases", "failed", "rate", "95% interval", "mean |Δp|", "95th pct. |Δp|"]]
    for row in summary.to_dict("records"):
        name = short(row["test"]) if row["part"] == ALL else f"{indent}{short(row['part'])}"
        rows.append(
            [
                name,
                f"{row['cases']:,}",
                f"{row['failures']:,}",
                _percent(row["failure_rate"]),
                _ends(row, "failure_rate"),
                _small(row["mean_change"]),
                _small(row["p95_change"]),
            ]
        )
    return rows


def side_rows(sides: pd.DataFrame) -> Rows:
    """Make a row of each set of names and label."""
    rows = [["names", "label", "left", "right", "right − left", "95% interval", "mean Δp"]]
    for row in sides.to_dict("records"):
        camps = f": {short(row['left'])} – {short(row['right'])}" if row["left"] else ""
        rows.append(
            [
                f"{short(row['names'])}{camps}",
                short(row["label"]),
                _percent(row["left_share"]),
                _percent(row["right_share"]),
                _percent(row["difference"], "+"),
                _ends(row, "difference", "+"),
                _small(row["shift"], "+"),
            ]
        )
    return rows


def _percent(share: float, sign: str = "") -> str:
    return f"{round(share * 100, 1) + 0.0:{sign}.1f}%"


def _small(value: float, sign: str = "") -> str:
    return f"{round(value, 3) + 0.0:{sign}.3f}".replace("0.", ".", 1)


def _ends(row: dict[Any, Any], name: str, sign: str = "") -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(low):
        return _NONE
    return f"{_percent(low, sign)} to {_percent(high, sign)}"
