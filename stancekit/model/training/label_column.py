"""What the labels of a column are called, and in which order they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from typing import Any, Final

import numpy as np
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import LABELS, MAX_CLASSES, RESERVED, ClassName
from stancekit.model.training.spellings import as_meant
from stancekit.text.given import is_missing

_LARGEST: Final = 2**63


def label_names(labels: pd.Series) -> list[ClassName | None]:
    """Return the name of each label, None where there is none.

    Labels that are whole numbers all are called by them, also truth values (0 and 1), and floats
    where a gap made floats of a column of integers. All others are called as they are shown,
    without white space around them.

    Examples
    --------
    >>> label_names(pd.Series([1.0, None, 0.0]))
    [1, None, 0]
    >>> label_names(pd.Series(["favor ", " ", "1"]))
    ['favor', None, '1']
    """
    values = [None if _is_gap(value) else value for value in labels.tolist()]
    if all(value is None or _is_whole(value) for value in values):
        return [None if value is None else int(value) for value in values]
    return [None if value is None else _shown(value) for value in values]


def classes_of(labels: pd.Series, kept: Mapping[ClassName, ClassName]) -> tuple[ClassName, ...]:
    """Return the classes in order: a Categorical's own, that of `LABELS`, or numbers and letters.

    Parameters
    ----------
    labels : Series
        The column, with labels as typed.
    kept : mapping
        Name of each label in use, by `label_names`, to the spelling of it that was kept.

    Raises
    ------
    InputError
        If there are fewer than two, more than `MAX_CLASSES`, or one cannot name a column.
    """
    seen = set(kept.values())
    in_order = sorted(seen, key=_in_order)
    order: Sequence[ClassName | None] = in_order
    if isinstance(labels.dtype, pd.CategoricalDtype):
        named = label_names(pd.Series(labels.cat.categories))
        order = [kept.get(name) for name in named if name is not None]
    elif seen <= set(LABELS):
        order = LABELS
    classes = tuple(dict.fromkeys(name for name in order if name in seen))
    words = [name for name in classes if isinstance(name, str)]
    if taken := sorted(set(words) & set(RESERVED)):
        raise InputError(
            f"a label is called {taken[0]!r}, like a column of stancekit's own tables: rename it"
        )
    if broken := sorted(name for name in words if any("\ud800" <= c <= "\udfff" for c in name)):
        raise InputError(f"label {broken[0]!r} holds half a character: rename it")
    if len(classes) < 2:
        raise InputError(
            f"the posts have {len(classes)} label(s) {classes}: two or more are needed"
        )
    if len(classes) > MAX_CLASSES:
        raise InputError(
            f"the posts have {len(classes):,} labels, and a model takes {MAX_CLASSES} at most. Is "
            "the column that of the labels? Bring rare ones together first"
        )
    return classes


def _in_order(name: ClassName) -> tuple[float, str]:
    """Numbers first and by size, then other names by letter."""
    try:
        return int(name), str(name)
    except ValueError:
        return float("inf"), str(name)


def _is_gap(value: object) -> bool:
    return is_missing(value) or (isinstance(value, str) and not value.strip())


def _is_whole(value: Any) -> bool:
    if isinstance(value, (float, np.floating)):
        whole = float(value).is_integer()
    else:
        whole = isinstance(value, (Integral, np.bool_))
    return whole and abs(int(value)) < _LARGEST


def _shown(value: object) -> str:
    """Return a label as text; 1.0 is 1, since a gap turns a column of ints to floats."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def spelt_as(
    classes: tuple[ClassName, ...], kept: Mapping[ClassName, ClassName]
) -> dict[ClassName, ClassName]:
    """Return the class of a model that each label is, whatever its spelling; "1" may be 1.

    Raises
    ------
    InputError
        If a label is none of them.
    """
    meant = {as_meant(str(name)): name for name in reversed(classes)}
    found = {
        name: name if name in classes else meant.get(as_meant(str(spelling)))
        for name, spelling in kept.items()
    }
    if other := sorted(str(name) for name, spelling in found.items() if spelling is None):
        raise InputError(
            f"label {other[0]!r} is none of the model's, which are {', '.join(map(str, classes))}: "
            "rename it, or train a model of your own labels with stancekit.train"
        )
    return {name: spelling for name, spelling in found.items() if spelling is not None}
