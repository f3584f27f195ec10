"""Models for runs on a cluster; workers import them from here."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tests.support.fakes import FakeModel


@dataclass(frozen=True)
class SlowModel(FakeModel):
    """So slow that there is time to kill who labels."""

    seconds: float = 0.05

    def classify(self, texts: Sequence[str | None], **options: Any) -> pd.DataFrame:
        time.sleep(self.seconds)
        return super().classify(texts, **options)


@dataclass(frozen=True)
class BreakingModel(FakeModel):
    """Labels as the other does, until it meets a text."""

    text: str = ""

    def classify(self, texts: Sequence[str | None], **options: Any) -> pd.DataFrame:
        if any(text and self.text in text for text in texts):
            raise ValueError(f"met {self.text}")
        return super().classify(texts, **options)
