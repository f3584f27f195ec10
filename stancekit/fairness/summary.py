"""What many cases say together, with intervals that know cases of one template go together.

Cases of one template share all words but a name, so the bootstrap draws whole templates.

References
----------
Field & Welsh (2007), Bootstrapping clustered data. J. R. Stat. Soc. B 69(3).
Hanley & Lippman-Hand (1983), If nothing goes wrong, is everything all right? JAMA 249(13).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.scores.metrics import Interval, percentile_interval

Floats = npt.NDArray[np.float64]

_DRAWS: Final = 2_000
#: Parts of a test that is more than one set of names.
ALL, LISTED, HELD_OUT = "all", "listed names", "held-out names"


def mean_by_template(values: npt.ArrayLike, template: npt.ArrayLike, seed: int = 0) -> Interval:
    """Mean of a value of every case, with an interval that draws whole templates.

    Parameters
    ----------
    values : array of float, shape (cases,)
    template : array, shape (cases,)
        Which template each case comes from.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Interval
        Of 95 %; without ends where there are fewer than two templates.

    Examples
    --------
    >>> str(mean_by_template([1, 0, 0, 0, 0, 0], [0, 0, 1, 1, 2, 2]))
    '0.167 (0.000 to 0.500)'
    """
    value = np.asarray(values, np.float64)
    code, found = pd.factorize(np.asarray(template))
    if len(found) < 2:
        return Interval(float(value.mean()), None, None)
    total = np.bincount(code, value, len(found))
    size = np.bincount(code, minlength=len(found))
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(found), np.full(len(found), 1 / len(found)), _DRAWS)
    return percentile_interval(float(value.mean()), (drawn @ total) / (drawn @ size))


def rate(failed: npt.NDArray[np.bool_], template: npt.ArrayLike, seed: int = 0) -> Interval:
    """Share of cases that fail, as `mean_by_template`.

    Where none fails (or all do) a bootstrap would be sure of it; the interval then ends where
    so many templates would all have passed in 2.5 of 100 audits.

    Examples
    --------
    >>> str(rate(np.zeros(30, bool), np.arange(30)))
    '0.000 (0.000 to 0.116)'
    """
    interval = mean_by_template(failed, template, seed)
    templates = len(np.unique(np.asarray(template)))
    if interval.low is None or interval.value not in (0.0, 1.0):
        return interval
    far = 1 - 0.025 ** (1 / templates)
    return Interval(interval.value, *((0.0, far) if interval.value == 0 else (1 - far, 1.0)))


def summarise(cases: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Sum every test up, and its parts; see `stancekit.fairness.Audit.summary`."""
    return pd.DataFrame(
        [
            {"test": test, "part": part, **_row(some, seed)}
            for test, ours in cases.groupby("test", sort=False)
            for part, some in _parts(ours)
        ]
    )


def _parts(cases: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give a test as a whole and, if it swaps names, by their sets and by whether held out."""
    yield ALL, cases
    if not cases["swapped"].all():
        return
    if cases["names"].nunique() > 1:
        for name, some in cases.groupby("names", sort=False):
            yield str(name), some
    if cases["held_out"].nunique() > 1:
        yield LISTED, cases[~cases["held_out"]]
        yield HELD_OUT, cases[cases["held_out"]]


def _row(cases: pd.DataFrame, seed: int) -> dict[str, Any]:
    failed = rate(cases["failed"].to_numpy(), cases["template"], seed)
    moved = cases["change"].abs()
    signed = cases[cases["expect"] != "same"]
    shift = Interval(np.nan, None, None)
    if len(signed) == len(cases):
        shift = mean_by_template(signed["change"], signed["template"], seed)
    known = cases[cases["written_as"].isin(cases["left_label"].cat.categories)]
    agreed = known["left_label"].astype(str) == known["written_as"]
    return {
        "kind": cases["kind"].iloc[0],
        "cases": len(cases),
        "templates": cases["template"].nunique(),
        "failures": int(cases["failed"].sum()),
        "failure_rate": failed.value,
        **_ends("failure_rate", failed),
        "mean_change": float(moved.mean()),
        "p95_change": float(moved.quantile(0.95)),
        "shift": shift.value,
        **_ends("shift", shift),
        "as_written": float(agreed.mean()) if len(known) else np.nan,
    }


def _ends(name: str, interval: Interval) -> dict[str, float]:
    low, high = interval.low, interval.high
    return {
        f"{name}_low": np.nan if low is None else low,
        f"{name}_high": np.nan if high is None else high,
    }


def compare_sides(
    cases: pd.DataFrame, classes: tuple[str, ...], camps: Mapping[str, tuple[str, str]], seed: int
) -> pd.DataFrame:
    """Say whether one camp gets a label more often; see `stancekit.fairness.Audit.sides`."""
    swapped = cases[cases["swapped"] & (cases["expect"] == "same")]
    rows = []
    for name, ours in swapped.groupby("names", sort=False):
        for label in classes:
            left, right = ours["left_label"] == label, ours["right_label"] == label
            gap = mean_by_template(right.astype(float) - left, ours["template"], seed)
            moved = ours[f"p_right_{label}"] - ours[f"p_left_{label}"]
            shift = mean_by_template(moved, ours["template"], seed)
            rows.append(
                {
                    "names": name,
                    **dict(zip(("left", "right"), camps.get(str(name), ("", "")), strict=True)),
                    "label": label,
                    "cases": len(ours),
                    "left_share": float(left.mean()),
                    "right_share": float(right.mean()),
                    "difference": gap.value,
                    **_ends("difference", gap),
                    "shift": shift.value,
                    **_ends("shift", shift),
                }
            )
    return pd.DataFrame(rows, columns=SIDES)


SIDES: Final = [
    *("names", "left", "right", "label", "cases", "left_share", "right_share"),
    *("difference", "difference_low", "difference_high", "shift", "shift_low", "shift_high"),
]
