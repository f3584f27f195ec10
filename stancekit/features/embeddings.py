"""Sentence embeddings of an encoder from a folder, as a block of features."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt

from stancekit.encoders import Encoder, read_encoder
from stancekit.errors import InputError
from stancekit.features.block import PostTransformer, check_posts

_PART = 64  # posts a thread takes at a time


class SentenceEmbeddings(PostTransformer):
    """The vectors an encoder gives to posts.

    Nothing is learnt and nothing downloaded. Each post is encoded alone, so that its vector does
    not hang on its neighbours (but for rounding where the sentence-transformers library runs it).

    Parameters
    ----------
    encoder : str or Path
        A folder saved by sentence-transformers, best with an ONNX export (``onnx/model.onnx``),
        or by model2vec.
    n_jobs : int, default 1
        Threads that encode, -1 for one a core.

    Examples
    --------
    >>> from sklearn.base import clone
    >>> clone(SentenceEmbeddings("models/my-encoder"))
    SentenceEmbeddings(encoder='models/my-encoder')
    """

    def __init__(self, encoder: str | Path, n_jobs: int = 1) -> None:
        self.encoder = encoder
        self.n_jobs = n_jobs

    def fit(self, X: Sequence[str], y: object = None) -> SentenceEmbeddings:  # noqa: N803
        """Read the encoder and check the posts.

        Raises
        ------
        InputError
            If the folder holds no encoder, or a library it needs is missing.
        ModelFormatError
            If the encoder is damaged.
        """
        if type(self.n_jobs) is not int or self.n_jobs == 0:
            raise InputError(f"n_jobs is {self.n_jobs!r}: give 1 or more, or -1 for all cores")
        self._read()
        check_posts(X)
        return self

    def transform(self, X: Sequence[str]) -> npt.NDArray[np.float32]:  # noqa: N803
        """Encode posts.

        Parameters
        ----------
        X : sequence of str
            `n` posts.

        Returns
        -------
        ndarray of float32, shape (n, dimensions)
        """
        texts = check_posts(X)
        encoder = self._read()
        known = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        distinct = list(known)
        parts = [distinct[begin : begin + _PART] for begin in range(0, len(distinct), _PART)]
        workers = joblib.Parallel(n_jobs=self.n_jobs, backend="threading")
        found = workers(joblib.delayed(encoder.encode)(part) for part in parts)
        if not found:
            return np.empty((0, encoder.dimensions), np.float32)
        vectors: npt.NDArray[np.float32] = np.concatenate(found)
        return vectors[[known[text] for text in texts]]

    def get_feature_names_out(
        self, input_features: Sequence[str] | None = None
    ) -> npt.NDArray[Any]:
        """Return the names of the dimensions."""
        return np.array([f"embedding_{i}" for i in range(self._read().dimensions)], dtype=object)

    def _read(self) -> Encoder:
        """Read the encoder, once for each folder."""
        path = Path(self.encoder).absolute()
        kept = self.__dict__.get("_kept")
        if kept is None or kept[0] != path:
            kept = self._kept = (path, read_encoder(path))
        encoder: Encoder = kept[1]
        return encoder

    def __getstate__(self) -> dict[str, Any]:
        # a network in memory cannot be pickled; it is read again where it is used
        return {key: value for key, value in super().__getstate__().items() if key != "_kept"}
