"""A command line whose models cost nothing."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import stancekit.model
from stancekit.errors import UnknownModelError
from stancekit.model import StanceModel
from tests.support.fakes import fake_model

Command = Callable[..., Result]


class FakeStanceModel(StanceModel):
    card = "# Model card\n\nInvented."

    def explain(self, text: str) -> Any:
        return SimpleNamespace(text=text, _repr_html_=lambda: f"<p>{text}: <b>why</b></p>")

    def save(self, path: Path) -> Path:
        path.mkdir(exist_ok=True)
        (path / "manifest.json").write_text("{}", encoding="utf-8")
        return path


def load(name: str) -> StanceModel:
    if name not in {"default", "mine"}:
        raise UnknownModelError(f"{name}: no such model")
    return fake_model(name=name, kind=FakeStanceModel, report="macro-F1 .50 (invented)")


@pytest.fixture
def trained() -> list[dict[str, Any]]:
    """What `train` was called with."""
    return []


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, trained: list[dict[str, Any]]) -> Command:
    def train(posts: Any, **options: Any) -> StanceModel:
        trained.append({"posts": posts, **options})
        return load("mine")

    monkeypatch.setattr(stancekit.model, "load", load)
    monkeypatch.setattr(stancekit.model, "train", train)
    from stancekit.cli import app

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)

    return run
