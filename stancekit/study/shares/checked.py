"""What people found: checked posts, joined to the labelled ones by their key or text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import CONFIDENCE, ClassName
from stancekit.model.training.votes import labels_by_votes
from stancekit.show.cells import short
from stancekit.study.shares.joining import places_of
from stancekit.study.shares.population import Population
from stancekit.text.given import column, is_missing

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Columns of a file of `stancekit.suggest`: what a person fills in, how a post was drawn, with
#: what probability, how many posts drawn have this text.
TRUE_LABEL: Final = "true_label"
DRAWN_AS: Final = "drawn_as"
INCLUSION: Final = "inclusion"
DRAWN: Final = "drawn"
RANDOM, UNCERTAIN, STRATIFIED = "random", "uncertain", "random within labels"

_TRUTH: Final = (TRUE_LABEL, "my_label", "gold", "label")


@dataclass(frozen=True)
class Checked:
    """Checked posts.

    Attributes
    ----------
    place : ndarray of int64, shape (n,)
        Which post of the population each is.
    truth : ndarray of int64, shape (n,)
        Its true label, as a place in the population's labels.
    times : ndarray of int64, shape (n,)
        How many of the posts drawn have this text.
    inclusion : ndarray of float64, shape (n,)
        Probability with which it was drawn; NaN where none is recorded.
    drawn_as : ndarray of object, shape (n,)
        How it was drawn, as a file of `stancekit.suggest` says; None otherwise.
    notes : tuple of str
        What was left out, and why.
    """

    place: Ints
    truth: Ints
    times: Ints
    inclusion: Floats
    drawn_as: npt.NDArray[np.object_]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.place)

    @property
    def certain(self) -> npt.NDArray[np.bool_]:
        """Whether each was sure to be drawn: it speaks for itself alone, shape (n,)."""
        return np.asarray(self.inclusion == 1)

    def only(self, kept: npt.NDArray[np.bool_]) -> Checked:
        """Return the posts kept."""
        parts = ("place", "truth", "times", "inclusion", "drawn_as")
        return replace(self, **{name: getattr(self, name)[kept] for name in parts})


def checked_posts(
    posts: Population,
    labelled: pd.DataFrame,
    checked: pd.DataFrame,
    *,
    truth: str | None = None,
    on: str | None = None,
    text: str = "text",
    label_map: Mapping[Any, Any] | None = None,
) -> Checked:
    """Join checked posts to the labelled ones, by key where there is one, else by text.

    Raises
    ------
    InputError
        If there is no column of true labels, a label is unknown, or too few can be joined.
    """
    name = truth_column(checked) if truth is None else truth
    lost: dict[str, int] = {}
    if "annotator" in checked and ("item_id" in checked or text in checked):
        checked, lost = labels_by_votes(checked, text=text, label=name)
    said = column(checked, name, "truth")
    filled = np.array([not is_missing(it) and bool(str(it).strip()) for it in said], bool)
    _check_filled(checked, filled, name)
    code, dropped = _codes(said[filled], posts.labels, label_map)
    rows = checked[filled][code >= 0]
    code = code[code >= 0]
    place, by_key = places_of(posts, labelled, rows, on, text)
    found = place >= 0
    if not found.any():
        raise InputError(
            f"none of the {len(rows):,} checked posts is among the labelled ones, neither by id "
            "nor by text: give the labelled file that they were drawn from, or on= for the key"
        )
    notes = [f"left out: {count:,} {why}" for why, count in lost.items()] + dropped
    if (left := int((~filled).sum())) and left:
        notes.append(f"{left:,} rows of the checked posts are not filled in and were left out")
    if missing := int((~found).sum()):
        notes.append(f"{missing:,} checked posts are not among the labelled ones: left out")
    made = Checked(
        place[found],
        code[found],
        _numbers(rows, DRAWN, 1.0)[found].astype(np.int64),
        _numbers(rows, INCLUSION, np.nan)[found],
        _texts(rows, DRAWN_AS)[found],
        tuple(notes),
    )
    return _once(made, by_key[found])


def truth_column(checked: pd.DataFrame) -> str:
    """Return the column that people filled in.

    Raises
    ------
    InputError
        If there is none, or the only one may be the model's.
    """
    found = next((name for name in _TRUTH if name in checked), None)
    if found is None or (found == "label" and CONFIDENCE in checked):
        names = ", ".join(map(repr, checked.columns))
        why = "the column 'label' is the model's" if found else "no column of true labels is known"
        raise InputError(f"{why}: name the one that people filled in with truth=, one of {names}")
    return found


def _check_filled(checked: pd.DataFrame, filled: npt.NDArray[np.bool_], name: str) -> None:
    if not filled.any():
        raise InputError(f"the column {name!r} is empty: fill in what the checked posts are")
    if DRAWN_AS in checked:
        sure = checked[DRAWN_AS].astype("string").eq(UNCERTAIN).fillna(False).to_numpy(bool)
        if (sure & ~filled).sum() > 0.05 * sure.sum():
            raise InputError(
                f"{(sure & ~filled).sum():,} of the {sure.sum():,} posts chosen by uncertainty are "
                "not filled in: fill them in, or no estimate can be made of this file"
            )


def _codes(
    said: pd.Series[Any], labels: Sequence[ClassName], label_map: Mapping[Any, Any] | None
) -> tuple[Ints, list[str]]:
    """Return the place of each label, -1 where the map leaves it out; and what was left out."""
    place = {_plain(name): at for at, name in enumerate(labels)}
    mapped = {_plain(old): new for old, new in (label_map or {}).items()}
    codes = np.full(len(said), -1, np.int64)
    unknown: dict[str, int] = {}
    dropped = 0
    for at, value in enumerate(said):
        key = _plain(value)
        wanted = mapped.get(key, value)
        if wanted is None:
            dropped += 1
        elif (code := place.get(_plain(wanted))) is None:
            unknown[short(value)] = unknown.get(short(value), 0) + 1
        else:
            codes[at] = code
    if unknown:
        what = ", ".join(f"{name!r} ({n:,})" for name, n in list(unknown.items())[:8])
        known = ", ".join(map(repr, labels))
        raise InputError(
            f"the checked posts have labels that the model does not give: {what}. Say what they "
            f"are with label_map={{old: new}}, new one of {known}, or None to leave them out"
        )
    return codes, [f"{dropped:,} checked posts were left out by label_map"] if dropped else []


def _plain(name: object) -> str:
    """Return a label without case and spaces, as people's spellings of it share it."""
    if isinstance(name, float) and name.is_integer():
        name = int(name)  # what a spreadsheet makes of a whole number
    return " ".join(str(name).split()).casefold()


def _numbers(rows: pd.DataFrame, name: str, otherwise: float) -> Floats:
    if name not in rows:
        return np.full(len(rows), otherwise)
    values = pd.to_numeric(rows[name], errors="coerce").to_numpy(np.float64, na_value=np.nan)
    return np.where(np.isfinite(values), values, otherwise)


def _texts(rows: pd.DataFrame, name: str) -> npt.NDArray[np.object_]:
    if name not in rows:
        return np.full(len(rows), None, object)
    return rows[name].astype(object).where(rows[name].notna(), None).to_numpy(object)


def _once(made: Checked, by_key: npt.NDArray[np.bool_]) -> Checked:
    """Take a post that stands twice once; rows with equal texts are draws of their own."""
    twice = pd.Series(np.where(by_key, made.place, -1 - np.arange(len(made)))).duplicated()
    again = twice.to_numpy(bool)
    if not again.any():
        return made
    first = pd.Series(made.truth).groupby(made.place).transform("first").to_numpy()
    other = int((again & (made.truth != first)).sum())
    note = f"{again.sum():,} checked posts stand more than once: the first was taken" + (
        f" ({other:,} times another label was given later)" if other else ""
    )
    kept = made.only(~again)
    return replace(kept, notes=(*kept.notes, note))
