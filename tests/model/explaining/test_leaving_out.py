"""Models with an encoder are explained by leaving words out: approximately, and saying so."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.labels import LABELS
from stancekit.model.cascade import CascadeModel
from stancekit.model.explaining.leaving_out import MOST, NEAR, leave_out, stretches
from tests.support import invented
from tests.support.encoders import TINY, encoder_model, with_scorer
from tests.support.html import read_html

PIECES = ["not", "YOU", "!!!", "two-faced", "👩\u200d👩\u200d👧", "\ud83d", "\n\n", "=1", "@ana"]
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.lists(st.sampled_from([*invented.FILLERS, *invented.MARKERS, *PIECES]), max_size=90).map(
        " ".join
    ),
).filter(lambda text: text and not text.isspace())
BATCHED = encoder_model(model=(TINY / "together.onnx").read_bytes(), batched=True)


@pytest.fixture(scope="session")
def encoder(model):
    return with_scorer(model, BATCHED)


@pytest.fixture(scope="session")
def cascade(model):
    """One whose linear model decides some posts and not others."""
    posts = invented.posts(25, seed=5)["text"]
    confidence = float(model.classify(posts)["confidence"].median())
    return with_scorer(model, CascadeModel(model.linear, BATCHED, confidence, 0.6))


# One post.


@given(TEXT)
@settings(max_examples=40)
def test_any_post_is_explained_and_offsets_point_into_it(encoder, text):
    found = encoder.explain(text)
    assert not found.exact
    assert found.proba == pytest.approx(encoder.scorer.proba([text])[0], abs=1e-4)
    tokens = found.tokens.iloc[:-1]
    assert len(tokens) <= MOST
    assert [text[a:b] for a, b in zip(tokens["start"], tokens["end"], strict=True)] == list(
        tokens["token"]
    )
    assert (tokens["start"].to_numpy()[1:] >= tokens["end"].to_numpy()[:-1]).all()
    named, typed = ("".join(filter(str.isalnum, one)) for one in ("".join(tokens["token"]), text))
    assert named == typed
    np.testing.assert_allclose(found.tokens[list(LABELS)].sum(), found.logits, atol=1e-9)
    assert np.isfinite(found.tokens[list(LABELS)].to_numpy()).all()
    assert str(found)
    read_html(found._repr_html_())


def test_the_word_that_makes_the_label_is_found(encoder):
    found = encoder.explain("the mayor is a clown today")
    assert found.label == "dog-piling"
    assert found.evidence.split()[0] == "+clown"
    frame = found.to_frame()
    strongest = frame[(frame["label"] == "dog-piling") & (frame["rank"] == 1)]
    assert strongest.set_index("direction")["token"]["for"] == "clown"
    assert found.contributions["block"].unique().tolist() == ["left out"]


def test_hashtags_and_mentions_are_left_out_as_one():
    text = "@ana two-faced #SaveTheTram 👏🏽, don't"
    (spans,) = stretches([text])
    tokens = ["@ana", "two-faced", "#SaveTheTram", "👏🏽", ",", "don't"]
    assert [text[a:b] for a, b in spans] == tokens


def test_a_post_of_one_word_is_that_word(encoder):
    found = encoder.explain("clown")
    assert found.tokens[list(LABELS)].iloc[-1].tolist() == pytest.approx([0] * 4)
    assert found.evidence == "+clown"


@pytest.mark.parametrize("words", [1, MOST - 1, MOST, MOST + 1, 500, 5_000])
def test_a_long_post_costs_no_more_than_so_many_readings(words):
    text = " ".join(f"word{number}" for number in range(words))
    asked = []

    def proba(texts):
        asked.extend(texts)
        return BATCHED.proba(texts)

    (found,) = leave_out(proba, [text])
    assert len(asked) <= MOST + 2
    assert sum(map(len, asked)) <= len(text) + (MOST + 1) * (NEAR + 10)
    assert found.spans[0][0] == 0
    assert found.spans[-1][1] == len(text)


@pytest.mark.parametrize("text", ["a" * 3 * NEAR, "clown " + "a" * 3 * NEAR, "🤡" * 2 * NEAR])
def test_words_without_end_are_one_stretch(encoder, text):
    found = encoder.explain(text)
    assert len(found.tokens) <= MOST + 1
    np.testing.assert_allclose(found.tokens[list(LABELS)].sum(), found.logits, atol=1e-9)


def test_what_is_far_counts_as_one(model):
    far = "word " * NEAR + "clown clown clown"
    found = with_scorer(model, replace(BATCHED, max_length=8_000)).explain(far)
    last = found.tokens.iloc[-2]
    assert last["token"].endswith("clown")
    assert last["dog-piling"] > 0 > last["supportive"]


# Who decided.


def test_what_the_linear_model_decided_is_explained_exactly(model, cascade):
    posts = invented.posts(25, seed=5)["text"].tolist()
    confidence = model.classify(posts)["confidence"]
    sure, unsure = posts[int(confidence.argmax())], posts[int(confidence.argmin())]
    assert cascade.explain(sure).exact
    assert str(cascade.explain(sure)) == str(model.explain(sure))
    found = cascade.explain(unsure)
    assert not found.exact
    assert found.beside.exact
    assert found.beside.evidence == model.explain(unsure).evidence
    assert f"by its words alone: {found.beside.label}" in str(found)
    assert "approximate" in str(found)
    assert "approximate" in found._repr_html_()
    assert "approximate" not in str(found.beside)


def test_a_word_less_does_not_change_who_answers(model):
    """The mixture of both is explained, not the step from one to the other."""
    posts = invented.posts(25, seed=5)["text"].tolist()
    always = CascadeModel(model.linear, BATCHED, 1.0, 0.6)
    least = float(model.classify(posts)["confidence"].min())
    barely = replace(always, threshold=np.nextafter(np.float32(least), np.float32(1)).item())
    (unsure,) = [text for text in posts if model.linear.proba([text]).max() == np.float32(least)]
    one, other = (with_scorer(model, scorer).explain(unsure) for scorer in (barely, always))
    pd.testing.assert_frame_equal(one.tokens, other.tokens)


# Many posts.


@pytest.mark.slow
@given(st.lists(st.none() | TEXT, max_size=8))
@settings(max_examples=25)
def test_the_column_is_what_the_explanations_say(cascade, posts):
    table = cascade.classify(posts, explain=True)
    pd.testing.assert_frame_equal(table.drop(columns="evidence"), cascade.classify(posts))
    for text, label, evidence in zip(posts, table["label"], table["evidence"], strict=True):
        if pd.isna(label):
            assert evidence is pd.NA
        elif cascade.explain(text).label == label:  # or two labels are as likely
            assert evidence == cascade.explain(text).evidence


@pytest.mark.parametrize("kind", ["encoder", "cascade"])
def test_threads_and_copies_change_nothing(kind, request):
    found = request.getfixturevalue(kind)
    posts = [f"{text} {i}" for i, text in enumerate(invented.posts(8)["text"])] * 2
    alone = found.classify(posts, explain=True, n_jobs=1)
    pd.testing.assert_frame_equal(found.classify(posts, explain=True, n_jobs=2), alone)
    assert (
        alone["evidence"].tolist()[: len(posts) // 2]
        == alone["evidence"].tolist()[len(posts) // 2 :]
    )
