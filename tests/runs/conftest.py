"""Sources and models for runs; people and causes are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stancekit.model import StanceModel
from tests.support.fakes import fake_model
from tests.support.storm import posts, write_jsonl

Make = Callable[..., Path]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "storm.jsonl", posts(95))


@pytest.fixture
def model() -> StanceModel:
    return fake_model()
