"""The scan and its calibration, against slow and plain ways of counting."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest, nbinom

from stancekit.events.pileons.calibration import null_of, q_values, rates
from stancekit.events.pileons.episodes import Windows, joined
from stancekit.events.pileons.exposure import DAY, HOUR, exposure_of
from stancekit.events.pileons.levels import Tally, hostile_level
from stancekit.events.pileons.scan import distinct, scan, surprise


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 4)), min_size=1, max_size=30),
    st.integers(1, 30),
)
def test_distinct_accounts_are_counted_as_a_set_counts_them(rows, reach):
    rows = sorted(rows)
    time = np.array([moment for moment, _ in rows])
    who = [account for _, account in rows]
    later = [
        next((t for t, a in rows[place + 1 :] if a == account), 10**9)
        for place, (_, account) in enumerate(rows)
    ]
    slow = [
        len({a for t, a in zip(time, who, strict=True) if end - reach < t <= end}) for end in time
    ]
    assert distinct(time, np.array(later), reach).tolist() == slow


@given(st.integers(1, 400), st.floats(0.5, 300), st.floats(0.001, 0.9))
def test_the_tail_is_bounded_from_above(count, past, ratio):
    exact = nbinom.sf(count - 1, past, 1 - ratio)
    found = surprise(np.array([float(count)]), np.array([past]), np.array([ratio]))[0]
    assert 10**-found >= exact * (1 - 1e-6)
    if count > 2 * past * ratio / (1 - ratio):
        assert exact == 0 or found >= -np.log10(exact) - 0.4


def test_exposure_knows_the_rhythm_and_the_gaps():
    hours = np.repeat(np.arange(0, 30 * DAY, DAY), 9) + np.tile(np.arange(12, 21) * HOUR, 30)
    hours = hours[(hours < 10 * DAY) | (hours >= 15 * DAY)]
    found = exposure_of(hours)
    assert np.isclose(found.total, 25 * 24)
    noon, night = (np.diff(found.at([h * HOUR, (h + 1) * HOUR]))[0] for h in (13, 3))
    assert noon > 2 > 1 > night > 0
    assert np.diff(found.at([11 * DAY, 14 * DAY]))[0] == 0
    passed = np.linspace(0, found.total * 0.999, 200)
    back = found.times(passed)
    assert np.allclose(found.at(back), passed, atol=1e-3)
    assert not ((back >= 10 * DAY) & (back < 15 * DAY)).any()


def test_p_values_of_nothing_are_uniform():
    rng = np.random.default_rng(4)
    targets, size, days = 500, 700, 40
    exposure = exposure_of(rng.integers(0, days * DAY, 20_000))
    time = np.sort(rng.integers(0, days * DAY, (targets, size)), axis=1).ravel()
    null = null_of(size, 10, exposure, 400, rng)
    count = np.full(targets, size)
    found = scan(np.repeat(np.arange(targets), size), np.arange(len(time)), time,
                 rates(count, exposure), exposure)  # fmt: skip
    p = null.p(found.best(targets), count)
    assert kstest(p, "uniform").statistic < 0.1
    assert (p < 0.05).mean() < 0.08


def test_p_falls_with_surprise():
    exposure = exposure_of(np.arange(0, 30 * DAY, HOUR))
    null = null_of(300, 10, exposure, 100, np.random.default_rng(0))
    p = null.p(np.linspace(0, 60, 100), np.full(100, 90))
    assert p[0] == 1 and (np.diff(p) <= 1e-12).all() and 0 < p[-1] < 1e-10


def test_q_values_are_those_of_scipy():
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(0).random(50) ** 3
    assert np.allclose(q_values(p, 50), false_discovery_control(p))
    assert np.allclose(q_values(p[:10], 50), false_discovery_control([*p[:10], *[1] * 40])[:10])


def test_windows_close_by_are_joined():
    found = Windows(
        np.array([1, 1, 1, 2]), np.array([0, 2 * HOUR, 3 * DAY, 0]),
        np.array([10 * HOUR, HOUR * 4, 3 * DAY + 9, 5]),
        np.array([3.0, 9.0, 1.0, 2.0]), np.array([0.01, 0.001, 0.02, 0.03]),
    )  # fmt: skip
    one = joined(found)
    assert one.target.tolist() == [1, 1, 2] and one.end.tolist() == [10 * HOUR, 3 * DAY + 9, 5]
    assert one.p.tolist() == [0.001, 0.02, 0.03]


@given(st.integers(1, 500), st.data())
def test_levels_rise_with_hostile_accounts(accounts, data):
    order = [None, "hostile surge", "pile-on"]
    hostile = sorted(data.draw(st.lists(st.integers(0, accounts), min_size=2, max_size=5)))
    usual = data.draw(st.floats(0, 0.12))
    found = [order.index(hostile_level(Tally(accounts, n, n, 0), usual)) for n in hostile]
    assert found == sorted(found)
