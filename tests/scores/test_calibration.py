"""Temperature, softmax and calibration error against known answers and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stancekit.errors import InputError
from stancekit.scores.calibration import (
    expected_calibration_error,
    fit_temperature,
    reliability,
    softmax,
)

LOGITS = arrays(np.float64, (7, 3), elements=st.floats(-1e6, 1e6))


def sample(seed=0, posts=4000, classes=4):
    """Logits whose softmax is the truth: each class is drawn with its probability."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(posts, classes)) * 2
    cumulated = softmax(logits).cumsum(axis=1)
    return logits, (rng.random((posts, 1)) > cumulated).sum(axis=1).clip(0, classes - 1)


@given(LOGITS, st.floats(0.05, 20))
def test_softmax_is_a_distribution_that_keeps_the_order(logits, temperature):
    share = softmax(logits, temperature)
    assert share.dtype == np.float64
    assert np.allclose(share.sum(axis=1), 1)
    best = logits.argmax(axis=1)
    assert (share[np.arange(7), best] == share.max(axis=1)).all()


@given(LOGITS, st.floats(-1e3, 1e3))
def test_softmax_ignores_what_is_added_to_all(logits, added):
    assert np.allclose(softmax(logits), softmax(logits + added), atol=1e-6)


def test_softmax_takes_one_post_and_refuses_no_temperature():
    assert softmax(np.float32([0, 0])).tolist() == [0.5, 0.5]
    with pytest.raises(InputError, match="temperature"):
        softmax([[0, 1]], 0)


@pytest.mark.parametrize("factor", [0.25, 1.0, 3.0])
def test_temperature_undoes_a_factor(factor):
    logits, y = sample()
    assert fit_temperature(logits * factor, y) == pytest.approx(factor, rel=0.06)


def test_temperature_lowers_the_calibration_error():
    logits, y = sample()
    over = logits * 4
    better = expected_calibration_error(softmax(over, fit_temperature(over, y)), y)
    assert better < 0.03 < 0.1 < expected_calibration_error(softmax(over), y)


def test_weight_two_is_the_post_twice():
    logits, y = sample(posts=200)
    weight = np.where(np.arange(200) < 50, 2.0, 1.0)
    twice = np.append(np.arange(200), np.arange(50))
    assert fit_temperature(logits, y, weight) == pytest.approx(
        fit_temperature(logits[twice], y[twice]), rel=1e-4
    )


def test_separable_posts_give_a_finite_temperature():
    assert 0.01 <= fit_temperature(np.eye(3) * 5, [0, 1, 2], prior=0) < 0.1


@given(posts=st.integers(2, 60), classes=st.integers(2, 5), margin=st.floats(0.5, 50))
def test_posts_without_a_mistake_are_as_sure_as_laplaces_rule(posts, classes, margin):
    y = np.arange(posts) % classes
    logits = np.eye(classes)[y] * margin
    share = softmax(logits, fit_temperature(logits, y))
    assert share.max(axis=1) == pytest.approx((posts + 1) / (posts + classes), abs=1e-3)


def test_the_prior_cannot_be_seen_in_many_posts():
    logits, y = sample(posts=20_000)
    assert fit_temperature(logits, y) == pytest.approx(
        fit_temperature(logits, y, prior=0), rel=2e-3
    )


@pytest.mark.parametrize("prior", [-1.0, float("nan"), float("inf")])
def test_a_prior_that_is_none_is_refused(prior):
    with pytest.raises(InputError, match="prior"):
        fit_temperature([[0.0, 1.0]], [1], prior=prior)


def test_temperature_agrees_with_scikit_learn():
    calibration = pytest.importorskip("sklearn.calibration")
    scaling = getattr(calibration, "_TemperatureScaling", None)
    if scaling is None:
        pytest.skip("this scikit-learn has no temperature scaling")
    logits, y = sample(posts=500)
    theirs = scaling().fit(logits * 3, y)
    found = fit_temperature(logits * 3, y, prior=0)
    assert found == pytest.approx(1 / theirs.beta_, rel=1e-3)


def test_bins_hold_equally_many_posts_and_share_no_confidence():
    logits, y = sample(posts=1501)
    table = reliability(softmax(logits), y)
    assert len(table) == 15
    assert table["posts"].sum() == 1501
    assert set(table["posts"]) <= {100, 101}
    assert (table["highest"].to_numpy()[:-1] < table["lowest"].to_numpy()[1:]).all()


@given(st.lists(st.sampled_from([0.5, 0.6, 0.75, 1.0]), min_size=1, max_size=60), st.data())
def test_order_of_posts_plays_no_part(confidence, data):
    proba = np.column_stack([confidence, 1 - np.array(confidence)])
    y = np.array(data.draw(st.lists(st.integers(0, 1), min_size=len(proba), max_size=len(proba))))
    places = np.array(data.draw(st.permutations(range(len(proba)))))
    here, there = reliability(proba, y, 5), reliability(proba[places], y[places], 5)
    assert np.allclose(here.to_numpy(), there.to_numpy())
    error = expected_calibration_error(proba, y, 5)
    assert 0 <= error <= 1
    assert error == pytest.approx(expected_calibration_error(proba[places], y[places], 5))


def test_no_posts():
    assert reliability(np.empty((0, 3)), []).empty
    assert np.isnan(expected_calibration_error(np.empty((0, 3)), []))
    with pytest.raises(InputError, match="at least one"):
        fit_temperature(np.empty((0, 3)), [])


@pytest.mark.parametrize(
    ("logits", "y", "weight", "message"),
    [
        ([[0, 1]], [0, 1], None, "shape"),
        ([0, 1], [0, 1], None, "shape"),
        ([[0, np.nan]], [0], None, "row 0"),
        ([[0, 1]], [2], None, r"y\[0\] is 2"),
        ([[0, 1]], ["no"], None, "column number"),
        ([[0, 1]], [0], [-1], "sample_weight"),
        ([[0, 1]], [0], [0], "at least one"),
    ],
)
def test_wrong_input_is_named(logits, y, weight, message):
    with pytest.raises(InputError, match=message):
        fit_temperature(logits, y, weight)


def test_bins_must_be_positive():
    with pytest.raises(InputError, match="bins"):
        reliability([[0.5, 0.5]], [0], 0)
