"""The study's small cases: what a public report or a real file showed, with what is right.

They are not ours to give away, so no word of them stands here: what a row must hold is read from
the case's own file, by the standard library. A fresh clone has none and skips; the test with an
invented file that stands beside each is named in test_beside.py.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import stancekit


@dataclass(frozen=True)
class Labelled:
    """What ``stancekit label`` said and wrote."""

    exit_code: int
    said: str
    posts: pd.DataFrame
    rejects: list[dict[str, Any]]

    def column(self, name: str) -> list[Any]:
        """A column's values, None where there is none."""
        if name not in self.posts:
            return [None] * len(self.posts)
        values = self.posts[name]
        return [one if isinstance(one, list) or pd.notna(one) else None for one in values]

    @property
    def times(self) -> list[str | None]:
        """To the second; posts of X have more from their id."""
        return [one and f"{one:%Y-%m-%d %H:%M:%S}" for one in self.column("created_at")]


Label = Callable[..., Labelled]


@pytest.fixture(scope="session")
def cases(shared_data: Path) -> Path:
    folder = shared_data.parent / "cases"
    if not folder.is_dir():
        pytest.skip("the small cases are not here: they lie beside the study data")
    return folder


@pytest.fixture
def label(cases: Path, tmp_path: Path) -> Label:
    """Label a case as its ``expected.md`` says, with the fastest model."""
    from stancekit.cli import app

    def label(name: str, *options: str, out: str = "out.csv") -> Labelled:
        path = tmp_path / out
        asked = ["label", str(cases / name), "-o", str(path), "-m", "fast", *options]
        done = CliRunner().invoke(app, asked, catch_exceptions=False)
        rejects = tmp_path / f"{out}.rejects.jsonl"
        lines = rejects.read_text("utf-8").splitlines() if rejects.exists() else []
        return Labelled(
            done.exit_code,
            " ".join(done.stderr.split()),
            stancekit.read_labels(path) if path.exists() else pd.DataFrame(),
            [json.loads(line) for line in lines],
        )

    return label
