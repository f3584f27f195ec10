"""The labelled posts as a population: what each was given, and what it weighs in the unit asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError, InputError
from stancekit.labels import LABELS, MAX_CLASSES, ClassName
from stancekit.text.duplicates import canonical_texts
from stancekit.text.given import column, texts_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Unit = Literal["posts", "texts", "accounts"]

UNITS: Final = ("posts", "texts", "accounts")
#: Columns of the account, the surest first.
_ACCOUNT: Final = ("author_id", "author")
_PERIODS: Final = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_NO_GROUP: Final = "(none)"


@dataclass(frozen=True)
class Population:
    """Posts that have a label.

    Attributes
    ----------
    labels : tuple of str or int, length K
    row : ndarray of int64, shape (N,)
        Place of each post in the table given.
    code : ndarray of int64, shape (N,)
        The label it was given, as a place in `labels`.
    proba : ndarray of float64, shape (N, K), optional
    text : ndarray of int64, shape (N,)
        Number of its text: copies and reposts under one label share it.
    account : ndarray of int64, shape (N,), optional
    group : ndarray of int64, shape (N,)
        Its group or period, as a place in `groups`.
    groups : tuple of str
    unlabelled : int
        Rows that were left out because the model gave no label.
    """

    labels: tuple[ClassName, ...]
    row: Ints
    code: Ints
    proba: Floats | None
    text: Ints
    account: Ints | None
    group: Ints
    groups: tuple[str, ...]
    unlabelled: int

    @property
    def copies(self) -> Ints:
        """How many posts share each post's text, shape (N,)."""
        return np.bincount(self.text)[self.text]

    def mass(self, unit: Unit) -> Floats:
        """Return what each post weighs, shape (N,): the weights of one text or account are 1.

        Raises
        ------
        InputError
            If accounts are asked for and there is no column of them.
        """
        if unit == "posts":
            return np.ones(len(self.code))
        if unit == "texts":
            return 1 / self.copies
        if self.account is None:
            raise InputError(
                f"unit='accounts' needs a column {' or '.join(_ACCOUNT)} in the labelled posts"
            )
        return 1 / np.bincount(self.account)[self.account]

    def only(self, kept: npt.NDArray[np.bool_]) -> Population:
        """Return the posts kept."""
        return replace(
            self,
            row=self.row[kept],
            code=self.code[kept],
            proba=None if self.proba is None else self.proba[kept],
            text=self.text[kept],
            account=None if self.account is None else self.account[kept],
            group=self.group[kept],
        )


def population(
    labelled: pd.DataFrame, *, label: str = "label", text: str = "text", by: str | None = None
) -> Population:
    """Take a table of labelled posts as a population.

    Raises
    ------
    InputError
        If a column is missing, or no post has a label.
    """
    given = column(labelled, label, "label")
    labels = _labels(given)
    if len(labels) > MAX_CLASSES:
        raise InputError(
            f"the column {label!r} holds {len(labels):,} different labels, and {MAX_CLASSES} are "
            "the most: does it hold texts? Name the column of the labels with label="
        )
    code = pd.Index(labels, dtype=object).get_indexer(pd.Index(given.astype(object)))
    row = np.flatnonzero(code >= 0)
    if not len(row):
        raise InputError(f"no post has a label in the column {label!r}: label the posts first")
    code = code[row].astype(np.int64)
    group, groups = _groups(labelled, by, row)
    return Population(
        labels=labels,
        row=row,
        code=code,
        proba=_proba(labelled, labels, row),
        text=_text_numbers(labelled, text, code, row),
        account=_accounts(labelled, row),
        group=group,
        groups=groups,
        unlabelled=len(labelled) - len(row),
    )


def _labels(given: pd.Series[Any]) -> tuple[ClassName, ...]:
    if isinstance(given.dtype, pd.CategoricalDtype):
        return tuple(given.cat.categories.tolist())
    found = set(given.dropna().tolist())
    if found <= set(LABELS):
        return LABELS
    return tuple(sorted(found, key=lambda name: (str(type(name)), name)))


def _proba(labelled: pd.DataFrame, labels: Sequence[ClassName], row: Ints) -> Floats | None:
    names = [name if name in labelled else str(name) for name in labels]
    if not all(name in labelled for name in names):
        return None
    if not all(pd.api.types.is_numeric_dtype(labelled[name]) for name in names):
        return None
    proba = labelled[names].to_numpy(np.float64, na_value=np.nan)[row]
    return proba if np.isfinite(proba).all() else None


def _text_numbers(labelled: pd.DataFrame, text: str, code: Ints, row: Ints) -> Ints:
    if text not in labelled:
        return np.arange(len(row))
    forms = canonical_texts([" ".join(it.split()) for it in texts_of(labelled[text].iloc[row])])
    number = pd.factorize(np.array(forms, object))[0].astype(np.int64)
    return pd.factorize(number * (int(code.max()) + 1) + code)[0].astype(np.int64)


def _accounts(labelled: pd.DataFrame, row: Ints) -> Ints | None:
    for name in _ACCOUNT:
        if name in labelled and labelled[name].notna().any():
            number = pd.factorize(labelled[name].iloc[row])[0].astype(np.int64)
            unknown = number < 0  # somebody unknown is an account of one post
            number[unknown] = number.max(initial=-1) + 1 + np.arange(unknown.sum())
            return number
    return None


def _groups(labelled: pd.DataFrame, by: str | None, row: Ints) -> tuple[Ints, tuple[str, ...]]:
    if by is None:
        return np.zeros(len(row), np.int64), ()
    if by in labelled:
        values: Any = labelled[by]
    elif by in _PERIODS and "created_at" in labelled:
        time = pd.to_datetime(labelled["created_at"], utc=True, errors="coerce")
        values = time.dt.tz_localize(None).dt.to_period(_PERIODS[by])
    else:
        names = ", ".join(map(repr, labelled.columns))
        raise ArgumentError(
            f"by={by!r} is no column: give one of {names}, or day, week, month or year where there "
            "is a column created_at"
        )
    names = values.iloc[row].astype(object).where(values.iloc[row].notna(), None)
    number, found = pd.factorize(names, sort=True)
    if (number < 0).any():
        number = np.where(number < 0, len(found), number)
        found = [*found, _NO_GROUP]
    return number.astype(np.int64), tuple(map(str, found))
