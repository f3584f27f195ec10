"""Label the texts of all cases with a model, any model, and judge every case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.fairness.cases import Case
from stancekit.fairness.templates import Template
from stancekit.progress import progress_bar

_BATCH: Final = 2_000


class Classifier(Protocol):
    """What can be audited: a `StanceModel`, or anything of yours that labels like one."""

    def classify(self, posts: list[str], /) -> pd.DataFrame:
        """Label texts: a row each, with a Categorical ``label`` and a probability a category."""


@dataclass(frozen=True, eq=False)
class Scores:
    """What a model says of texts.

    Attributes
    ----------
    classes : tuple of str
    proba : ndarray of float64, shape (texts, classes)
    """

    classes: tuple[str, ...]
    proba: npt.NDArray[np.float64]


def score(model: Classifier, texts: Sequence[str], progress: bool | None = None) -> Scores:
    """Ask a model for the probabilities of every text.

    Raises
    ------
    InputError
        If what it answers is no label table.
    """
    if not callable(getattr(model, "classify", None)):
        raise InputError(
            f"model is {type(model).__name__}: give a StanceModel, a model's name or folder, or "
            "an object with classify(texts)"
        )
    classes: tuple[object, ...] = ()
    parts = []
    with progress_bar(progress, total=len(texts), unit=" texts", desc="auditing") as bar:
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            table = model.classify(batch)
            classes = classes or _classes(table)
            parts.append(_proba(table, batch))
            bar.update(len(batch))
    # templates are text and call a label by its name, also where it is a number
    return Scores(tuple(map(str, classes)), np.concatenate(parts))


def _classes(table: Any) -> tuple[object, ...]:
    label = table["label"] if isinstance(table, pd.DataFrame) and "label" in table else None
    if label is None or not isinstance(label.dtype, pd.CategoricalDtype):
        raise InputError(
            "the model's classify(texts) must give a DataFrame whose column 'label' is "
            "Categorical, with a column of probabilities for each category"
        )
    classes = tuple(label.cat.categories)
    lacking = [str(name) for name in classes if name not in table]
    if len(classes) < 2 or lacking:
        raise InputError(
            f"the model's label table lacks probabilities of {', '.join(lacking)}"
            if lacking
            else "the model has one label only: there is nothing to audit"
        )
    return classes


def _proba(table: Any, texts: list[str]) -> npt.NDArray[np.float64]:
    try:
        proba = table[list(_classes(table))].to_numpy(np.float64)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the model's probabilities cannot be used: {error}") from error
    if len(proba) != len(texts):
        raise InputError(f"the model gave {len(proba)} rows for {len(texts)} texts: give one each")
    bad = np.flatnonzero(~np.isfinite(proba).all(axis=1))
    if len(bad):
        raise InputError(f"the model gives no probabilities for {texts[bad[0]]!r}")
    return np.asarray(proba)


def judge(
    templates: Sequence[Template],
    cases: Sequence[Case],
    model: Classifier,
    progress: bool | None = None,
) -> tuple[pd.DataFrame, tuple[str, ...], dict[str, int]]:
    """Label both texts of every case, and say which cases fail.

    Returns
    -------
    table : DataFrame
        A row a case; see `stancekit.fairness.Audit.cases`.
    classes : tuple of str
        The model's labels.
    left_out : dict of str to int
        Cases of a test that were left out, since the model knows no such label.
    """
    texts = list(dict.fromkeys(text for case in cases for text in (case.left, case.right)))
    place = {text: i for i, text in enumerate(texts)}
    scores = score(model, texts, progress)
    left = scores.proba[[place[case.left] for case in cases]]
    right = scores.proba[[place[case.right] for case in cases]]
    table = _frame(templates, cases, scores.classes, left, right)
    known = [template.expect.label in (None, *scores.classes) for template in templates]
    usable = np.array([known[case.template] for case in cases])
    left_out = table.loc[~usable, "test"].value_counts(sort=False).to_dict()
    failed, change = np.zeros(len(cases), bool), np.zeros(len(cases))
    number = table["template"].to_numpy()
    for expect in {template.expect for template in templates}:
        ours = usable & np.isin(number, [i for i, t in enumerate(templates) if t.expect == expect])
        if ours.any():
            failed[ours], change[ours] = expect.judge(left[ours], right[ours], scores.classes)
    table["failed"], table["change"] = failed, change
    return table[usable].reset_index(drop=True), scores.classes, left_out


def _frame(
    templates: Sequence[Template],
    cases: Sequence[Case],
    classes: tuple[str, ...],
    left: npt.NDArray[np.float64],
    right: npt.NDArray[np.float64],
) -> pd.DataFrame:
    of = [templates[case.template] for case in cases]
    names = pd.Index(classes)
    return pd.DataFrame(
        {
            "test": [template.test for template in of],
            "kind": [template.expect.kind for template in of],
            "names": [case.names for case in cases],
            "held_out": [case.held_out for case in cases],
            "template": np.array([case.template for case in cases], np.int64),
            "expect": [str(template.expect) for template in of],
            "swapped": [not template.changed for template in of],
            "written_as": [template.label for template in of],
            "left_name": [case.left_name for case in cases],
            "right_name": [case.right_name for case in cases],
            "left": [case.left for case in cases],
            "right": [case.right for case in cases],
            "left_label": pd.Categorical.from_codes(left.argmax(axis=1), names),
            "right_label": pd.Categorical.from_codes(right.argmax(axis=1), names),
            **{f"p_left_{name}": left[:, i] for i, name in enumerate(classes)},
            **{f"p_right_{name}": right[:, i] for i, name in enumerate(classes)},
        }
    )
