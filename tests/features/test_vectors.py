"""The mean word vector, the table it folds into, and the words it stands on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.features.transformers import KnownWords, WordVectors
from stancekit.features.vector_file import Vectors, make_vectors
from stancekit.text import tokens
from stancekit.text.batch import read_batch
from stancekit.text.normalise import hash_strings

WORDS = ["good", "bad", "tram", "don't", "#notram", "👍"]
MATRIX = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)
OF = dict(zip(WORDS, MATRIX, strict=True))


@pytest.fixture(scope="module")
def block() -> WordVectors:
    return WordVectors(make_vectors(WORDS, MATRIX))


@pytest.mark.slow
@given(
    posts=st.lists(st.lists(st.sampled_from([*WORDS, "xq", "GOOD", "!", "#tram"])).map(" ".join))
)
def test_a_post_is_the_mean_of_its_known_words(block: WordVectors, posts: list[str]) -> None:
    found = block.transform(posts)
    assert found.shape == (len(posts), 4)
    for row, post in zip(found, posts, strict=True):
        known = [OF[token.lower()] for token in tokens(post) if token.lower() in OF]
        np.testing.assert_allclose(row, np.mean(known, 0) if known else np.zeros(4), atol=1e-6)


def test_words_are_known_in_any_form(block: WordVectors) -> None:
    forms = block.transform(["GOOD", "goooood", "goood"])
    assert np.array_equal(forms[1], forms[2])
    assert np.array_equal(block.transform(["DON’T"]), block.transform(["don't"]))
    assert np.array_equal(block.transform(["👍🏽"]), block.transform(["👍"]))


def test_a_linear_model_folds_into_scores_of_words(block: WordVectors) -> None:
    coefficients = np.random.default_rng(1).normal(size=(4, 3))
    table = block.fold(coefficients)
    assert table.shape == (block.rows, 3) == (6, 3)
    posts = ["good tram", "bad bad xq", "", "xq"]
    batch = read_batch(posts)
    score = block.score(batch, table.astype(np.float32))
    np.testing.assert_allclose(score, block.transform(posts) @ coefficients, atol=1e-5)
    alone = [block.score(read_batch([post]), table.astype(np.float32))[0] for post in posts]
    assert np.array_equal(score, alone)


def test_evidence_is_each_known_word(block: WordVectors) -> None:
    posts = ["so  Good a #NoTram", "xq", "bad 👍🏽"]
    found = block.evidence(read_batch(posts))
    assert [posts[i][a:b] for i, a, b in zip(found.post, found.start, found.end, strict=True)] == [
        "Good",
        "#NoTram",
        "bad",
        "👍🏽",
    ]
    assert found.value.tolist() == [0.5] * 4
    assert (
        block.hashes[found.row].tolist() == hash_strings(["good", "#notram", "bad", "👍"]).tolist()
    )


def test_known_words_give_shares() -> None:
    block = KnownWords(np.sort(hash_strings(["good", "bad"])))
    shares = block.transform(["good good bad xq", "xq"]).toarray()
    assert sorted(shares[0]) == pytest.approx([1 / 3, 2 / 3])
    assert not shares[1].any()
    changed = block.set_params(hashes=hash_strings(["xq"]))  # the table follows its hashes
    assert changed.transform(["xq"]).toarray().tolist() == [[1]]


def test_no_known_words_at_all() -> None:
    block = WordVectors(Vectors(np.zeros(0, np.uint64), np.zeros((0, 4), np.float32)))
    assert not block.transform(["good"]).any()
    assert block.evidence(read_batch(["good"])).row.size == 0


def test_of_words_alike_the_first_stays() -> None:
    made = make_vectors(["Good", "good", "bad"], np.array([[1], [2], [3]], np.float32))
    assert (np.diff(made.hashes.astype(object)) > 0).all()
    assert WordVectors(made).transform(["good", "bad"]).ravel().tolist() == [1, 3]


def test_names(block: WordVectors) -> None:
    assert block.get_feature_names_out().tolist() == [f"vector_{i}" for i in range(4)]
