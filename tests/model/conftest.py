"""Small models trained on invented posts, once for all tests."""

import invented
import pytest

import stancekit


@pytest.fixture(scope="session")
def model():
    """Four labels, every kind of block."""
    return stancekit.train(invented.posts(), blocks=invented.blocks(), n_jobs=1)


@pytest.fixture(scope="session")
def binary():
    """Two labels."""
    posts = invented.posts(40, ("no", "yes"))
    return stancekit.train(posts, blocks=invented.blocks(), n_jobs=1)
