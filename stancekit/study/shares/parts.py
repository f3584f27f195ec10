"""The estimate of one group, or of all posts: corrected, and what stands beside."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from stancekit.study.shares.beside import Found, horvitz_thompson, ppi, rogan_gladen
from stancekit.study.shares.population import Population
from stancekit.study.shares.posterior import draw_shares
from stancekit.study.shares.result import (
    CORRECTED,
    COUNT,
    HORVITZ_THOMPSON,
    PPI,
    ROGAN_GLADEN,
    Part,
)
from stancekit.study.shares.sample import LEAST_CHECKED, Sample

Floats = npt.NDArray[np.float64]

#: Less likely than this at random, the sample was drawn unequally between the labels given.
_UNEQUAL = 0.01


def part_of(
    posts: Population,
    mass: Floats,
    sample: Sample | None,
    group: int | None,
    rng: np.random.Generator,
    level: float,
    draws: int,
) -> Part:
    """Estimate the shares of all labels in a group, or in all posts."""
    inside: Any = slice(None) if group is None else posts.group == group
    own = mass[inside]
    labels = len(posts.labels)
    q = np.bincount(posts.code[inside], own, labels) / own.sum()
    count = tuple(Found(float(share), np.nan, np.nan) for share in q)
    name = "" if group is None else posts.groups[group]
    if sample is None:
        return Part(name, float(own.sum()), 0, False, {COUNT: count})
    checked = sample.number(group)
    pooled = group is not None and checked < LEAST_CHECKED
    counts = sample.counts(None if pooled else group)
    drawn = draw_shares(sample.elements(group), counts, rng, draws, prior=1 / labels)
    ends = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    share = drawn.mean(axis=0)
    corrected = tuple(
        Found(float(one), float(low), float(high))
        for one, low, high in zip(share, *ends, strict=True)
    )
    found = {CORRECTED: corrected, COUNT: count}
    worth: tuple[int, ...] = ()
    if not pooled:
        found |= _beside(sample, group, inside, own, q, rng, level, draws)
        worth = _worth(share, drawn.var(axis=0), float(own.sum()), checked)
    return Part(name, float(own.sum()), checked, pooled, found, worth)


def _worth(share: Floats, spread: Floats, size: float, checked: int) -> tuple[int, ...]:
    """Say how many more random posts, checked without a model, have as small a variance.

    Of n of N posts it is p(1 − p)(1/n − 1/N).
    """
    alone = 1 / (spread / np.maximum(share * (1 - share), 1e-12) + 1 / size)
    return tuple(int(max(0, round(one - checked))) for one in alone)


def _beside(
    sample: Sample,
    group: int | None,
    inside: Any,
    mass: Floats,
    q: Floats,
    rng: np.random.Generator,
    level: float,
    draws: int,
) -> dict[str, tuple[Found, ...]]:
    posts, checked = sample.posts, sample.checked
    kept = sample.inside(group)
    place, times = checked.place[kept], checked.times[kept]
    truth, code = np.repeat(checked.truth[kept], times), np.repeat(posts.code[place], times)
    weight = np.repeat(sample.weight[kept] * _copies(sample)[kept], times)
    weight = _as_the_posts(code, weight, q)
    place = np.repeat(place, times)
    found: dict[str, list[Found]] = {PPI: [], ROGAN_GLADEN: []}
    known = np.isfinite(checked.inclusion[kept]).all()
    if known:
        found[HORVITZ_THOMPSON] = []
    for label in range(len(posts.labels)):
        given = (posts.code == label).astype(np.float64)
        y = (truth == label).astype(np.float64)
        f = given if posts.proba is None else posts.proba[:, label]
        found[PPI].append(ppi(f[inside], mass, y, f[place], weight, level))
        found[ROGAN_GLADEN].append(
            rogan_gladen(float(q[label]), len(mass), y, given[place], weight, rng, draws, level)
        )
        if known:
            own = np.repeat(_masses(sample)[kept], times)
            pi = np.repeat(checked.inclusion[kept], times)
            found[HORVITZ_THOMPSON].append(
                horvitz_thompson(given[inside], mass, y, given[place], own, pi, level)
            )
    return {name: tuple(ones) for name, ones in found.items()}


def _masses(sample: Sample) -> Floats:
    """Return what each checked element counts in the unit: a text, all its copies."""
    place = sample.checked.place
    if sample.drawn != "texts":
        return sample.mass[place]
    text = sample.posts.text
    return np.asarray(np.bincount(text, sample.mass)[text[place]], np.float64)


def _copies(sample: Sample) -> Floats:
    """Return what a text counts more than the weight says, where strata see to it otherwise."""
    if sample.drawn == "texts" and (sample.mass == 1).all():
        return _masses(sample)
    return np.ones(len(sample.checked))


def _as_the_posts(code: npt.NDArray[np.int64], weight: Floats, q: Floats) -> Floats:
    """Weigh a sample that was drawn unequally between the labels given as they are among all."""
    from scipy.stats import chisquare

    seen = np.bincount(code, minlength=len(q))
    there = (q > 0) & (seen > 0)
    if there.sum() < 2 or not np.allclose(weight, weight[0]):
        return weight
    expected = q[there] / q[there].sum() * seen[there].sum()
    if chisquare(seen[there], expected).pvalue >= _UNEQUAL:
        return weight
    factor: Floats = np.divide(q, seen, out=np.zeros_like(q), where=seen > 0)[code]
    return factor
