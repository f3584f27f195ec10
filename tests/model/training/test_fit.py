"""The classifier under the model: two classes like many, folds that lack a class, weights."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from stancekit.model.training import fit
from stancekit.progress import progress_bar


def sample(posts=120, classes=3, columns=8, seed=0):
    rng = np.random.default_rng(seed)
    y = np.arange(posts) % classes
    centres = rng.normal(size=(classes, columns))
    return sp.csr_array(centres[y] + rng.normal(size=(posts, columns))), y


def one(matrix, y, weight=None, strength=1.0):
    weight = np.ones(len(y)) if weight is None else weight
    (found,) = fit.fit_path(matrix, y, weight, (strength,))
    return found


def cross(matrix, y, groups=None, **options):
    groups = np.arange(len(y)) if groups is None else groups
    settings = {"seed": 0, "n_jobs": 1, "bar": progress_bar(False), **options}
    return fit.cross_validate(matrix, y, groups, np.ones(len(y)), **settings)


def test_two_classes_have_symmetric_coefficients_and_the_same_probabilities():
    matrix, y = sample(classes=2)
    found = one(matrix, y)
    assert found.weights.shape == (2, 8)
    assert (found.weights[0] == -found.weights[1]).all()
    assert found.intercept[0] == -found.intercept[1]
    theirs = LogisticRegression(max_iter=1000).fit(matrix, y)
    logits = found.logits(matrix)
    assert logits[:, 1] - logits[:, 0] == pytest.approx(theirs.decision_function(matrix), abs=0.02)


def test_many_classes_have_logits_whose_intercepts_balance():
    matrix, y = sample(classes=4)
    found = one(matrix, y)
    assert found.weights.shape == (4, 8)
    assert found.intercept.sum() == pytest.approx(0, abs=1e-12)
    theirs = LogisticRegression(max_iter=1000).fit(matrix, y)
    logits = found.logits(matrix)
    ours = logits - logits.mean(axis=1, keepdims=True)
    wanted = theirs.decision_function(matrix)
    assert ours == pytest.approx(wanted - wanted.mean(axis=1, keepdims=True), abs=0.02)


def test_a_post_of_weight_two_counts_as_two():
    matrix, y = sample()
    weight = np.where(np.arange(len(y)) % 5 == 0, 2.0, 1.0)
    again = np.flatnonzero(weight == 2)
    twice = one(sp.vstack([matrix, matrix[again]], "csr"), np.append(y, y[again]))
    assert one(matrix, y, weight).weights == pytest.approx(twice.weights, abs=0.01)


def test_every_strength_is_tried_weakest_regularisation_last():
    matrix, y = sample()
    path = list(fit.fit_path(matrix, y, np.ones(len(y)), fit.STRENGTHS))
    sizes = [np.abs(found.weights).sum() for found in path]
    assert sizes == sorted(sizes)
    for strength, found in zip(fit.STRENGTHS, path, strict=True):
        assert found.weights == pytest.approx(one(matrix, y, strength=strength).weights, abs=0.02)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=50))
def test_rare_classes_weigh_more_but_not_all_the_way(y):
    y = np.array(y)
    weight = fit.class_weights(y, 4)
    count = np.bincount(y, minlength=4)
    assert weight.shape == y.shape
    assert (weight > 0).all()
    for a in range(4):
        for b in range(4):
            if count[a] and count[b]:
                ratio = weight[y == a][0] / weight[y == b][0]
                assert ratio == pytest.approx(np.sqrt(count[b] / count[a]))


def test_classes_of_one_size_weigh_one():
    assert fit.class_weights(np.array([0, 1, 2, 0, 1, 2]), 3) == pytest.approx(np.ones(6))


@pytest.mark.parametrize(
    ("posts", "fewest", "folds"), [(100, 50, 5), (100, 3, 3), (100, 2, 2), (10_001, 50, 3)]
)
def test_the_number_of_folds_follows_posts_and_groups(posts, fewest, folds):
    y = (np.arange(posts) < fewest).astype(np.int64)
    assert fit.folds_for(y, np.arange(posts)) == folds
    assert fit.folds_for(y, np.arange(posts) // 2) == max(2, min(folds, fewest // 2))


def test_each_post_is_scored_once_by_a_model_that_saw_none_of_its_group(monkeypatch):
    matrix, y = sample(90)
    groups = np.arange(90) // 2
    seen = []
    plain = fit._fold

    def recorded(matrix, y, weight, split, classes):
        seen.append(split)
        return plain(matrix, y, weight, split, classes)

    monkeypatch.setattr(fit, "_fold", recorded)
    found = cross(matrix, y, groups)
    assert len(seen) == found.folds == 5
    for train, test in seen:
        assert not set(groups[train]) & set(groups[test])
    assert sorted(np.concatenate([test for _, test in seen])) == list(range(90))
    assert found.logits.shape == (90, 3)


def test_the_strength_with_the_best_macro_f1_is_chosen():
    found = cross(*sample())
    assert set(found.scores) == set(fit.STRENGTHS)
    assert found.scores[found.strength] == max(found.scores.values())
    assert found.scores[found.strength] > 0.8


def test_labels_without_signal_score_at_chance():
    matrix, y = sample(300)
    y = np.random.default_rng(1).permutation(y)
    assert max(cross(matrix, y).scores.values()) < 0.45


@pytest.mark.parametrize("lacking", [{2}, {0, 2}], ids=["one of three", "two of three"])
def test_a_fold_may_lack_a_class(lacking):
    matrix, y = sample(60)
    train = np.flatnonzero(~np.isin(y, list(lacking)))
    logits = fit._fold(matrix, y, np.ones(60), (train, np.arange(60)), 3)
    assert logits.shape == (len(fit.STRENGTHS), 60, 3)
    assert np.isfinite(logits).all()
    for absent in lacking:  # never chosen, and far off
        assert (logits.argmax(axis=2) != absent).all()
        assert (logits.max(axis=2) - logits[:, :, absent]).min() >= 10


def test_the_seed_decides():
    matrix, y = sample(60)
    first, again = cross(matrix, y, seed=5), cross(matrix, y, seed=5)
    assert (first.logits == again.logits).all()
    assert not (cross(matrix, y, seed=6).logits == first.logits).all()
