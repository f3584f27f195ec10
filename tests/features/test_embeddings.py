"""Embeddings of an encoder's folder are a block like any other in scikit-learn."""

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from sklearn.base import clone
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer

import stancekit
from stancekit.errors import InputError
from stancekit.features import SentenceEmbeddings, WordNgrams

TINY = Path(__file__).parents[1] / "support" / "tiny"
POSTS = ["bravo to the mayor", "what a clown", "the bus is late", "bravo to the mayor"]


@pytest.fixture
def folder(tmp_path):
    """A static encoder."""
    shutil.copy(TINY / "tokenizer.json", tmp_path)
    words = Tokenizer.from_file(str(TINY / "tokenizer.json")).get_vocab_size()
    vectors = np.random.default_rng(0).normal(size=(words, 5)).astype(np.float32)
    save_file({"embeddings": vectors}, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps({"normalize": True}))
    return tmp_path


def test_a_row_is_the_same_whatever_stands_beside_it(folder):
    block = SentenceEmbeddings(folder)
    found = block.fit_transform(POSTS * 50)
    assert found.shape == (200, 5)
    assert found.dtype == np.float32
    assert (found == np.tile(found[:4], (50, 1))).all()
    for post, row in zip(POSTS, found, strict=False):
        assert (block.transform([post])[0] == row).all()
    assert (SentenceEmbeddings(folder, n_jobs=2).transform(POSTS * 50) == found).all()


def test_no_posts(folder):
    assert SentenceEmbeddings(folder).transform([]).shape == (0, 5)


def test_clones_and_pickles(folder):
    block = SentenceEmbeddings(folder).fit(POSTS)
    wanted = block.transform(POSTS)
    for other in (clone(block), pickle.loads(pickle.dumps(block))):
        assert (other.transform(POSTS) == wanted).all()
    assert "_kept" not in pickle.loads(pickle.dumps(block)).__dict__


def test_stands_in_a_union_with_other_blocks(folder):
    union = FeatureUnion([("words", WordNgrams(bits=8)), ("encoder", SentenceEmbeddings(folder))])
    assert union.fit_transform(POSTS).shape == (4, 2**8 + 5)
    scaled = make_pipeline(SentenceEmbeddings(folder), StandardScaler()).fit(POSTS)
    assert scaled.get_feature_names_out().tolist() == [f"embedding_{i}" for i in range(5)]


def test_make_pipeline_takes_an_encoder(folder):
    pipeline = stancekit.make_pipeline(encoder=folder)
    names = [name for name, _ in pipeline.named_steps["features"].transformer_list]
    assert names == ["words", "characters", "cues", "vectors", "encoder"]
    pipeline.set_params(features__words__bits=8, features__characters__bits=8)
    labels = ["supportive", "dog-piling", "neutral", "supportive"]
    assert pipeline.fit(POSTS, labels).predict(POSTS).tolist() == labels


def test_make_pipeline_says_at_once_that_there_is_no_encoder(tmp_path):
    with pytest.raises(InputError, match="no encoder here"):
        stancekit.make_pipeline(encoder=tmp_path)


@pytest.mark.parametrize("n_jobs", [0, "2", None])
def test_a_number_of_threads_that_is_none_is_refused(folder, n_jobs):
    with pytest.raises(InputError, match="n_jobs is"):
        SentenceEmbeddings(folder, n_jobs=n_jobs).fit(POSTS)
