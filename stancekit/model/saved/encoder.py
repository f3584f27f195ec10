"""Encoders and cascades as they are written: settings, a network and its tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from stancekit.encoders.limits import MAX_LENGTH, TRIAL_SECONDS
from stancekit.errors import ModelFormatError
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.checks import checked_classes, checked_temperature
from stancekit.model.saved.format import (
    ENCODER_FORMAT,
    MANIFEST,
    NETWORK,
    PHRASES_FORMAT,
    READING_FORMAT,
    TOKENIZER,
    oldest_format,
)
from stancekit.model.saved.linear import build_linear, linear_saved
from stancekit.model.saved.written import Saved, sha256
from stancekit.model.scorer import Scorer

#: Settings that are written where they are set.
_SINCE_5: Final = ("mask_names", "batched")


def encoder_saved(encoder: EncoderModel) -> Saved:
    """Return what of an encoder is written."""
    files = {NETWORK: encoder.model, TOKENIZER: encoder.tokenizer}
    since_5 = {name: True for name in _SINCE_5 if getattr(encoder, name)}
    settings = {
        "format": PHRASES_FORMAT if since_5 else oldest_format(ENCODER_FORMAT, encoder.classes),
        "kind": "encoder",
        "classes": list(encoder.classes),
        "temperature": encoder.temperature,
        "max_length": encoder.max_length,
        "plain": encoder.plain,
        **since_5,
        "files": sha256(files),
    }
    return Saved(settings, files)


def build_encoder(
    settings: Mapping[str, Any], files: Mapping[str, bytes], folder: Path
) -> EncoderModel:
    """Build an encoder from what was written; see `try_out`."""
    classes = checked_classes(settings, folder)
    max_length = settings["max_length"]
    if type(max_length) is not int or not 3 <= max_length <= MAX_LENGTH:
        raise ModelFormatError(f"{folder / MANIFEST}: max_length is {max_length!r}")
    flags = {"plain": settings["plain"], **{name: settings.get(name, False) for name in _SINCE_5}}
    for name, value in flags.items():
        if type(value) is not bool:
            raise ModelFormatError(f"{folder / MANIFEST}: {name} is {value!r}")
    return EncoderModel(
        classes,
        files[NETWORK],
        files[TOKENIZER],
        checked_temperature(settings, folder),
        max_length,
        **flags,
        where=str(folder / NETWORK),
    )


def try_out(scorer: Scorer, folder: Path) -> None:
    """Refuse a network that cannot run, or gives no logits for a post.

    Raises
    ------
    ModelFormatError
        Names the file.
    """
    encoder = scorer.encoder if isinstance(scorer, CascadeModel) else scorer
    if not isinstance(encoder, EncoderModel):
        return
    logits = encoder.network("a " * encoder.max_length, TRIAL_SECONDS)
    if logits.shape != (len(encoder.classes),) or not np.isfinite(logits).all():
        raise ModelFormatError(
            f"{folder / NETWORK}: gives an output of shape {logits.shape} for a post, where "
            f"{len(encoder.classes)} logits are wanted"
        )
    if encoder.batched:
        encoder.logits(["a", "a"])  # refused here rather than at the first post


def cascade_saved(cascade: CascadeModel) -> Saved:
    """Return what of a cascade is written."""
    linear, encoder = linear_saved(cascade.linear), encoder_saved(cascade.encoder)
    files = {**linear.files, **encoder.files}
    own = READING_FORMAT if cascade.share != 1 else ENCODER_FORMAT
    parts = (linear.settings["format"], encoder.settings["format"])
    settings = {
        "format": max(own, *parts),
        "kind": "cascade",
        "threshold": cascade.threshold,
        **({} if cascade.share == 1 else {"share": cascade.share}),
        "linear": linear.settings,
        "encoder": encoder.settings,
        "files": sha256(files),
    }
    return Saved(settings, files)


def build_cascade(
    settings: Mapping[str, Any], files: Mapping[str, bytes], folder: Path
) -> CascadeModel:
    """Build a cascade from what was written."""
    return CascadeModel(
        build_linear(settings["linear"], files, folder),
        build_encoder(settings["encoder"], files, folder),
        settings["threshold"],
        settings.get("share", 1.0),
    )
