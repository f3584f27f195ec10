"""A curve through the scores of fewer labels tells of more, and not of many more."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import ArgumentError, InputError
from stancekit.study.learning.result import LearningCurve, fit_curve
from tests.support import invented

CLASSES = ("no", "yes")


def curve_of(a, b, c, sizes=(100, 200, 400, 800), noise=0.0):
    n = np.array(sizes)
    truth = a - b * n**-c
    rng = np.random.default_rng(0)
    again = truth + rng.normal(0, noise, (200, len(n)))
    curves = np.array([fit_curve(n, row) for row in (again if noise else again[:3])])
    return LearningCurve(1000, 200, sizes, tuple(truth), again, fit_curve(n, truth), curves, 5)


@given(st.floats(0.4, 0.95), st.floats(0.5, 3), st.floats(0.3, 1.2))
@settings(max_examples=25, deadline=None)
def test_a_curve_is_found_again(a, b, c):
    sizes = np.array([100, 200, 400, 800, 1600])
    found = fit_curve(sizes, a - b * sizes**-c)
    for more in (800, 6400):
        told = found[0] - found[1] * more ** -found[2]
        assert told == pytest.approx(a - b * more**-c, abs=0.01)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=7))
@settings(max_examples=50, deadline=None)
def test_whatever_the_scores_more_labels_never_hurt_and_a_score_stays_one(scores):
    sizes = 100 * 2 ** np.arange(len(scores))
    a, b, c = fit_curve(sizes, np.array(scores))
    assert 0 <= a <= 1
    assert b >= 0
    assert c > 0


def test_what_more_labels_bring():
    found = curve_of(0.7, 2, 0.5, noise=0.01)
    gain = found.gain(1000)
    assert gain.value == pytest.approx(2 * (1000**-0.5 - 2000**-0.5), abs=0.005)
    assert 0 <= gain.low < gain.value < gain.high
    assert "1,000 more labels: +.0" in str(found)
    frame = found.to_frame()
    assert frame["posts"].max() <= 4000
    assert frame["macro_f1"].notna().sum() == 4


@pytest.mark.parametrize("more", [3001, 10**9, 0, -5, 1.5, True])
def test_nothing_is_said_of_what_is_too_far_away(more):
    with pytest.raises(ArgumentError):
        curve_of(0.7, 2, 0.5).gain(more)


def test_a_curve_of_posts():
    posts = invented.posts(200, CLASSES, noise=0.3)
    found = stancekit.learning_curve(posts, start=None, seeds=2)
    assert found.sizes == (100, 200, 320)
    assert all(0.4 < score <= 1 for score in found.scores)
    again = stancekit.learning_curve(posts, start=None, seeds=2)
    assert found.to_frame().equals(again.to_frame())
    assert found.gain(400).value >= 0
    assert "more labels" in found.to_markdown()
    assert r"\begin{tabular}" in found.to_latex()


def test_copies_do_not_stand_on_both_sides():
    """A text without meaning is no easier for its copies having been learnt."""
    rng = np.random.default_rng(0)
    words = ["".join(rng.choice(list("abcdefgh"), 6)) for _ in range(900)]
    texts = [" ".join(rng.choice(words, 9)) for _ in range(100)]
    posts = pd.DataFrame({"text": texts * 4, "label": rng.choice(["a", "b"], 100).tolist() * 4})
    found = stancekit.learning_curve(posts, start=None, seeds=4)
    assert max(found.scores) < 0.75


@pytest.mark.parametrize("posts", [invented.posts(20, CLASSES), invented.posts(140, CLASSES)])
@pytest.mark.filterwarnings("ignore::stancekit.errors.LabelWarning")
def test_too_few_posts_are_refused(posts):
    with pytest.raises(InputError, match="300 or more"):
        stancekit.learning_curve(posts, start=None)


def test_one_draw_is_refused():
    with pytest.raises(InputError, match="seeds"):
        stancekit.learning_curve(invented.posts(200, CLASSES), seeds=1)
