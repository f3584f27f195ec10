"""Tiny encoders, and models of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from stancekit.labels import LABELS
from stancekit.model import StanceModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.kinds import digest
from stancekit.model.scorer import Scorer

TINY = Path(__file__).parent / "tiny"


def encoder_model(**changes: Any) -> EncoderModel:
    """One that knows the words of `invented.MARKS`."""
    files = {name: (TINY / name).read_bytes() for name in ("classifier.onnx", "tokenizer.json")}
    plain = EncoderModel(LABELS, files["classifier.onnx"], files["tokenizer.json"], 0.5, 32)
    return replace(plain, **changes)


def with_scorer(model: StanceModel, scorer: Scorer, **changes: Any) -> StanceModel:
    """The model with another scorer, called tiny."""
    return replace(model, name="tiny", scorer=scorer, digest=digest(scorer), **changes)
