"""A fine-tuned encoder as an ONNX network: slower than the linear model, and more accurate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from stancekit.encoders import OnnxText
from stancekit.encoders.plain import plain_text
from stancekit.errors import ModelFormatError
from stancekit.labels import ClassName
from stancekit.model.spread import Work
from stancekit.scores.calibration import softmax

_BUILDING: Final = Lock()


@dataclass(frozen=True, eq=False)
class EncoderModel:
    """A text classifier in ONNX, `k` classes.

    Attributes
    ----------
    classes : tuple of str or int
        Names of the classes, in the order of the network's logits.
    model : bytes
        ``model.onnx``; see `stancekit.encoders.OnnxText`. Gives (1, k) logits.
    tokenizer : bytes
        ``tokenizer.json``.
    temperature : float
        What the logits are divided by before the softmax (Guo et al. 2017).
    max_length : int
        Tokens of a post that are read, special ones included.
    plain : bool
        Whether posts are written in plain words first, as `stancekit.encoders.plain` does.
    mask_names : bool
        Whether all names in them become one then.
    batched : bool
        Whether the network takes many posts of as many tokens, (b, tokens) to (b, k), no row of
        which depends on another: so with fixed scales of its activations, not with dynamic ones.
    where : str
        How messages call it.
    """

    classes: tuple[ClassName, ...]
    model: bytes
    tokenizer: bytes
    temperature: float
    max_length: int
    plain: bool = False
    mask_names: bool = False
    batched: bool = False
    where: str = "model.onnx"

    work: ClassVar[Work] = Work(512, "threading", many=256, costly=True)

    @property
    def network(self) -> OnnxText:
        """The network, ready to run; built when it is first asked for."""
        with _BUILDING:  # threads that come at once wait for one
            return self._network

    @cached_property
    def _network(self) -> OnnxText:
        return OnnxText(self.model, self.tokenizer, self.max_length, self.where)

    def logits(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Logits of one or more posts, before the temperature, shape (p, k)."""
        written = plain_text(texts, mask_names=self.mask_names) if self.plain else texts
        logits = self.network.many(written, together=self.batched)
        if logits.shape != (len(texts), len(self.classes)) or not np.isfinite(logits).all():
            raise ModelFormatError(f"{self.where}: gives no logits for a post: use another model")
        return logits

    def proba(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Probabilities of one or more posts, shape (p, k); each post is read alone."""
        return softmax(self.logits(texts), self.temperature).astype(np.float32)

    def __getstate__(self) -> dict[str, Any]:
        # a network in memory cannot be pickled; another process makes its own
        return {key: value for key, value in self.__dict__.items() if key != "_network"}
