"""Fixtures shared by every part's tests."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of study data, or a skip: a fresh clone passes without it."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("STANCEKIT_SHARED_DATA", default))
    if not folder.is_dir():
        pytest.skip("study data not here: set STANCEKIT_SHARED_DATA to run this test")
    return folder
