"""What every block of features promises scikit-learn and its callers."""

import pickle

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import FeatureUnion, Pipeline

import stancekit.text.batch as batch_module
from stancekit.errors import InputError
from stancekit.features.block import Block
from stancekit.features.transformers import (
    CharNgrams,
    KnownWords,
    SentimentCues,
    WordNgrams,
    WordVectors,
)
from stancekit.features.vector_file import make_vectors
from stancekit.text.batch import batches, slices
from stancekit.text.normalise import hash_strings

VECTORS = make_vectors(["good", "bad", "tram"], np.eye(3, dtype=np.float32))
BLOCKS = [
    WordNgrams(bits=10),
    CharNgrams(bits=10),
    SentimentCues(),
    WordVectors(VECTORS),
    KnownWords(VECTORS.hashes),
]
POSTS = [
    "Good tram, well done @ana!",
    "",
    "bad bad BAD #NoTram 😡",
    "\ud800 \0 https://t.co/a",
    "the good, the bad",
] * 3


def dense(features: object) -> np.ndarray:
    return features.toarray() if sp.issparse(features) else np.asarray(features)


every_block = pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)


@every_block
def test_rows_do_not_depend_on_where_batches_are_cut(
    block: Block, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = dense(block.transform(POSTS))
    assert whole.dtype == np.float32
    for most_posts, most_characters in ((1, 10**6), (2, 10**6), (100, 1), (100, 40)):
        monkeypatch.setattr(batch_module, "MAX_POSTS", most_posts)
        monkeypatch.setattr(batch_module, "MAX_CHARACTERS", most_characters)
        assert np.array_equal(dense(block.transform(POSTS)), whole)
    assert np.array_equal(dense(block.transform(POSTS[::-1])), whole[::-1])


@given(st.lists(st.text(max_size=30), max_size=30), st.integers(1, 50), st.integers(1, 9))
def test_slices_cover_all_posts_once(texts: list[str], characters: int, posts: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_module, "MAX_POSTS", posts)
        patch.setattr(batch_module, "MAX_CHARACTERS", characters)
        parts = [texts[part] for part in slices(texts)]
        assert [len(batch) for batch in batches(texts)] == [len(part) for part in parts]
    assert [text for part in parts for text in part] == texts
    assert all(1 <= len(part) <= posts for part in parts)
    assert all(sum(map(len, part[:-1])) < characters for part in parts)


@every_block
def test_no_posts_give_no_rows(block: Block) -> None:
    assert block.transform([]).shape == (0, block.transform(["a"]).shape[1])


@every_block
@pytest.mark.parametrize("container", [tuple, np.array, lambda posts: iter(posts)])
def test_any_sequence_of_posts_is_taken(block: Block, container: object) -> None:
    posts = POSTS[:3]
    assert np.array_equal(dense(block.transform(container(posts))), dense(block.transform(posts)))


@every_block
def test_clone_and_pickle_give_the_same_block(block: Block) -> None:
    expected = dense(block.transform(POSTS))
    for copy in (clone(block), pickle.loads(pickle.dumps(block))):
        assert type(copy) is type(block)
        assert list(copy.get_params()) == list(block.get_params())
        assert np.array_equal(dense(copy.fit_transform(POSTS)), expected)
    for name in ("bits", "orders"):
        if name in block.get_params():
            assert clone(block).get_params()[name] == block.get_params()[name]


def test_parameters_can_be_searched() -> None:
    block = WordNgrams().set_params(orders=(1,), bits=8)
    assert block.get_params() == {"orders": (1,), "bits": 8, "mask_names": True}
    assert block.transform(["a"]).shape == (1, 256)


@every_block
def test_one_str_is_not_a_list(block: Block) -> None:
    with pytest.raises(InputError, match="put it in a list"):
        block.transform("one post")
    with pytest.raises(InputError, match="put it in a list"):
        block.fit("one post")


@every_block
@pytest.mark.parametrize(
    ("wrong", "name"), [(None, "NoneType"), (float("nan"), "float"), (b"a", "bytes")]
)
def test_what_is_no_post_is_named(block: Block, wrong: object, name: str) -> None:
    with pytest.raises(InputError, match=f"post 1 is {name}"):
        block.transform(["a", wrong])


@pytest.mark.slow
@every_block
def test_blocks_work_inside_scikit_learn(block: Block) -> None:
    posts = ["good tram", "bad tram", "GOOD!", "so bad"] * 6
    labels = ["up", "down"] * 12
    union = FeatureUnion([("block", clone(block)), ("words", WordNgrams(orders=(1,), bits=8))])
    model = Pipeline([("features", union), ("model", LogisticRegression())])
    assert cross_val_score(model, posts, labels, cv=3).min() == 1
    model.fit(posts, labels)
    assert pickle.loads(pickle.dumps(model)).predict(["good"]).tolist() == ["up"]
    assert clone(model).fit(posts, labels).predict(["bad"]).tolist() == ["down"]


@pytest.mark.parametrize("block", [SentimentCues(), WordVectors(VECTORS)], ids=repr)
def test_named_columns_have_one_name_each(block: Block) -> None:
    names = block.get_feature_names_out()
    assert len(names) == len(set(names)) == block.transform(["a"]).shape[1]


@pytest.mark.slow
@every_block
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=20), max_size=4))
@settings(max_examples=40)
def test_scores_evidence_and_features_agree(block: Block, posts: list[str]) -> None:
    posts = [*posts, "good bad tram"]
    rng = np.random.default_rng(0)
    coefficients = rng.normal(size=(block.transform(posts).shape[1], 2))
    table = block.fold(coefficients).astype(np.float32)
    assert table.shape == (block.rows, 2)
    for batch in batches(posts):
        score = block.score(batch, table)
        np.testing.assert_allclose(score, block.encode(batch) @ coefficients, atol=1e-4)
        found = block.evidence(batch)
        total = np.zeros_like(score, np.float64)
        np.add.at(total, found.post, found.value[:, None] * table[found.row])
        np.testing.assert_allclose(total, score, atol=1e-4)


def test_hashes_are_of_known_words_only() -> None:
    assert KnownWords(np.sort(hash_strings(["good"]))).transform(["good bad"]).sum() == 1
