"""Fixtures shared by every part's tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import stancekit
from tests.support import invented

# A busy machine is no fault of the code; and what fails in CI must fail again.
settings.register_profile("stancekit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("stancekit")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of study data, or a skip: a fresh clone passes without it."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("STANCEKIT_SHARED_DATA", default))
    if not folder.is_dir():
        pytest.skip("study data not here: set STANCEKIT_SHARED_DATA to run this test")
    return folder


@pytest.fixture(scope="session")
def model():
    """A model of four labels with every kind of block, trained on invented posts."""
    return stancekit.train(invented.posts(), blocks=invented.blocks(), n_jobs=1)


@pytest.fixture(scope="session")
def binary():
    """One of two labels."""
    posts = invented.posts(40, ("no", "yes"))
    return stancekit.train(posts, blocks=invented.blocks(), n_jobs=1)
