"""Which of the labelled posts a row of another table is: by its key, else by its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.study.shares.population import Population
from stancekit.text.given import column

Ints = npt.NDArray[np.int64]

_KEYS: Final = ("id", "item_id")


def places_of(
    posts: Population, labelled: pd.DataFrame, rows: pd.DataFrame, on: str | None, text: str
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return which post of the population each row is, -1 for none; and whether its key says so."""
    place = np.full(len(rows), -1, np.int64)
    own = on or next((name for name in _KEYS if name in rows), None)
    theirs = on or ("id" if "id" in labelled else own)
    if own and theirs in labelled and own in rows:
        place = _look_up(_keys(labelled[theirs].iloc[posts.row]), _keys(rows[own]))
    elif on:
        column(labelled, on, "on"), column(rows, on, "on")
    by_key = place >= 0
    if text in labelled and text in rows and not by_key.all():
        words = _words(labelled[text].iloc[posts.row])
        place[~by_key] = _look_up(words, _words(rows[text][~by_key]))
    return place, by_key


def _look_up(there: Sequence[str], wanted: Sequence[str]) -> Ints:
    first: dict[str, int] = {}
    for at, key in enumerate(there):
        if key:
            first.setdefault(key, at)
    return np.array([first.get(key, -1) for key in wanted], np.int64)


def _keys(values: pd.Series[Any]) -> list[str]:
    if pd.api.types.is_float_dtype(values):  # a column of whole numbers that has gaps
        whole = values.dropna()
        values = values.astype("Int64") if (whole == whole.round()).all() else values
    return _joined(values)


def _words(values: pd.Series[Any]) -> list[str]:
    """Return texts as spreadsheets leave them: white space may change, an apostrophe may be new."""
    return [text.lstrip("' ") for text in _joined(values)]


def _joined(values: pd.Series[Any]) -> list[str]:
    return [" ".join(text.split()) for text in values.astype("string").fillna("").tolist()]
