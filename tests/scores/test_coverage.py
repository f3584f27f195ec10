"""Counts by confidence, thresholds and least confidences against posts looked at one by one."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import FormatError, InputError
from stancekit.labels import LABELS
from stancekit.scores.coverage import LEAST_POSTS, STEPS, kept, least_confidence, tally
from stancekit.scores.metrics import wilson_interval
from stancekit.scores.report import Report
from stancekit.scores.scoring import make_report
from tests.support import invented

HOW = "Drawn by lot."


def drawn(posts=3000, classes=3, seed=0):
    """Posts whose confidence is how often the label is right."""
    rng = np.random.default_rng(seed)
    guess, confidence = rng.integers(0, classes, posts), rng.uniform(1 / classes, 1, posts)
    truth = np.where(rng.random(posts) < confidence, guess, (guess + 1) % classes)
    return truth, guess, confidence


def report_of(truth, guess, confidence, classes, groups=None):
    rest = (1 - confidence) / (len(classes) - 1)
    proba = np.repeat(rest[:, None], len(classes), axis=1)
    proba[np.arange(len(guess)), guess] = confidence
    return make_report([classes[k] for k in truth], proba, classes, groups=groups, how=HOW)


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.floats(0.34, 1), st.integers(0, 5)),
        min_size=1,
        max_size=40,
    ),
    st.integers(0, STEPS),
)
def test_counts_are_those_of_the_posts_one_by_one(posts, step):
    truth, guess, confidence, groups = (np.array(column) for column in zip(*posts, strict=True))
    found = kept(json.loads(json.dumps(tally(truth, guess, confidence, groups))), 3)
    sure = confidence >= step / STEPS
    for k in range(3):
        mine = sure & (guess == k)
        assert found.predicted[k, step] == mine.sum()
        assert found.right[k, step] == (mine & (truth == k)).sum()
        assert found.true[k, step] == (sure & (truth == k)).sum()
        assert found.squares[k, step] == (np.bincount(groups[mine]) ** 2).sum()


@given(seed=st.integers(0, 50), precision=st.sampled_from([0.5, 0.7, 0.9, 0.99]))
@settings(max_examples=20)
def test_a_threshold_reaches_the_precision_and_none_below_does(seed, precision):
    truth, guess, confidence = drawn(600, seed=seed)
    table = report_of(truth, guess, confidence, "abc").threshold_for(precision)
    for k, row in enumerate(table.itertuples(index=False)):
        mine = guess == k
        shares = {
            step: (truth[sure] == k).mean()
            for step in range(STEPS + 1)
            if (sure := mine & (confidence >= step / STEPS)).sum() >= LEAST_POSTS
        }
        reaching = [step for step, share in shares.items() if share >= precision - 1e-9]
        if not reaching:
            assert np.isnan([row.min_confidence, row.precision, row.precision_low]).all()
            assert (row.coverage, row.posts) == (0, 0)
            continue
        assert row.min_confidence == min(reaching) / STEPS
        sure = mine & (confidence >= row.min_confidence)
        assert (row.posts, row.coverage) == (sure.sum(), sure.sum() / mine.sum())
        assert row.precision == pytest.approx((truth[sure] == k).mean())
        low, high = wilson_interval(row.precision, sure.sum())
        assert (row.precision_low, row.precision_high) == pytest.approx((low, high))


def test_new_posts_of_the_same_kind_are_as_precise():
    table = report_of(*drawn(30_000, seed=1), "abc").threshold_for(0.9)
    truth, guess, confidence = drawn(30_000, seed=2)
    sure = confidence >= table["min_confidence"].to_numpy()[guess]
    for k, row in enumerate(table.itertuples()):
        mine = sure & (guess == k)
        assert (truth[mine] == k).mean() == pytest.approx(0.9, abs=0.02)
        assert row.precision_high - row.precision_low < 0.03


def test_copies_are_no_new_observations():
    truth, guess, confidence = (np.tile(part, 5) for part in drawn(500))
    copies = np.tile(np.arange(500), 5)
    once = report_of(*drawn(500), "abc").threshold_for(0.6)
    told = report_of(truth, guess, confidence, "abc", copies).threshold_for(0.6)
    untold = report_of(truth, guess, confidence, "abc").threshold_for(0.6)
    columns = ["min_confidence", "precision", "precision_low", "precision_high", "coverage"]
    pd.testing.assert_frame_equal(told[columns], once[columns])
    assert (untold["precision_low"] > told["precision_low"]).all()


def test_a_label_never_given_reaches_nothing():
    truth, guess, confidence = drawn(300, classes=2)
    table = report_of(truth, guess, confidence, "abc").threshold_for(0.5)
    assert np.isnan(table.loc["c", "min_confidence"])
    assert table.loc["c", "posts"] == 0
    assert "never" in str(report_of(truth, guess, confidence, "abc"))


@pytest.mark.parametrize("precision", [0, -0.1, 1.1, float("nan"), "0.9", None])
def test_a_precision_that_is_none_is_refused(model, precision):
    with pytest.raises(InputError, match=r"precision is .*: give a number above 0, at most 1"):
        model.threshold_for(precision)


def test_one_label_can_be_asked_for(model):
    whole = model.threshold_for(0.7)
    assert list(whole.index) == list(LABELS)
    pd.testing.assert_frame_equal(model.threshold_for(0.7, "critical"), whole.loc[["critical"]])
    with pytest.raises(InputError, match=r"label is 'bus': give one of 'supportive'"):
        model.threshold_for(0.7, "bus")


def test_thresholds_come_back_with_the_model(model, tmp_path):
    again = stancekit.load(model.save(tmp_path / "model"))
    pd.testing.assert_frame_equal(again.threshold_for(0.8), model.threshold_for(0.8))
    assert again.threshold_for(0.8)["posts"].sum() > 0
    assert "precision .8  95% interval  kept" in again.card


def test_a_report_without_counts_is_refused(model):
    data = model.report.to_dict()
    del data["tally"]
    with pytest.raises(FormatError, match="lacks tally"):
        Report.from_dict(data)


# A least confidence for each label.

POSTS = [*invented.posts(seed=6, noise=0.9)["text"], None]


def test_each_label_has_its_own_least_confidence(model):
    plain = model.classify(POSTS)
    asked = {"critical": float(plain["confidence"].median()), "neutral": float("nan")}
    labels = model.classify(POSTS, min_confidence=asked)
    unsure = (plain["label"] == "critical") & (plain["confidence"] < asked["critical"])
    unsure |= plain["label"] == "neutral"
    assert 0 < unsure.sum() < len(POSTS) - 1
    assert labels["label"][unsure].isna().all()
    assert (labels["reason"][unsure] == "below min_confidence").all()
    pd.testing.assert_frame_equal(labels[~unsure], plain[~unsure])
    assert labels["reason"].iloc[-1] == "missing"
    pd.testing.assert_frame_equal(model.classify(POSTS, min_confidence=pd.Series(asked)), labels)


def test_thresholds_are_given_as_they_come(model):
    sure = model.threshold_for(model.report.per_class["precision"].median())
    labels = stancekit.classify(POSTS, model=model, min_confidence=sure)
    each = model.classify(POSTS, min_confidence=sure["min_confidence"].to_dict())
    pd.testing.assert_frame_equal(labels, each)
    given = labels.dropna(subset="label")
    assert 0 < len(given) < len(POSTS) - 1
    least = sure["min_confidence"].loc[given["label"].astype(object)].to_numpy(np.float32)
    assert (given["confidence"].to_numpy() >= least).all()


@given(st.dictionaries(st.sampled_from(LABELS), st.floats(0, 1) | st.just(float("nan"))))
def test_what_was_read_reads_the_same_again(asked):
    once = least_confidence(asked, LABELS)
    assert json.dumps(least_confidence(once, LABELS)) == json.dumps(once)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"bus": 0.5}, "min_confidence names 'bus': give labels of 'supportive'"),
        ({"neutral": 2}, "min_confidence is 2 for 'neutral': give a number from 0 to 1"),
        ({"neutral": "high"}, "min_confidence is 'high' for 'neutral'"),
        ([0.5, 0.5], "min_confidence is"),
        (pd.DataFrame({"least": [0.5]}), "min_confidence is"),
    ],
)
def test_a_least_confidence_that_cannot_be_meant_is_refused(model, asked, message):
    with pytest.raises(InputError, match=message):
        model.classify(POSTS, min_confidence=asked)
