"""Post-stratified by predicted label, with a Dirichlet prior: draws of all shares at once.

What was drawn (posts, or texts with their copies) is an element with a mass in the unit asked for.
Within a stratum, the elements of one predicted label, the true labels of those checked at random
are a multinomial sample, whose probabilities have a Dirichlet posterior. A draw of the shares
keeps the elements checked as they are and draws the others from the posterior: a finite population
(Ericson 1969), in which a text of a thousand copies that nobody checked is as uncertain as it is.

The prior is 1/K for each of K labels, ½ with two: the mass of one post a stratum (Perks 1947). With
½ for each of four labels (Jeffreys) it is the mass of two, and rare labels are pulled up:
docs/benchmarks.md has the coverage of both.

References
----------
Perks (1947), Some observations on inverse probability. Journal of the Institute of Actuaries 73.
Ericson (1969), Subjective Bayesian models in sampling finite populations. J. R. Stat. Soc. B 31.
Holt & Smith (1979), Post stratification. J. R. Stat. Soc. A 142.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Elements whose true labels are drawn one by one, of unequal masses; the others together.
_ALONE: Final = 64


@dataclass(frozen=True)
class Elements:
    """What can be drawn.

    Attributes
    ----------
    stratum : ndarray of int64, shape (E,)
    mass : ndarray of float64, shape (E,)
        What each counts in the unit.
    truth : ndarray of int64, shape (E,)
        True label of those checked, -1 for the others.
    """

    stratum: Ints
    mass: Floats
    truth: Ints


def counts_of(
    stratum: Ints, truth: Ints, weight: Floats, times: Ints, shape: tuple[int, int]
) -> Floats:
    """Count true labels by stratum; unequal weights count as many as they are worth.

    That is Kish's effective number, (Σw)²/Σw², in the shares that the weights give.

    Returns
    -------
    ndarray of float64, shape `shape` (strata, labels)
    """
    cell = stratum * shape[1] + truth
    size = shape[0] * shape[1]
    weighted = np.bincount(cell, weight * times, size).reshape(shape)
    total = np.bincount(stratum, weight * times, shape[0])
    squares = np.bincount(stratum, weight**2 * times, shape[0])
    worth = np.divide(total, squares, out=np.zeros_like(total), where=squares > 0)
    return np.asarray(weighted * worth[:, None], np.float64)


def draw_shares(
    elements: Elements, counts: Floats, rng: np.random.Generator, draws: int, prior: float
) -> Floats:
    """Draw the shares of all labels from their posterior.

    Parameters
    ----------
    counts : ndarray of float64, shape (strata, K)
        True labels of the elements checked at random.
    prior : float
        Mass for each label and stratum.

    Returns
    -------
    ndarray of float64, shape (draws, K)
        Each row adds up to 1.
    """
    labels = counts.shape[1]
    seen = elements.truth >= 0
    sums: Floats = np.zeros((draws, labels))
    sums += np.bincount(elements.truth[seen], elements.mass[seen], labels)
    for stratum in np.unique(elements.stratum[~seen]):
        mass = elements.mass[~seen & (elements.stratum == stratum)]
        share = rng.standard_gamma(counts[stratum] + prior, (draws, labels))
        share += np.finfo(float).tiny  # of a hundred labels, all may underflow
        sums += _drawn(mass, share / share.sum(axis=1, keepdims=True), rng)
    sums /= elements.mass.sum()
    return sums


def _drawn(mass: Floats, share: Floats, rng: np.random.Generator) -> Floats:
    """Draw the true label of each element, and sum the masses; shape (draws, K)."""
    if mass.min() == mass.max():
        return np.asarray(mass[0] * rng.multinomial(len(mass), share), np.float64)
    rest, alone = np.split(np.sort(mass), [max(len(mass) - _ALONE, 0)])
    sums: Any = np.zeros_like(share)
    if len(rest):  # as many equal ones as vary as much
        worth = max(round(rest.sum() ** 2 / (rest**2).sum()), 1)
        sums += rest.sum() / worth * rng.multinomial(worth, share)
    upto = share.cumsum(axis=1)[:, :-1]
    for one in alone:
        label = (rng.random((len(share), 1)) > upto).sum(axis=1)
        sums[np.arange(len(share)), label] += one
    return np.asarray(sums, np.float64)
