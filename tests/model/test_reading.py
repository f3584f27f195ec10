"""A model that reads posts labels what was read and points at what was typed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.model.saved.kinds import digest

WORDS = [
    *("he", "said", '"you', 'clown"', "bravo", "to", "the", "mayor", "of", "town", "c l o w n"),
    *(
        "cl0wn",
        "wr\u043eng",
        "tha\u200bnks",
        "scumbga",
        "great:)",
        "@ana",
        "#WithYou",
        "f**k",
        "💚",
    ),
]
POSTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


@pytest.fixture(scope="module")
def reader(model):
    scorer = replace(model.linear, reading=True)
    return replace(model, scorer=scorer, digest=digest(scorer))


@pytest.mark.slow
@given(st.lists(POSTS, min_size=1, max_size=4))
@settings(max_examples=40)
def test_a_post_is_read_the_same_alone_and_beside_others(reader, posts):
    together = reader.linear.proba(posts)
    alone = np.concatenate([reader.linear.proba([post]) for post in posts])
    np.testing.assert_array_equal(together, alone)


@pytest.mark.slow
@given(POSTS)
@settings(max_examples=40)
def test_an_explanation_adds_up_and_points_at_what_was_typed(reader, post):
    found = reader.explain(post)
    assert found.text == post
    assert found.proba == pytest.approx(reader.linear.proba([post])[0], abs=1e-4)
    total = found.tokens[list(found.classes)].sum().to_numpy() + found.intercept
    assert total == pytest.approx(found.logits, abs=1e-6)
    for token, start, end in found.tokens[["token", "start", "end"]].iloc[:-1].itertuples(False):
        assert 0 <= start <= end <= len(post)
        assert post[start:end] == token
    shown = reader.classify([post], explain=True)["evidence"][0]
    assert shown == found.evidence


def test_a_quotation_says_nothing_and_disguise_does_not_help(model, reader):
    quoted = 'the mayor of the town said "you are a pathetic clown" to the council'
    plain, read = (one.classify([quoted])["dog-piling"][0] for one in (model, reader))
    assert read < plain
    clown, disguised = reader.classify(["you clown!", "you cl0wn!"])["dog-piling"]
    assert clown == disguised
    evidence = reader.explain("you cl0wn!").tokens
    assert "cl0wn" in set(evidence["token"])


def test_adapting_keeps_reading(reader):
    posts = [(f"toodlepip {i}", "supportive") for i in range(20)]
    posts += [(f"harrumph {i}", "critical") for i in range(20)]
    frame = pd.DataFrame(posts, columns=["text", "label"])
    assert reader.adapt(frame).linear.reading
