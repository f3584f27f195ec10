"""Shares without a checked post from the collection: ACC, PACC and EMQ.

All three trust that posts of one true label are labelled here as they were elsewhere (prior shift):
what no other archive can promise. They are shown beside an estimate, never in its place.

References
----------
Saerens, Latinne & Decaestecker (2002), Adjusting the outputs of a classifier to new a priori
probabilities. Neural Computation 14 (EMQ).
Forman (2008), Quantifying counts and costs via classification. Data Mining and Knowledge Discovery
17 (ACC).
Bella, Ferri, Hernández-Orallo & Ramírez-Quintana (2010), Quantification via probability
estimators. ICDM (PACC).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_STEPS: Final = 1_000
_SAME: Final = 1e-8
#: Three ways that all were right would not lie farther apart.
FAR: Final = 0.05


def adjusted_count(rates: Floats, q: Floats) -> Floats:
    """Return the shares p ≥ 0, Σp = 1, whose predicted shares ``p @ rates`` are nearest to `q`.

    ACC (Forman 2008) with rates of predicted labels, PACC (Bella et al. 2010) with mean
    probabilities.

    Parameters
    ----------
    rates : ndarray of float64, shape (K, K)
        Of the posts truly of each label (rows), what share is given each (columns).
    q : ndarray of float64, shape (K,)

    Examples
    --------
    >>> rates = np.array([[0.8, 0.2], [0.1, 0.9]])
    >>> adjusted_count(rates, np.array([0.3, 0.7]) @ rates).round(3)
    array([0.3, 0.7])
    """
    from scipy.optimize import nnls

    # a heavy row holds the sum at 1
    heavy = 1e4
    system = np.vstack([rates.T, np.full(len(q), heavy)])
    p: Floats = nnls(system, np.append(q, heavy))[0]
    p /= p.sum()
    return p


def expectation_maximised(proba: Floats, mass: Floats, prior: Floats) -> Floats:
    """Return the shares that make the posts' probabilities most likely (EMQ, Saerens et al. 2002).

    Parameters
    ----------
    proba : ndarray of float64, shape (N, K)
        Calibrated probabilities under the shares of `prior`.
    mass : ndarray of float64, shape (N,)
    prior : ndarray of float64, shape (K,)
        Shares of the labels where the probabilities were learnt.

    Examples
    --------
    >>> proba = np.array([[0.9, 0.1]] * 30 + [[0.1, 0.9]] * 70)
    >>> expectation_maximised(proba, np.ones(100), np.array([0.5, 0.5])).round(3)
    array([0.25, 0.75])
    """
    learnt = np.maximum(prior, 1e-6)
    shares: Floats = learnt / learnt.sum()
    for _ in range(_STEPS):
        moved = proba * (shares / learnt)
        moved /= moved.sum(axis=1, keepdims=True)
        new: Floats = np.average(moved, axis=0, weights=mass)
        if np.abs(new - shares).max() < _SAME:
            return new
        shares = new
    return shares
