"""The column of evidence says of each post what its explanation says, and changes no label."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import InputError
from stancekit.model.explaining.evidence import in_short
from stancekit.model.linear import LinearModel
from tests.support import invented

PIECES = ["not", "YOU", "soooo", "!!!", "two-faced", "👩\u200d👩\u200d👧", "\ud83d", "\n\n", "=1"]
POST = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.lists(st.sampled_from([*invented.FILLERS, *invented.MARKERS, *PIECES]), max_size=15).map(
        " ".join
    ),
)
POSTS = st.lists(POST, max_size=12)


def in_words(found):
    """What `Explanation.evidence` should be, from the frame of all evidence."""
    frame = found.to_frame()
    rows = frame[(frame["label"] == found.label) & (frame["token"] != "(whole post)")]
    sums = {}
    for token, score in zip(rows["token"], rows["contribution"], strict=True):
        sums[token] = sums.get(token, 0) + score
    most = max(sums.values(), default=0)
    towards = {token for token, score in sums.items() if score >= max(0.005, most / 4)}
    against = {token for token, score in sums.items() if -score >= max(0.005, most / 2)}
    return towards, against


@pytest.mark.slow
@given(POSTS)
@settings(max_examples=60)
def test_the_column_is_what_the_explanations_say(model, posts):
    table = model.classify(posts, explain=True)
    for text, label, evidence in zip(posts, table["label"], table["evidence"], strict=True):
        if pd.isna(label):
            assert evidence is pd.NA
        elif model.explain(text).label == label:  # or two labels are as likely
            assert evidence == model.explain(text).evidence


@pytest.mark.slow
@given(POSTS)
@settings(max_examples=60)
def test_labels_are_the_same_to_the_bit(model, posts):
    plain = model.classify(posts)
    explained = model.classify(posts, explain=True)
    assert list(explained.columns) == [*plain.columns, "evidence"]
    assert explained["evidence"].dtype == "string"
    pd.testing.assert_frame_equal(explained.drop(columns="evidence"), plain, check_exact=True)


@pytest.mark.slow
@given(POSTS)
@settings(max_examples=40)
def test_evidence_is_the_same_whatever_stands_beside(model, posts):
    together = model.classify(posts, explain=True)["evidence"].tolist()
    alone = [model.classify([post], explain=True)["evidence"][0] for post in posts]
    assert [str(one) for one in together] == [str(one) for one in alone]


@pytest.mark.slow
@given(POST.filter(lambda text: text and not text.isspace()))
@settings(max_examples=80)
def test_the_strongest_tokens_are_named(model, text):
    found = model.explain(text)
    towards, against = in_words(found)
    assert found.evidence.startswith("+") == bool(towards)
    assert bool(against) <= ("−" in found.evidence)
    if all(re.fullmatch(r"[a-z]{1,20}", token) for token in towards | against):
        named = found.evidence.split()
        assert {one[1:] for one in named if one[0] == "+"} <= towards
        assert {one[1:] for one in named if one[0] == "−"} <= against
        assert len(named) == min(len(towards), 4) + min(len(against), 2)


def test_it_tells_what_made_the_label(model):
    posts = ["the mayor is a clown, a pathetic clown", "bravo to the council", "the bus today"]
    table = stancekit.classify(posts, model=model, explain=True)
    for word, evidence in zip(["clown", "bravo", "bus"], table["evidence"], strict=True):
        assert f"+{word}" in evidence.split()


def test_no_label_no_evidence(model):
    posts = ["bravo, clown", None, "", 3, "the"]
    table = model.classify(posts, min_confidence=1.0, explain=True)
    assert table["label"].isna().all()
    assert table["evidence"].isna().all()
    assert model.classify([], explain=True)["evidence"].tolist() == []


def test_the_callers_index_is_kept(model):
    posts = pd.Series(["bravo", None, "clown"], index=[7, 3, 5])
    evidence = model.classify(posts, explain=True)["evidence"]
    assert evidence.index.tolist() == [7, 3, 5]
    assert evidence.isna().tolist() == [False, True, False]


def test_other_processes_say_the_same(model, monkeypatch):
    posts = [f"{text} {i}" for i, text in enumerate(invented.posts(30)["text"])] * 3
    alone = model.classify(posts, explain=True)
    monkeypatch.setattr(LinearModel, "work", replace(LinearModel.work, many=10))
    monkeypatch.setattr("stancekit.text.batch.MAX_POSTS", 100)
    pd.testing.assert_frame_equal(model.classify(posts, explain=True, n_jobs=2), alone)


def test_a_label_called_evidence_is_refused(model):
    classes = ("evidence", *model.classes[1:])
    named = replace(model, scorer=replace(model.linear, classes=classes))
    assert len(named.classify(["bravo"])) == 1
    with pytest.raises(InputError, match="labels is called so"):
        named.classify(["bravo"], explain=True)


# The words themselves.


def test_few_words_and_only_strong_ones():
    words = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    assert in_short(words, [8, 7, 6, 5, 4, -3, -4.5, -5, -6]) == "+a +b +c +d −i −h"
    assert in_short(words, [8, 1, 2, 0, 0, 0, -3, 0, -4]) == "+a +c −i"
    assert in_short(["a", "b"], [0.004, -0.004]) == ""
    assert in_short(["a", "b"], [-0.5, 0.0]) == "−a"
    assert in_short([], []) == ""


def test_a_word_said_again_counts_as_often():
    assert in_short(["x", "y", "x"], [1.0, 1.5, 1.0]) == "+x +y"


def test_evidence_is_one_short_line_that_can_be_shown_anywhere():
    words = ["\ud800", "\x1b[31m", "https://example.org/" + "a" * 300, "\u202eabc\u202c"]
    short = in_short(words, [4, 3, 2, 1.5])
    assert short == "+\ufffd +␛[31m +https://example.org/aaa… +abc"
    assert np.all([len(part) <= 25 for part in short.split()])
