"""What a model needs to be: texts in, probabilities out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from stancekit.labels import ClassName
from stancekit.model.spread import Work


class Scorer(Protocol):
    """A linear model, an encoder, or a cascade of both; `k` classes."""

    @property
    def classes(self) -> tuple[ClassName, ...]:
        """Names of the classes, in column order."""

    @property
    def work(self) -> Work:
        """How posts are cut and spread over workers."""

    def proba(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Probabilities of one or more posts, shape (p, k), on one core.

        A post's row is the same to the bit whatever stands beside it.
        """
