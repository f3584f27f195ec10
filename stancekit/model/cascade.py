"""A cascade: the linear model decides where it is sure, the encoder where it is not.

References
----------
Viola & Jones (2001), Rapid object detection using a boosted cascade of simple features. CVPR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.labels import ClassName
from stancekit.model.encoder import EncoderModel
from stancekit.model.linear import LinearModel
from stancekit.model.spread import Work, pieces


@dataclass(frozen=True, eq=False)
class CascadeModel:
    """Two models of the same classes, the second asked where the first is unsure.

    Attributes
    ----------
    linear : LinearModel
    encoder : EncoderModel
    threshold : float
        The confidence, 0 to 1, from which the linear model decides; at 0 it always does.

    Raises
    ------
    InputError
        If the classes differ, or the threshold is none.
    """

    linear: LinearModel
    encoder: EncoderModel
    threshold: float

    work: ClassVar[Work] = Work(pieces(256), "threading", many=512, distinct=True)

    def __post_init__(self) -> None:
        if self.linear.classes != self.encoder.classes:
            raise InputError(
                f"a cascade of different classes, {self.linear.classes} and "
                f"{self.encoder.classes}: train both on the same labels"
            )
        if type(self.threshold) not in (int, float) or not 0 <= self.threshold <= 1:
            raise InputError(f"threshold is {self.threshold!r}: give a number from 0 to 1")

    @property
    def classes(self) -> tuple[ClassName, ...]:
        """Names of the classes, in column order."""
        return self.linear.classes

    def proba(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Probabilities of one or more posts, shape (p, k): those of whichever model decided."""
        proba = self.linear.proba(texts)
        unsure = np.flatnonzero(proba.max(axis=1) < self.threshold)
        if len(unsure):
            proba[unsure] = self.encoder.proba([texts[place] for place in unsure.tolist()])
        return proba
