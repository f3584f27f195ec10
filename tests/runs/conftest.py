"""Sources and models for runs; people and causes are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.fakes import FakeModel
from tests.support.storm import posts, write_jsonl

Make = Callable[..., Path]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "storm.jsonl", posts(95))


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()
