"""What is learnt on the design matrix is what the tables say, post by post."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.features.transformers import SentimentCues, WordNgrams, WordVectors
from stancekit.model.linear import LinearModel
from stancekit.model.training.columns import MIN_POSTS
from stancekit.model.training.design import default_blocks, design
from stancekit.text.batch import read_batch
from tests.support import invented

STRANGE = ["not brave", "YOU are a clown!!!", "x", "\ud800", "soooo wrong"]
TEXTS = [*invented.posts(40)["text"], *STRANGE]


@pytest.fixture(scope="module")
def designed():
    return design(TEXTS, invented.blocks())


def logits_of(designed, coefficients, intercept, texts):
    tables = designed.tables(coefficients)
    classes = tuple("abcdefgh"[: len(intercept)])
    linear = LinearModel(classes, designed.blocks, tables, intercept.astype(np.float32), 1.0)
    return linear.batch_logits(read_batch(texts)), tables


@given(seed=st.integers(0, 2**32 - 1), classes=st.integers(2, 6), size=st.floats(1e-3, 30))
@settings(max_examples=15)
def test_tables_score_as_the_matrix_does(designed, seed, classes, size):
    rng = np.random.default_rng(seed)
    coefficients = rng.normal(size=(classes, designed.matrix.shape[1])) * size
    intercept = rng.normal(size=classes)
    logits, tables = logits_of(designed, coefficients, intercept, TEXTS)
    wanted = designed.matrix @ coefficients.T + intercept
    # Half precision rounds each score by 2^-11 of itself at most; the rest is float32 in sums.
    bound = 2.0**-10 * np.column_stack(
        [
            sum(
                block.score(read_batch(TEXTS), np.abs(tables[name]))[:, k]
                for name, block in designed.blocks.items()
            )
            for k in range(classes)
        ]
    )
    assert (np.abs(logits - wanted) <= bound + 1e-4 * size + 1e-5).all()


def test_tables_hold_what_a_saved_model_holds(designed):
    coefficients = np.random.default_rng(0).normal(size=(3, designed.matrix.shape[1]))
    for name, table in designed.tables(coefficients).items():
        assert table.shape == (designed.blocks[name].rows, 3)
        assert table.dtype == np.float32
        assert (table == table.astype(np.float16)).all()


def test_each_block_has_its_weight_in_the_mean_square_of_a_row(designed):
    begin = 0
    for columns in designed.columns.values():
        part = designed.matrix[:, begin : begin + len(columns.kept)]
        begin += len(columns.kept)
        mean_square = part.multiply(part).sum() / len(TEXTS)
        assert mean_square == pytest.approx(1, rel=1e-4)
    assert begin == designed.matrix.shape[1]


def test_what_one_post_alone_says_is_left_out():
    blocks = {"words": WordNgrams((1,), bits=18)}
    shared = design(["apple banana", "apple cherry"], blocks)
    assert shared.matrix.shape == (2, 1)
    assert MIN_POSTS == 2
    alone = design(["apple", "banana"], blocks)
    assert alone.matrix.shape == (2, 0)
    tables = alone.tables(np.zeros((2, 0)))
    assert not tables["words"].any()


def test_blocks_that_tell_no_posts_apart_are_left_out():
    blocks = {"vectors": WordVectors(invented.vectors()), "words": WordNgrams(bits=10)}
    found = design(["xqz one", "xqz two"] * 3, blocks)
    assert len(found.columns["vectors"].kept) == 0
    assert found.matrix.shape[1] == len(found.columns["words"].kept) > 0
    assert np.isfinite(found.matrix.toarray()).all()


def test_common_ngrams_count_less_than_rare_ones():
    texts = [f"the {word}" for word in ("bus", "bus", "road", "vote", "vote", "town")]
    found = design(texts, {"words": WordNgrams((1,), bits=18)})
    columns = found.columns["words"]
    posts = np.bincount(WordNgrams((1,), bits=18).transform(texts).indices, minlength=2**18)
    order = np.argsort(posts[columns.kept])
    scales = columns.scale[order]
    assert (np.diff(scales) <= 0).all()
    assert scales[0] > scales[-1]


def test_cues_are_standardised_before_they_are_weighed():
    texts = ["thanks", "thank you, thanks!", "clown", "nothing here", "you liar", "WHAT"] * 5
    found = design(texts, {"cues": SentimentCues()})
    deviation = found.matrix.toarray().std(axis=0)
    assert deviation == pytest.approx(np.full(len(deviation), deviation[0]), rel=1e-4)
    assert (deviation > 0).all()


def test_the_default_blocks():
    assert list(default_blocks()) == ["words", "characters", "cues", "vectors"]
