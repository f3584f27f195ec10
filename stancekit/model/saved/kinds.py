"""The kinds of models: who writes and who reads each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stancekit.errors import ModelFormatError
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.linear import LinearModel
from stancekit.model.saved.encoder import (
    build_cascade,
    build_encoder,
    cascade_saved,
    encoder_saved,
)
from stancekit.model.saved.format import LINEAR_FORMAT, NETWORK, TOKENIZER, WEIGHTS
from stancekit.model.saved.linear import build_linear, linear_saved
from stancekit.model.saved.written import Saved, sha256
from stancekit.model.scorer import Scorer

#: Every file that may stand beside a manifest and a card.
FILES: Final = (WEIGHTS, NETWORK, TOKENIZER)


@dataclass(frozen=True)
class Kind:
    """How one kind of model is written and read.

    Attributes
    ----------
    scorer : type
    files : tuple of str
        The files beside the manifest.
    saved : callable
        Scorer to `Saved`.
    build : callable
        Settings, files and the folder, for messages, to a scorer; raises ModelFormatError.
    """

    scorer: type
    files: tuple[str, ...]
    saved: Callable[[Any], Saved]
    build: Callable[[Mapping[str, Any], Mapping[str, bytes], Path], Scorer]


#: By the name the manifest gives them; without one it is a linear model.
KINDS: Final[Mapping[str, Kind]] = {
    "linear": Kind(LinearModel, (WEIGHTS,), linear_saved, build_linear),
    "encoder": Kind(EncoderModel, (NETWORK, TOKENIZER), encoder_saved, build_encoder),
    "cascade": Kind(CascadeModel, FILES, cascade_saved, build_cascade),
}


def saved(scorer: Scorer) -> Saved:
    """Return what of a scorer is written.

    Raises
    ------
    ModelFormatError
        If it is of no kind that can be saved.
    """
    for kind in KINDS.values():
        if isinstance(scorer, kind.scorer):
            return kind.saved(scorer)
    raise ModelFormatError(
        f"a {type(scorer).__name__} cannot be saved: {', '.join(KINDS)} models can"
    )


def digest(scorer: Scorer) -> str:
    """SHA-256 over all that decides a label: settings, classes, temperature, scores."""
    return saved(scorer).digest


def file_digests(written: Saved) -> dict[str, Any]:
    """Return what the manifest says of the files beside the settings: nothing since format 2."""
    if written.settings["format"] == LINEAR_FORMAT:
        return {"weights": sha256(written.files)[WEIGHTS]}
    return {}


def expected_digests(manifest: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the digests of the files that a manifest promises."""
    if manifest["format"] == LINEAR_FORMAT:
        return {WEIGHTS: manifest.get("weights", "")}
    files: Mapping[str, str] = manifest["files"]
    return files
