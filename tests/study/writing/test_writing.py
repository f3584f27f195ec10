"""The codebook and the paragraph on methods: what they say is what is there."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import ArgumentError
from stancekit.labels import LABELS
from tests.support import errors

DOCS = Path(stancekit.__file__).parents[1] / "docs"


def test_the_codebook_in_the_package_is_that_of_the_guides():
    assert stancekit.codebook(markdown=True) == (DOCS / "codebook.md").read_text("utf-8")


def test_the_codebook_says_what_each_label_means():
    written = stancekit.codebook()
    for label in LABELS:
        assert f"\n{label}: " in written
    assert not set("|*`") & set(written)
    assert "Hard cases, settled" in written


@pytest.fixture
def labelled(model):
    posts = pd.DataFrame({"id": range(80), "text": [f"bravo number {n}" for n in range(80)]})
    posts["created_at"] = pd.date_range("2024-05-01", periods=80, tz="UTC")
    table = posts.join(model.classify(posts, text="text"))
    return table.assign(model=f"{model.name}@{model.digest[:12]}")


def test_a_model_alone(model):
    told = stancekit.methods(model).text
    assert model.digest in told
    assert str(model.report.macro_f1) in told
    assert f"{model.about['posts']:,} posts" in told
    assert "they are no estimate" in told


def test_labels_shares_and_their_model(labelled, model):
    sample = labelled.sample(60, random_state=0)[["id"]].assign(true_label="neutral")
    shares = stancekit.estimate_shares(labelled, sample)
    told = stancekit.methods(labelled, model=model, shares=shares)
    assert "We labelled 80 posts (written 2024-05-01 to 2024-07-19, UTC)" in told.text
    assert "corrected with 60 posts checked by people" in told.text
    assert "Holt & Smith 1979" in told.text
    assert "@holt1979" in told.markdown
    assert told.bibtex.count("@") == 4
    one = shares.whole.found["post-stratified"][3]
    assert f"neutral {one.share * 100:.1f} %" in told.text


def test_a_model_not_at_hand_is_said_to_be_unknown(labelled):
    told = stancekit.methods(labelled).text
    assert "its scores are unknown" in told
    assert "macro-F1" not in told


def test_another_model_than_the_labels_name_is_refused(labelled, binary):
    with pytest.raises(ArgumentError, match="give the one they were labelled by"):
        stancekit.methods(labelled, model=binary)
    two = pd.concat([labelled, labelled.assign(model="other@123")])
    with pytest.raises(ArgumentError, match="2 models"):
        stancekit.methods(two)


def test_shares_without_checked_posts_are_called_uncorrected():
    rng = np.random.default_rng(0)
    posts = errors.labelled(rng, [0.5, 0.5], errors.TWO, 300)
    shares = stancekit.estimate_shares(posts.drop(columns="true_label"), held_out=posts)
    told = stancekit.methods(posts, shares=shares)
    assert "not corrected" in told.text
    assert "@holt1979" not in told.bibtex
