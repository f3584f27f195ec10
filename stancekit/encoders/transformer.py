"""Folders of sentence-transformers: ``modules.json`` names the modules a text goes through.

What is read here: a Transformer with an ONNX export in its ``onnx`` folder, Pooling, Normalize; or
a StaticEmbedding. Anything else is left to the sentence-transformers library, if it is installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.encoders.files import Folder
from stancekit.encoders.onnx_text import OnnxText
from stancekit.encoders.pooling import Pool, pools
from stancekit.encoders.static import StaticEncoder, read_static_embedding
from stancekit.errors import InputError, ModelFormatError

Floats = npt.NDArray[np.float32]

_READ: Final = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
_STATIC: Final = (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
_MOST: Final = 10**6  # a tokenizer without a limit says 10**30


@dataclass(frozen=True, eq=False)
class OnnxEncoder:
    """A network over tokens, pooled.

    Attributes
    ----------
    network : OnnxText
        Gives a vector for each token.
    pools : tuple of callable
        Each makes one vector of them; put side by side.
    normalise : bool
        Whether vectors of texts have length 1.
    lower : bool
        Whether texts are lowercased first.
    """

    network: OnnxText
    pools: tuple[Pool, ...]
    normalise: bool
    lower: bool = False

    @property
    def dimensions(self) -> int:
        """Length of a text's vector."""
        return int(self.encode(["a"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a vector for each text, shape (n, dimensions)."""
        return np.stack([self._one(text.lower() if self.lower else text) for text in texts])

    def _one(self, text: str) -> Floats:
        tokens = self.network(text)
        vector = np.concatenate([pool(tokens) for pool in self.pools])
        if self.normalise:
            vector = vector / max(float(np.linalg.norm(vector)), 1e-12)
        return vector.astype(np.float32)


@dataclass(frozen=True, eq=False)
class LibraryEncoder:
    """An encoder that the sentence-transformers library runs."""

    model: Any

    @property
    def dimensions(self) -> int:
        """Length of a text's vector."""
        return int(self.encode(["a"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a vector for each text, shape (n, dimensions)."""
        return np.asarray(self.model.encode(list(texts), show_progress_bar=False), np.float32)


def read_sentence_transformer(folder: Folder) -> StaticEncoder | OnnxEncoder | LibraryEncoder:
    """Read a folder that sentence-transformers saved."""
    modules = folder.any_json("modules.json")
    try:
        paths = [str(module["path"]) for module in modules]
        types = [str(module["type"]) for module in modules]
    except (TypeError, KeyError) as error:
        raise ModelFormatError(f"{folder / 'modules.json'}: no list of modules") from error
    if foreign := [kind for kind in types if not kind.startswith("sentence_transformers.")]:
        raise InputError(
            f"{folder / 'modules.json'}: the module {foreign[0]!r} is code that came with the "
            "model, which stancekit does not run"
        )
    names = [kind.rpartition(".")[2] for kind in types]
    if names in _STATIC:
        return read_static_embedding(folder.inner(paths[0]), names[-1] == "Normalize")
    inner = folder.inner(paths[0]) if names in _READ else folder
    if names in _READ and (export := _export(inner)):
        return _onnx(inner, export, folder.inner(paths[1]), names[-1] == "Normalize")
    return _library(folder, names)


def _export(folder: Folder) -> str | None:
    """Return the ONNX export to use: the plain one, or the only one."""
    if folder.has("onnx/model.onnx"):
        return "onnx/model.onnx"
    found = sorted((folder / "onnx").glob("*.onnx"))
    return f"onnx/{found[0].name}" if len(found) == 1 else None


def _onnx(folder: Folder, export: str, pooling: Folder, normalise: bool) -> OnnxEncoder:
    settings = folder.json("sentence_bert_config.json")
    ways = pools(pooling.json("config.json"), str(pooling / "config.json"))
    network = OnnxText(
        folder.bytes(export),
        folder.bytes("tokenizer.json"),
        _max_length(folder, settings.get("max_seq_length")),
        str(folder / export),
    )
    if network("a").ndim != 2:
        raise ModelFormatError(f"{folder / export}: its first output is no vector for each token")
    return OnnxEncoder(network, ways, normalise, settings.get("do_lower_case") is True)


def _max_length(folder: Folder, wanted: Any) -> int:
    """Return the tokens of a text, as the library takes them where its own settings are silent."""
    limits = [wanted]
    if wanted is None:
        for name, key in (
            ("tokenizer_config.json", "model_max_length"),
            ("config.json", "max_position_embeddings"),
        ):
            limits.append(folder.json(name).get(key) if folder.has(name) else None)
    known = [int(limit) for limit in limits if isinstance(limit, (int, float)) and limit > 0]
    return min([*known, _MOST])


def _library(folder: Folder, names: list[str]) -> LibraryEncoder:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise InputError(
            f"{folder.path}: no ONNX export that stancekit reads (onnx/model.onnx, with the "
            f"modules Transformer, Pooling, Normalize; this has {', '.join(names)}). Export it: "
            'SentenceTransformer(folder, backend="onnx").save_pretrained(folder); or install '
            "sentence-transformers, which runs it through torch"
        ) from error
    return LibraryEncoder(
        SentenceTransformer(str(folder.path), device="cpu", local_files_only=True)
    )
