"""Few labels go further where training starts from a model that knows something of them."""

import warnings

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import InputError, LabelWarning, LeakWarning
from stancekit.model.training.candidates import SCRATCH, from_model, from_scratch
from stancekit.model.training.fit import Coefficients
from stancekit.scores.comparison import Comparison
from tests.support import invented

CLASSES = ("no", "yes")


@pytest.fixture(scope="module")
def base():
    """Knows the words of two labels, each from many posts."""
    return stancekit.train(
        invented.posts(150, CLASSES, seed=1, noise=0.1), blocks=invented.blocks(bits=12), n_jobs=1
    )


@pytest.fixture(scope="module")
def few():
    return invented.posts(8, CLASSES, seed=9, noise=0.2)


def fit(posts, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LabelWarning)
        return stancekit.train(posts, n_jobs=1, **options)


def test_few_labels_start_from_what_a_model_knows(base, few):
    started, scratch = fit(few, start=base), fit(few, start=None)
    assert started.about["start"] == f"custom@{base.digest[:12]}"
    assert scratch.about["start"] == SCRATCH
    assert "started from what custom" in started.report.how
    assert "from scratch" in started.report.how
    assert "started" not in scratch.report.how
    fresh = invented.posts(100, CLASSES, seed=50, noise=0)

    def right(model):
        return (model.classify(fresh, text="text")["label"].astype(object) == fresh["label"]).mean()

    assert right(started) > right(scratch)


def test_where_the_model_does_not_help_it_is_not_started_from(base):
    posts = invented.posts(40, CLASSES, seed=3, noise=0)
    posts["label"] = np.where(posts["text"].str.contains("the|of"), "long", "short")
    posts["text"] = np.where(posts["label"] == "long", "tram " + posts["text"], posts["text"])
    assert fit(posts, start=base).about["start"] == SCRATCH


def test_a_model_that_knows_the_posts_is_not_started_from(base):
    posts = invented.posts(150, CLASSES, seed=1, noise=0.1).iloc[:60]
    made = fit(posts, start=base)
    assert made.about["start"] == SCRATCH
    assert "started" not in made.report.how


def test_what_was_started_is_one_linear_model_that_is_saved_and_explained(base, few, tmp_path):
    made = fit(few, start=base)
    again = stancekit.load(made.save(tmp_path / "model"))
    texts = list(few["text"])
    assert np.array_equal(again.predict_proba(texts), made.predict_proba(texts))
    assert again.about["start"] == made.about["start"]
    assert again.explain(texts[0]).label == made.classify(texts[:1]).label[0]


def test_a_models_scores_are_folded_into_its_heirs(base, few):
    """The logits of matrix and coefficients are those of the model made of them."""
    texts = list(few["text"])
    start = from_model(base.linear, texts)
    rng = np.random.default_rng(0)
    found = Coefficients(rng.normal(size=(3, start.matrix.shape[1])), rng.normal(size=3))
    model = start.linear(("a", "b", "c"), found, 1.0)
    # tables are in half precision
    assert model.logits(texts) == pytest.approx(found.logits(start.matrix), abs=0.05)


def test_from_scratch_is_the_design_alone(few):
    start = from_scratch(list(few["text"]), invented.blocks(bits=10), False)
    assert start.base is None
    assert start.matrix.shape[1] == start.made.matrix.shape[1]


def test_a_trained_model_is_compared_with_another(base, few):
    made = fit(few, start=None, compare_with=base, name="mine")
    assert isinstance(made.comparison, Comparison)
    assert made.comparison.names == ("custom", "mine")
    assert made.comparison.accuracy[1].value == pytest.approx(made.report.accuracy.value)
    labels = base.classify(few, text="text")["label"].astype(object)
    assert made.comparison.accuracy[0].value == pytest.approx((labels == few["label"]).mean())


def test_a_comparison_on_posts_the_other_model_knows_is_said_to_be_unfair(base):
    posts = invented.posts(150, CLASSES, seed=1, noise=0.1).iloc[:60]
    with pytest.warns(LeakWarning, match="60 of 60 posts stood in the training data of 'custom'"):
        fit(posts, start=None, compare_with=base)


def test_a_model_of_other_labels_cannot_be_compared_with(base):
    texts = [f"so {i} goes" for i in range(20)]
    posts = pd.DataFrame({"text": texts, "label": ["up", "down"] * 10})
    with pytest.raises(InputError, match="none of the model's"):
        fit(posts, start=None, compare_with=base)
