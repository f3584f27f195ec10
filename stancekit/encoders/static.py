"""Static encoders: the mean of a text's token vectors, as model2vec saves and computes it.

References
----------
Tulkens & van Dongen (2024), Model2Vec. The folder is that of model2vec 0.10 and before:
``model.safetensors`` (``embeddings``; ``mapping`` from token to row and ``weights`` of tokens
where the vocabulary is quantised), ``tokenizer.json``, ``config.json``; or a StaticEmbedding of
sentence-transformers (``embedding.weight``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.encoders.files import Folder
from stancekit.encoders.tokens import read_tokenizer, whole_characters
from stancekit.errors import ModelFormatError

Floats = npt.NDArray[np.float32]

#: Tokens after which model2vec cuts a text off, where the config does not say.
MAX_LENGTH: Final = 512


@dataclass(frozen=True, eq=False)
class StaticEncoder:
    """Token vectors, averaged.

    Attributes
    ----------
    tokenizer : tokenizers.Tokenizer
    vectors : ndarray of float32, shape (rows, dimensions)
    row : ndarray of int64, shape (tokens,)
        Row of each token's vector.
    weight : ndarray of float32, shape (tokens,)
        What each token's vector is multiplied by.
    skipped : int or None
        A token left out: the unknown one.
    longest : int or None
        Characters after which a text is cut off before it is split.
    normalise : bool
        Whether vectors of texts have length 1.
    """

    tokenizer: Any
    vectors: Floats
    row: npt.NDArray[np.int64]
    weight: Floats
    skipped: int | None
    longest: int | None
    normalise: bool

    @property
    def dimensions(self) -> int:
        """Length of a text's vector."""
        return int(self.vectors.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a vector for each text, shape (n, dimensions); zeros for one without tokens."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for place, text in enumerate(texts):
            found = self.tokenizer.encode(
                whole_characters(text[: self.longest]), add_special_tokens=False
            )
            ids = np.array([token for token in found.ids if token != self.skipped], np.int64)
            if len(ids):
                out[place] = (self.vectors[self.row[ids]] * self.weight[ids, None]).mean(axis=0)
        if self.normalise:
            out /= np.linalg.norm(out, axis=1, keepdims=True) + np.float32(1e-32)
        return out


def read_model2vec(folder: Folder) -> StaticEncoder:
    """Read a folder that model2vec saved."""
    config = folder.json("config.json")
    max_length = config.get("max_length", MAX_LENGTH)
    if max_length is not None and (type(max_length) is not int or max_length < 1):
        raise ModelFormatError(f"{folder / 'config.json'}: max_length is {max_length!r}")
    tokenizer = read_tokenizer(
        folder.bytes("tokenizer.json"), max_length, str(folder / "tokenizer.json")
    )
    longest = None
    if max_length is not None:
        longest = max_length * int(np.median([len(token) for token in tokenizer.get_vocab()]))
    return _static(
        folder,
        tokenizer,
        "embeddings",
        skipped=_unknown(folder, tokenizer),
        longest=longest,
        normalise=bool(config.get("normalize", False)),
    )


def read_static_embedding(folder: Folder, normalise: bool) -> StaticEncoder:
    """Read the folder of a StaticEmbedding of sentence-transformers."""
    tokenizer = read_tokenizer(folder.bytes("tokenizer.json"), None, str(folder / "tokenizer.json"))
    named = folder.tensors("model.safetensors")
    name = "embedding.weight" if "embedding.weight" in named else "embeddings"
    return _static(folder, tokenizer, name, skipped=None, longest=None, normalise=normalise)


def _static(
    folder: Folder,
    tokenizer: Any,
    name: str,
    *,
    skipped: int | None,
    longest: int | None,
    normalise: bool,
) -> StaticEncoder:
    arrays = folder.tensors("model.safetensors")
    where = folder / "model.safetensors"
    if name not in arrays:
        raise ModelFormatError(f"{where}: no {name!r} in it, but {', '.join(sorted(arrays))}")
    vectors = arrays[name].astype(np.float32)
    tokens = 1 + max(tokenizer.get_vocab().values(), default=-1)
    row = arrays.get("mapping", np.arange(tokens)).astype(np.int64)
    weight = arrays.get("weights", np.ones(tokens)).astype(np.float32)
    fits = (
        vectors.ndim == 2
        and row.shape == weight.shape == (tokens,)
        and np.isfinite(vectors).all()
        and (not tokens or (row.min() >= 0 and row.max() < len(vectors)))
    )
    if not fits:
        raise ModelFormatError(
            f"{where}: {vectors.shape} vectors, {row.shape} rows and {weight.shape} weights do not "
            f"fit a tokenizer of {tokens} tokens: copy the folder again"
        )
    return StaticEncoder(tokenizer, vectors, row, weight, skipped, longest, normalise)


def _unknown(folder: Folder, tokenizer: Any) -> int | None:
    """Return the token for what is in no vocabulary, as model2vec finds it."""
    model = folder.json("tokenizer.json").get("model", {})
    name = model.get("unk_token")
    unknown = tokenizer.token_to_id(name) if name is not None else model.get("unk_id")
    return unknown if unknown is None else int(unknown)
