"""What labelled posts from elsewhere say of a model's errors, and the shares that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import ClassName
from stancekit.model.stance_model import StanceModel
from stancekit.scores.metrics import class_codes
from stancekit.scores.report import Report
from stancekit.study.shares.beside import Found
from stancekit.study.shares.checked import truth_column
from stancekit.study.shares.population import Population, population
from stancekit.study.shares.quantifying import adjusted_count, expectation_maximised
from stancekit.study.shares.result import ACC, EMQ, PACC
from stancekit.text.given import column

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class HeldOut:
    """How posts of each true label were labelled elsewhere.

    Attributes
    ----------
    given : ndarray of float64, shape (K, K)
        Of the posts truly of each label (rows), what share was given each (columns).
    proba : ndarray of float64, shape (K, K), optional
        Their mean probabilities.
    prior : ndarray of float64, shape (K,)
        Shares of the true labels.
    """

    given: Floats
    proba: Floats | None
    prior: Floats


def held_out_of(
    held_out: pd.DataFrame | Report | StanceModel,
    labels: Sequence[ClassName],
    label: str,
    truth: str | None,
) -> HeldOut:
    """Take labelled posts from elsewhere, or a model's report on such.

    Raises
    ------
    InputError
        If the labels are others, or one is the true label of no post.
    """
    if isinstance(held_out, pd.DataFrame):
        posts = population(held_out, label=label)
        name = truth_column(held_out) if truth is None else truth
        true = class_codes(column(held_out, name, "truth").iloc[posts.row].tolist(), labels)
        code = np.array([list(labels).index(posts.labels[place]) for place in posts.code])
        counts = np.zeros((len(labels), len(labels)))
        np.add.at(counts, (true, code), 1)
        proba = None
        if posts.proba is not None and tuple(posts.labels) == tuple(labels):
            proba = np.zeros_like(counts)
            np.add.at(proba, true, posts.proba)
    else:
        report = held_out.report if isinstance(held_out, StanceModel) else held_out
        if tuple(report.classes) != tuple(labels):
            raise InputError(
                f"held_out is of the labels {', '.join(map(str, report.classes))}, the posts of "
                f"{', '.join(map(str, labels))}: give what the same model was scored on"
            )
        counts, proba = np.array(report.counts, np.float64), None
    rows = counts.sum(axis=1, keepdims=True)
    if not rows.all():
        missing = str(labels[int(np.argmin(rows))])
        raise InputError(f"held_out has no post that is truly {missing}: its errors are unknown")
    mean = None if proba is None else proba / rows
    return HeldOut(counts / rows, mean, rows.ravel() / rows.sum())


def quantified(
    elsewhere: HeldOut, posts: Population, mass: Floats, inside: Any
) -> dict[str, tuple[Found, ...]]:
    """Estimate the shares in a part of the posts by ACC, and by PACC and EMQ where they can be."""
    own = mass[inside]
    q = np.bincount(posts.code[inside], own, len(posts.labels)) / own.sum()
    found = {ACC: adjusted_count(elsewhere.given, q)}
    if posts.proba is not None:
        proba = posts.proba[inside]
        if elsewhere.proba is not None:
            found[PACC] = adjusted_count(elsewhere.proba, np.average(proba, axis=0, weights=own))
        found[EMQ] = expectation_maximised(proba, own, elsewhere.prior)
    return {
        name: tuple(Found(float(share), np.nan, np.nan) for share in shares)
        for name, shares in found.items()
    }
