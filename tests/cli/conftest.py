"""A command line whose models cost nothing."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import stancekit.model
from stancekit.errors import ModelFormatError
from tests.support.fakes import FakeModel

Command = Callable[..., Result]


class FakeStanceModel(FakeModel):
    card = "# Model card\n\nInvented."
    report = "macro-F1 .50 (invented)"

    def explain(self, text: str) -> Any:
        return SimpleNamespace(text=text, _repr_html_=lambda: f"<p>{text}: <b>why</b></p>")

    def save(self, path: Path) -> Path:
        path.mkdir(exist_ok=True)
        (path / "manifest.json").write_text("{}", encoding="utf-8")
        return path


def load(name: str) -> FakeStanceModel:
    if name not in {"default", "mine"}:
        raise ModelFormatError(f"{name}: no such model")
    return FakeStanceModel(name=name)


@pytest.fixture
def trained() -> list[dict[str, Any]]:
    """What `train` was called with."""
    return []


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, trained: list[dict[str, Any]]) -> Command:
    def train(posts: Any, **options: Any) -> FakeStanceModel:
        trained.append({"posts": posts, **options})
        return FakeStanceModel()

    monkeypatch.setattr(stancekit.model, "load", load)
    monkeypatch.setattr(stancekit.model, "train", train)
    from stancekit.cli import app

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)

    return run
