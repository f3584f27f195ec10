"""Scores equal scikit-learn's; intervals are those of a bootstrap done the slow way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from stancekit.errors import InputError
from stancekit.scores import metrics
from stancekit.scores.metrics import bootstrap_interval, class_codes, resampled_confusions

PAIRS = st.integers(2, 6).flatmap(
    lambda k: st.tuples(
        st.just(k),
        st.lists(st.tuples(*[st.integers(0, k - 1)] * 2), min_size=1, max_size=40),
    )
)


def sample(posts, seed=0, classes=4, right=0.7):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, posts)
    return y, np.where(rng.random(posts) < right, y, rng.integers(0, classes, posts))


@pytest.mark.slow
@given(PAIRS)
def test_scores_are_scikit_learns(drawn):
    k, pairs = drawn
    y, p = np.array(pairs).T
    matrix = metrics.confusion(y, p, k)
    assert (matrix == sk.confusion_matrix(y, p, labels=range(k))).all()
    sure, found, f1, _ = sk.precision_recall_fscore_support(y, p, labels=range(k), zero_division=0)
    assert np.allclose(metrics.precision(matrix), sure)
    assert np.allclose(metrics.recall(matrix), found)
    assert np.allclose(np.nan_to_num(metrics.f1(matrix)), f1)
    assert float(metrics.accuracy(matrix)) == pytest.approx(sk.accuracy_score(y, p))
    macro = sk.f1_score(y, p, average="macro", zero_division=0)
    assert float(metrics.macro_f1(matrix)) == pytest.approx(macro)


def test_a_stack_is_scored_as_its_matrices():
    stack = np.random.default_rng(0).integers(0, 9, (5, 2, 3, 3))
    one_by_one = [[metrics.macro_f1(matrix) for matrix in row] for row in stack]
    assert np.allclose(metrics.macro_f1(stack), one_by_one)


def test_no_posts_score_nan_without_a_warning():
    assert np.isnan(metrics.macro_f1(np.zeros((3, 3))))
    assert np.isnan(metrics.accuracy(np.zeros((3, 3))))


@given(PAIRS, st.integers(0, 99))
@settings(max_examples=40)
def test_every_resample_has_as_many_posts_or_groups(drawn, seed):
    k, pairs = drawn
    y, p = np.array(pairs).T
    assert (resampled_confusions(y, p, k, n=7, seed=seed).sum(axis=(1, 2)) == len(y)).all()
    # Groups of two posts each: every resample holds twice as many posts as groups.
    groups = np.repeat(np.arange(len(y)), 2)
    drawn = resampled_confusions(np.repeat(y, 2), np.repeat(p, 2), k, groups=groups, n=7)
    if len(y) > 1:
        assert (drawn.sum(axis=(1, 2)) == 2 * len(y)).all()


@pytest.mark.parametrize("grouped", [False, True])
def test_interval_is_that_of_drawing_posts_one_by_one(grouped):
    y, p = sample(400)
    rng = np.random.default_rng(1)
    groups = rng.integers(0, 120, 400) if grouped else np.arange(400)
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    slow = []
    for _ in range(1500):
        drawn = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        slow.append(metrics.macro_f1(metrics.confusion(y[drawn], p[drawn], 4)))
    fast = bootstrap_interval(y, p, groups=groups if grouped else None, n=4000)
    assert [fast.low, fast.high] == pytest.approx(np.quantile(slow, [0.025, 0.975]), abs=0.008)
    assert fast.low < fast.value < fast.high


def test_interval_covers_the_truth_about_as_often_as_it_says():
    truth = 0.7 + 0.3 / 4
    found = [bootstrap_interval(*sample(300, seed), "accuracy", n=400) for seed in range(200)]
    covered = np.mean([interval.low <= truth <= interval.high for interval in found])
    assert 0.89 <= covered <= 0.99


def test_copies_narrow_the_interval_only_if_taken_for_posts():
    y, p = (np.repeat(side, 20) for side in sample(200))
    groups = np.repeat(np.arange(200), 20)
    honest, naive = bootstrap_interval(y, p, groups=groups), bootstrap_interval(y, p)
    assert honest.high - honest.low > 3 * (naive.high - naive.low)


def test_same_seed_same_interval_and_names_do_not_matter():
    y, p = sample(300)
    names = np.array(["pro", "contra", "other", "none"], dtype=object)
    assert bootstrap_interval(y, p, seed=4) == bootstrap_interval(y.tolist(), p.tolist(), seed=4)
    assert bootstrap_interval(names[y], names[p]).value == bootstrap_interval(y, p).value
    assert bootstrap_interval(y, p, seed=4) != bootstrap_interval(y, p, seed=5)


def test_own_statistic_and_level():
    y, p = sample(300, classes=2)
    wide = bootstrap_interval(y, p, lambda m: metrics.recall(m)[..., 1], level=0.99)
    slim = bootstrap_interval(y, p, lambda m: metrics.recall(m)[..., 1], level=0.5)
    assert wide.value == pytest.approx(sk.recall_score(y, p))
    assert wide.low < slim.low < slim.high < wide.high


def test_one_group_gives_no_interval():
    found = bootstrap_interval(["a", "b"], ["a", "a"], "accuracy", groups=[7, 7])
    assert (found.value, found.low, found.high) == (0.5, None, None)
    assert str(found) == "0.500 (no interval)"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"statistic": "f2"}, "macro_f1, accuracy"),
        ({"level": 1}, "level"),
        ({"n": 0}, "n is 0"),
        ({"groups": [1]}, "2 group numbers"),
        ({"groups": [1, None]}, "2 group numbers"),
        ({"y_pred": ["a"]}, "shape"),
    ],
)
def test_wrong_input_is_named(change, message):
    with pytest.raises(InputError, match=message):
        bootstrap_interval(**{"y_true": ["a", "b"], "y_pred": ["a", "a"], **change})


def test_unknown_label_is_named_with_its_place():
    with pytest.raises(InputError, match=r"'c' \(post 1\)"):
        class_codes(["a", "c"], ["a", "b"])
    with pytest.raises(InputError, match="repeat"):
        class_codes(["a"], ["a", "a"])
