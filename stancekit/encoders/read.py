"""`read_encoder`: whatever folder holds an encoder, as one that gives a vector for each text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from stancekit.encoders.files import Folder
from stancekit.encoders.static import read_model2vec
from stancekit.encoders.transformer import read_sentence_transformer
from stancekit.errors import InputError


class Encoder(Protocol):
    """Texts in, vectors out."""

    @property
    def dimensions(self) -> int:
        """Length of a text's vector."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return a vector for each of one or more texts, shape (n, dimensions)."""


def read_encoder(path: str | Path) -> Encoder:
    """Read an encoder from a folder of sentence-transformers or model2vec.

    Raises
    ------
    InputError
        If there is none, or a library it needs is not installed.
    ModelFormatError
        If it is damaged, or of a form that is not known.
    """
    folder = Folder(Path(path))
    # model2vec writes a modules.json too, which says less than its own files
    if folder.has("config.json") and "embeddings" in folder.tensor_names("model.safetensors"):
        return read_model2vec(folder)
    if folder.has("modules.json"):
        return read_sentence_transformer(folder)
    raise InputError(
        f"{folder.path}: no encoder here: give a folder saved by sentence-transformers "
        "(modules.json) or model2vec (config.json, model.safetensors, tokenizer.json); stancekit "
        "downloads none"
    )
