"""What a model has learnt from is known by its texts' hashes, and by nothing of the texts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stancekit
from stancekit.errors import ModelFormatError
from stancekit.model.saved.format import SEEN_FILE
from stancekit.model.seen import Seen
from tests.support import invented


@given(st.lists(st.text(), max_size=20))
def test_every_text_seen_is_known_and_comes_back_from_bytes(texts):
    seen = Seen.of(texts)
    assert seen.among(texts).all()
    assert np.array_equal(Seen.from_bytes(seen.to_bytes()).hashes, seen.hashes)


def test_reposts_are_known_and_other_posts_are_not():
    seen = Seen.of([f"The tram stops at gate {i}" for i in range(2000)])
    assert seen.among(["RT @ana: the TRAM stops at gate 7! https://t.co/x"]).all()
    assert not seen.among([f"The tram leaves from gate {i}" for i in range(2000)]).any()


def test_what_is_not_in_order_is_no_list_of_hashes():
    with pytest.raises(ValueError, match="order"):
        Seen.from_bytes(bytes([2, 0, 0, 0, 1, 0, 0, 0]))


@pytest.fixture
def trained():
    return stancekit.train(
        invented.posts(20, ("no", "yes")), blocks=invented.few_blocks(), n_jobs=1
    )


def test_a_saved_model_knows_what_it_was_trained_on(trained, tmp_path):
    posts = invented.posts(20, ("no", "yes"))
    folder = trained.save(tmp_path / "model")
    loaded = stancekit.load(folder)
    assert loaded.seen.among(list(posts["text"])).all()
    assert loaded.digest == trained.digest
    assert dict(loaded.about) == trained.about
    written = (folder / SEEN_FILE).read_bytes()
    assert len(written) == 4 * len(loaded.seen)
    loaded.save(folder)  # a model replaces a model


def test_without_hashes_a_model_is_the_same(trained, tmp_path):
    bare = replace(trained, seen=None).save(tmp_path / "model")
    assert not (bare / SEEN_FILE).exists()
    loaded = stancekit.load(bare)
    assert loaded.seen is None
    assert loaded.digest == trained.digest


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_damaged_hashes_are_said(trained, tmp_path, damage):
    folder = trained.save(tmp_path / "model")
    damage(folder / SEEN_FILE)
    with pytest.raises(ModelFormatError, match=SEEN_FILE):
        stancekit.load(folder)


def test_extra_posts_are_seen_too():
    posts, extra = invented.posts(20, ("no", "yes")), invented.posts(9, ("no", "yes"), seed=5)
    made = stancekit.train(posts, extra=extra, blocks=invented.few_blocks(), n_jobs=1)
    assert made.seen.among([*posts["text"], *extra["text"]]).all()


def test_adapting_adds_to_what_is_known(trained):
    more = invented.posts(15, ("no", "yes"), seed=9)
    adapted = trained.adapt(more)
    assert adapted.seen.among(list(more["text"])).all()
    assert len(adapted.seen) > len(trained.seen)
