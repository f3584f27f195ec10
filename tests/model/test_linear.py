"""The flat model: a sum of table rows, the same for a post wherever it stands."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.features.transformers import WordNgrams
from stancekit.model.linear import LinearModel
from stancekit.text.batch import read_batch
from tests.support import invented

POSTS = [*invented.posts(20, seed=11)["text"], "", " ", "\ud800", "not you!!!", "🤡🤡"]


def test_logits_are_the_intercept_and_the_scores_of_the_blocks(model):
    linear, batch = model.linear, read_batch(POSTS)
    parts = [block.score(batch, linear.tables[name]) for name, block in linear.blocks.items()]
    assert linear.batch_logits(batch) == pytest.approx(sum(parts) + linear.intercept, abs=1e-5)
    assert all(np.abs(part).max() > 0 for part in parts)


def test_logits_are_rows_of_features_times_tables():
    block = WordNgrams(bits=8)
    table = np.random.default_rng(0).normal(size=(256, 2)).astype(np.float32)
    linear = LinearModel(("a", "b"), {"w": block}, {"w": table}, np.float32([1, -1]), 1.0)
    wanted = block.transform(POSTS) @ table.astype(np.float64) + [1, -1]
    assert linear.batch_logits(read_batch(POSTS)) == pytest.approx(wanted, abs=1e-4)


def test_a_post_without_features_has_the_intercepts_probabilities(model):
    linear = model.linear
    weight = np.exp(linear.intercept.astype(np.float64) / linear.temperature)
    assert linear.proba([""])[0] == pytest.approx(weight / weight.sum(), abs=1e-6)


@given(st.lists(st.sampled_from(POSTS), min_size=1, max_size=6))
@settings(max_examples=30)
def test_the_temperature_changes_how_sure_not_which(model, posts):
    linear = model.linear
    warm = LinearModel(
        linear.classes, linear.blocks, linear.tables, linear.intercept, linear.temperature * 2
    )
    cold, sure = linear.proba(posts), warm.proba(posts)
    assert (cold.argmax(axis=1) == sure.argmax(axis=1)).all()
    assert (cold.max(axis=1) >= sure.max(axis=1)).all()
    assert cold.dtype == np.float32


def test_scoring_leaves_the_model_as_it_is(model):
    before = {name: table.copy() for name, table in model.linear.tables.items()}
    intercept = model.linear.intercept.copy()
    model.linear.proba(POSTS)
    assert all((model.linear.tables[name] == table).all() for name, table in before.items())
    assert (model.linear.intercept == intercept).all()
