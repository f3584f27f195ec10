"""A model is adapted to an archive with a few labels, and comes to no harm by it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import InputError
from stancekit.labels import LABELS
from stancekit.model.cascade import CascadeModel
from stancekit.model.training.residual import Problem, choose, fit
from stancekit.scores.calibration import softmax
from tests.support import invented
from tests.support.encoders import encoder_model, with_scorer

ELSEWHERE = {  # what another town's posts say in place of what the model knows
    "supportive": "toodlepip",
    "critical": "harrumph",
    "dog-piling": "blatherskite",
    "neutral": "teatime",
}


def archive(per_label=25, seed=5):
    """Posts of another place: most telling words are words the model never saw."""
    rng = np.random.default_rng(seed)
    rows = [
        (
            " ".join(
                [*rng.choice(invented.FILLERS, 6), ELSEWHERE[label], *rng.choice(["a", "o"], 2)]
            ),
            label,
        )
        for label in LABELS
        for _ in range(per_label)
    ]
    frame = pd.DataFrame(rows, columns=["text", "label"])
    return frame.sample(frac=1, random_state=seed).reset_index(drop=True)


def right(model, posts):
    return (model.classify(posts, text="text")["label"].astype(object) == posts["label"]).mean()


@pytest.mark.slow
def test_words_of_another_place_are_learnt(model):
    adapted = model.adapt(archive())
    fresh = archive(40, seed=6)
    assert right(model, fresh) < 0.6
    assert right(adapted, fresh) > 0.9
    said = adapted.about["adapted"]
    assert said["before"]["value"] < said["after"]["value"]
    assert said["gain"]["low"] > 0
    assert adapted.report.posts == said["posts"] == 100
    assert said["from"] == f"{model.name}@{model.digest}"
    assert adapted.digest != model.digest
    assert adapted.name == f"{model.name}-adapted"


@pytest.mark.slow
def test_a_mixture_is_moved_by_its_linear_part(model, tmp_path):
    """And by as much as if its own scores had been moved: what is said out of fold comes true."""
    both = with_scorer(model, CascadeModel(model.linear, encoder_model(), 1.0, 0.65))
    adapted = both.adapt(archive())
    fresh = archive(40, seed=6)
    assert right(both, fresh) < 0.6
    assert right(adapted, fresh) > 0.9
    assert adapted.about["adapted"]["gain"]["low"] > 0
    assert adapted.scorer.encoder is both.scorer.encoder
    again = stancekit.load(adapted.save(tmp_path / "ours"))
    assert np.array_equal(again.predict_proba(fresh["text"]), adapted.predict_proba(fresh["text"]))


@pytest.mark.parametrize("settings", [(0.6, 0.65), (1.0, 1.0)])
def test_where_a_linear_model_has_no_share_in_some_labels_nothing_is_moved(model, settings):
    both = with_scorer(model, CascadeModel(model.linear, encoder_model(), *settings))
    with pytest.raises(InputError, match=r'cannot be adapted: .*"fast".*"accurate"'):
        both.adapt(archive())


@pytest.mark.slow
def test_what_is_known_already_moves_nothing(model):
    known = invented.posts(20, seed=11, noise=0.15)
    adapted = model.adapt(known)
    fresh = invented.posts(50, seed=12, noise=0)
    assert right(adapted, fresh) >= right(model, fresh) - 0.02


@pytest.mark.slow
def test_labels_at_random_move_nothing(model):
    posts = invented.posts(30, seed=13)
    posts["label"] = model.classify(posts, text="text")["label"].astype(str)
    sure = model.adapt(posts)
    assert right(sure, posts) == 1.0


@pytest.mark.slow
def test_it_is_saved_loaded_and_explained(model, tmp_path):
    adapted = model.adapt(archive(), name="ours")
    loaded = stancekit.load(adapted.save(tmp_path / "ours"))
    posts = archive(5, seed=8)["text"]
    pd.testing.assert_frame_equal(adapted.classify(posts), loaded.classify(posts))
    assert loaded.digest == adapted.digest
    assert "## Adapted" in loaded.card
    why = loaded.explain("the road blatherskite town")
    assert "blatherskite" in str(why)


@pytest.mark.slow
def test_the_same_posts_give_the_same_model(model):
    posts = archive()
    assert model.adapt(posts).digest == model.adapt(posts).digest


@pytest.mark.slow
def test_labels_that_are_rare_or_missing_are_no_error(model):
    posts = archive()
    few = pd.concat([posts[posts["label"] == "critical"], posts[posts["label"] == "neutral"][:1]])
    labels = set(model.adapt(few).classify(posts, text="text")["label"].dropna())
    assert labels <= set(LABELS)


@pytest.mark.slow
def test_copies_stand_on_one_side(model):
    posts = archive(6)
    copies = pd.concat([posts] * 4, ignore_index=True)
    assert model.adapt(copies).report.groups == len(posts)


@pytest.mark.parametrize(
    ("posts", "match"),
    [
        (archive(4), "16 labelled posts that are no copies"),
        (archive(10).replace("critical", "angry"), "'angry' is none of the model's"),
        (archive(10).rename(columns={"label": "stance"}), "label"),
        (["no", "frame"], "posts is list"),
        (archive(30).query("label == 'neutral'"), "all 30 labels are 'neutral'"),
        (archive(501), "2,004 labelled posts: adapting is for up to 2,000"),
    ],
)
def test_what_cannot_be_adapted_to_is_refused(model, posts, match):
    with pytest.raises(InputError, match=match):
        model.adapt(posts)


def problem(n=40, k=3, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(k, size=n)
    features = np.c_[np.eye(k)[y] + rng.normal(size=(n, k)), rng.normal(size=(n, 4))]
    return Problem(features, rng.normal(size=(n, k)), y, np.arange(n), np.ones(n))


@pytest.mark.slow
@settings(max_examples=20)
@given(st.integers(0, 1000), st.sampled_from([1.0, 3.0, 10.0]))
def test_a_stronger_penalty_moves_less(seed, penalty):
    posts = problem(seed=seed)
    loose, tight = (np.abs(fit(posts, p).residual).sum() for p in (penalty, 5 * penalty))
    assert tight <= loose + 1e-6
    assert not fit(posts, np.inf).residual.any()
    np.testing.assert_array_equal(fit(posts, None).moved(posts), posts.logits)


def test_logits_that_are_right_already_are_left_alone():
    posts = problem(n=200)
    proba = softmax(posts.logits)
    rng = np.random.default_rng(1)
    y = np.array([rng.choice(3, p=row) for row in proba])  # what the logits say, and no more
    assert choose(replace(posts, y=y), 0) is None
