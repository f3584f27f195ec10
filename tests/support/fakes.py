"""A model that costs nothing and is told by a text alone, so that runs can be compared."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from stancekit.features.transformers import WordNgrams
from stancekit.labels import LABELS
from stancekit.model.linear import LinearModel
from stancekit.model.scorer import Work
from stancekit.model.stance_model import StanceModel

CLASSES = LABELS
DIGEST = hashlib.sha256(b"fake").hexdigest()


class StopError(Exception):
    """Stands for whatever ends a run in the middle."""


def fake_model(
    before: Callable[[Sequence[str]], object] | None = None,
    *,
    name: str = "fake",
    digest: str = DIGEST,
    classes: tuple[str, ...] = CLASSES,
    about: Any = None,
    kind: type[StanceModel] = StanceModel,
    report: Any = None,
) -> StanceModel:
    """A linear model of scores drawn by lot; `before` is called with the texts it is to score."""
    scores = np.random.default_rng(7).normal(size=(256, len(classes))).astype(np.float32)
    linear = LinearModel(
        classes, {"words": WordNgrams(bits=8)}, {"words": scores}, np.zeros_like(scores[0]), 0.5
    )
    scorer = linear if before is None else Watched(linear, before)
    return kind(name, digest, scorer, report, about or {})


@dataclass(frozen=True)
class Watched:
    """A scorer of which each batch is told before it is scored; it cannot explain."""

    linear: LinearModel
    before: Callable[[Sequence[str]], object]

    @property
    def classes(self) -> tuple[str, ...]:
        return self.linear.classes

    @property
    def work(self) -> Work:
        return self.linear.work

    def proba(self, texts: Sequence[str]) -> Any:
        self.before(texts)
        return self.linear.proba(texts)


def stopping(
    at: str = "55", error: BaseException | type[BaseException] = StopError, **options: Any
) -> StanceModel:
    """A model that raises when it meets a text."""
    return fake_model(partial(_stop, at, error), **options)


def waiting(go: str, at: str = "55") -> StanceModel:
    """A model that meets a text and waits until a file is there."""
    return fake_model(partial(_wait_for, go, at))


def slow(seconds: float) -> StanceModel:
    """A model so slow that there is time to kill who labels."""
    return fake_model(partial(_wait, seconds))


def _stop(at: str, error: BaseException | type[BaseException], texts: Sequence[str]) -> None:
    if any(at in text for text in texts):
        raise error


def _wait_for(go: str, at: str, texts: Sequence[str]) -> None:
    while any(at in text for text in texts) and not Path(go).exists():
        time.sleep(0.02)


def _wait(seconds: float, _: Sequence[str]) -> None:
    time.sleep(seconds)
