"""A model that costs nothing and is told by a text alone, so that runs can be compared."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

CLASSES = ("supportive", "critical", "dog-piling", "neutral")


@dataclass(frozen=True)
class FakeModel:
    name: str = "fake"
    digest: str = hashlib.sha256(b"fake").hexdigest()
    classes: tuple[str, ...] = CLASSES

    def classify(
        self,
        texts: Sequence[str | None],
        *,
        min_confidence: float | None = None,
        explain: bool = False,
        progress: bool | None = None,
    ) -> pd.DataFrame:
        seeds = np.array([_seed(text) for text in texts], dtype=float).reshape(-1, 1)
        raw = 1.0 + (seeds * np.arange(1, len(self.classes) + 1)) % 7
        shares = raw / raw.sum(axis=1, keepdims=True)
        codes = shares.argmax(axis=1)
        confidence = shares.max(axis=1)
        empty = np.array([not text for text in texts], dtype=bool)
        unsure = ~empty & (confidence < (min_confidence or 0))
        codes[empty | unsure] = -1
        frame = pd.DataFrame(
            {
                "label": pd.Categorical.from_codes(codes, list(self.classes)),
                "confidence": np.where(empty, np.nan, confidence),
            }
        )
        for column, name in enumerate(self.classes):
            frame[name] = np.where(empty, np.nan, shares[:, column])
        reasons = pd.Series(pd.NA, index=frame.index, dtype="string")
        frame["reason"] = reasons.mask(empty, "empty").mask(unsure, "below min_confidence")
        if explain:
            words = pd.Series([f"+{(text or '').split(' ')[0]}" for text in texts], dtype="string")
            frame["evidence"] = words.mask(frame["label"].isna().to_numpy())
        return frame


def _seed(text: str | None) -> int:
    return int.from_bytes(hashlib.sha256((text or "").encode()).digest()[:2], "big")
