"""From a population and its checked posts to elements, strata and counts of what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.study.shares.checked import Checked
from stancekit.study.shares.drawn import Drawn, design_effect
from stancekit.study.shares.population import Population, Unit
from stancekit.study.shares.posterior import Elements, counts_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: With fewer checked posts, a group's errors are taken from all groups.
LEAST_CHECKED: Final = 30


@dataclass(frozen=True)
class Sample:
    """A population, what of it was checked, and in what unit it is counted.

    Attributes
    ----------
    posts : Population
    checked : Checked
    mass : ndarray of float64, shape (N,)
        What each post counts in the unit.
    drawn : str
        What was drawn at random.
    stratum : ndarray of int64, shape (N,)
    strata : int
    weight : ndarray of float64, shape (n,)
        How many of its like each checked one stands for, up to a factor.
    effect : float
        How many times more the estimate varies because whole accounts were drawn.
    """

    posts: Population
    checked: Checked
    mass: Floats
    drawn: Drawn
    stratum: Ints
    strata: int
    weight: Floats
    effect: float

    def inside(self, group: int | None) -> npt.NDArray[np.bool_]:
        """Whether each checked one is in a group (all, without), shape (n,)."""
        place = self.checked.place
        if group is None:
            return np.ones(len(place), bool)
        if self.drawn != "texts":
            return np.asarray(self.posts.group[place] == group)
        there: Any = np.bincount(self.posts.text, self.posts.group == group)  # a copy of the text
        return np.asarray(there[self.posts.text[place]] > 0)

    def number(self, group: int | None) -> int:
        """How many were checked in a group."""
        return int(self.checked.times[self.inside(group)].sum())

    def counts(self, group: int | None) -> Floats:
        """Count what was found at random in a group, shape (strata, K); see `counts_of`."""
        chosen = self.inside(group) & ~self.checked.certain
        found = counts_of(
            self.stratum[self.checked.place[chosen]],
            self.checked.truth[chosen],
            self.weight[chosen],
            self.checked.times[chosen],
            (self.strata, len(self.posts.labels)),
        )
        return found / self.effect

    def elements(self, group: int | None) -> Elements:
        """Return what can be drawn of a group: its posts, or the texts with copies in it."""
        inside = np.ones(len(self.posts.code), bool) if group is None else self._group(group)
        if self.drawn != "texts":
            truth: Any = np.full(len(self.posts.code), -1)
            truth[self.checked.place] = self.checked.truth
            return Elements(self.stratum[inside], self.mass[inside], truth[inside])
        text = self.posts.text
        mass: Any = np.bincount(text, self.mass * inside)
        stratum = np.empty(len(mass), np.int64)
        stratum[text] = self.stratum
        truth = np.full(len(mass), -1)
        truth[text[self.checked.place]] = self.checked.truth
        there = mass > 0
        return Elements(stratum[there], mass[there], truth[there])

    def _group(self, group: int) -> npt.NDArray[np.bool_]:
        return np.asarray(self.posts.group == group)


def sample_of(posts: Population, checked: Checked, unit: Unit, drawn: Drawn) -> Sample:
    """Weigh what was checked in the unit of the estimate, and part the posts into strata.

    Strata are the labels given; of texts that stand for their copies, those that were repeated are
    strata of their own, if enough were checked: what is repeated may be of another kind.
    """
    mass = posts.mass(unit)
    stratum, strata = posts.code, len(posts.labels)
    weight: Floats = 1 / np.where(np.isfinite(checked.inclusion), checked.inclusion, 1.0)
    if drawn == "texts" and unit == "posts":
        repeated = (posts.copies > 1).astype(np.int64)
        seen = np.bincount(repeated[checked.place[~checked.certain]], minlength=2)
        if seen.min() >= LEAST_CHECKED:
            stratum, strata = stratum * 2 + repeated, strata * 2
    elif unit != drawn and not (drawn == "accounts" and unit == "posts"):
        own: Any = np.bincount(posts.text, mass)[posts.text] if drawn == "texts" else mass
        weight = weight * own[checked.place]
    effect = 1.0
    made = Sample(posts, checked, mass, drawn, stratum, strata, weight, effect)
    if drawn == "accounts" and posts.account is not None and len(checked):
        found = made.counts(None)
        share = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12)
        truth = np.eye(len(posts.labels))[checked.truth]
        residual = (truth - share[stratum[checked.place]]) * weight[:, None]
        effect = design_effect(posts.account[checked.place], residual)
    return Sample(posts, checked, mass, drawn, stratum, strata, weight, effect)


def errors_differ(sample: Sample, groups: int, seed: int, draws: int = 999) -> float | None:
    """Return the p of the errors being the same in all groups; None where it cannot be told.

    A chi-square over the true labels by group within each stratum, against the same with the
    groups shuffled within strata (Hope 1968, A simplified Monte Carlo significance test procedure):
    with counts as small, the chi-square distribution would be none.
    """
    chosen = ~sample.checked.certain
    place = sample.checked.place[chosen]
    times = sample.checked.times[chosen]
    stratum = np.repeat(sample.stratum[place], times)
    group = np.repeat(sample.posts.group[place], times)
    truth = np.repeat(sample.checked.truth[chosen], times)
    if len(np.unique(group)) < 2:
        return None
    order = np.argsort(stratum, kind="stable")
    stratum, group, truth = stratum[order], group[order], truth[order]
    labels = len(sample.posts.labels)
    shape = (sample.strata, groups, labels)
    expected = _cells(stratum, group, truth, shape)
    rows, columns = expected.sum(axis=2, keepdims=True), expected.sum(axis=1, keepdims=True)
    whole = np.maximum(rows.sum(axis=1, keepdims=True), 1)
    expected = rows * columns / whole

    def statistic(groups_now: Ints) -> float:
        gap = _cells(stratum, groups_now, truth, shape) - expected
        return float((gap**2 / np.where(expected > 0, expected, 1)).sum())

    rng = np.random.default_rng(seed)
    seen = statistic(group)
    keys = rng.random((draws, len(group))) + stratum  # sorting them shuffles within strata
    as_much = sum(statistic(group[np.argsort(key)]) >= seen - 1e-9 for key in keys)
    return (1 + as_much) / (1 + draws)


def _cells(stratum: Ints, group: Ints, truth: Ints, shape: tuple[int, int, int]) -> Floats:
    cell = (stratum * shape[1] + group) * shape[2] + truth
    return np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)
