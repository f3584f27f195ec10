"""Intervals hold the truth as often as they say, where the bare count does not.

The same simulation with more repetitions, through `estimate_shares`: benchmarks/shares.py.
"""

import numpy as np
import pytest

from stancekit.study.shares.posterior import Elements, counts_of, draw_shares
from tests.support import errors


def ends(rng, given, true, mass, checked, labels):
    """Interval of every label's share of the mass, from the elements checked."""
    ones = np.ones(len(checked))
    shape = (labels, labels)
    counts = counts_of(given[checked], true[checked], ones, ones.astype(np.int64), shape)
    seen = np.full(len(true), -1)
    seen[checked] = true[checked]
    drawn = draw_shares(Elements(given, mass, seen), counts, rng, 400, 1 / labels)
    return np.quantile(drawn, [0.025, 0.975], axis=0)


def coverage(shares, rates, n, repeated, copies=None, size=4_000, read_as_posts=False):
    """How often the intervals, and those of who counts the labels given, hold the truth."""
    rng = np.random.default_rng(11)
    labels = len(shares)
    inside, counted = np.zeros((2, labels))
    for _ in range(repeated):
        mass = np.ones(size) if copies is None else copies(rng).astype(np.float64)
        true, given = errors.draw(rng, shares, rates, len(mass))
        checked = rng.choice(len(mass), n, replace=False)
        truth = np.bincount(true, mass, labels) / mass.sum()
        low, high = ends(
            rng, given, true, np.ones(len(mass)) if read_as_posts else mass, checked, labels
        )
        inside += (low <= truth) & (truth <= high)
        q = np.bincount(given, mass, labels) / mass.sum()
        counted += abs(q - truth) < 1.96 * np.sqrt(q * (1 - q) / mass.sum())
    return inside / repeated, counted / repeated


@pytest.mark.slow
@pytest.mark.parametrize(
    ("share", "n"), [(0.02, 200), (0.02, 500), (0.05, 300), (0.15, 200), (0.5, 300)]
)
def test_two_labels(share, n):
    inside, counted = coverage([share, 1 - share], errors.TWO, n, 800)
    assert 0.935 <= inside[0] <= 0.975
    assert counted[0] < 0.5


@pytest.mark.slow
def test_of_posts_though_each_text_was_checked_once():
    def copies(rng):
        return errors.zipf(rng, 8_000)

    inside, _ = coverage([0.1, 0.9], errors.TWO, 300, 800, copies)
    assert 0.935 <= inside[0] <= 0.975
    untold, _ = coverage([0.1, 0.9], errors.TWO, 300, 200, copies, read_as_posts=True)
    assert untold[0] < 0.8


@pytest.mark.slow
@pytest.mark.parametrize("shares", [(0.1, 0.66, 0.04, 0.2), (0.03, 0.45, 0.02, 0.5)])
def test_four_labels_at_once(shares):
    inside, _ = coverage(shares, errors.FOUR, 200, 800, size=10_000)
    assert (inside >= 0.925).all()  # of 800: three standard errors below .95
    assert (inside <= 0.975).all()
