"""A cascade: the linear model decides where it is sure, both models where it is not.

References
----------
Viola & Jones (2001), Rapid object detection using a boosted cascade of simple features. CVPR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.labels import ClassName
from stancekit.model.encoder import EncoderModel
from stancekit.model.linear import LinearModel
from stancekit.model.spread import Work
from stancekit.scores.calibration import softmax
from stancekit.text.codepoints import Mask
from stancekit.text.reading.read import read_all

#: A probability below this counts as this: a model can be wrong however sure it is.
_LEAST: Final = 1e-6


@dataclass(frozen=True, eq=False)
class CascadeModel:
    """Two models of the same classes, the second asked where the first is unsure.

    Attributes
    ----------
    linear : LinearModel
    encoder : EncoderModel
    threshold : float
        The confidence, 0 to 1, from which the linear model decides alone; at 0 it always does.
    share : float
        What the encoder's log-probabilities weigh where it is asked, above 0 to 1; the linear
        model's weigh the rest. At 1 the encoder decides alone.

    Raises
    ------
    InputError
        If the classes differ, or threshold or share are none.

    Notes
    -----
    The encoder reads posts as the linear model does (`LinearModel.reading`).
    """

    linear: LinearModel
    encoder: EncoderModel
    threshold: float
    share: float = 1.0

    work: ClassVar[Work] = Work(1024, "threading", many=256, costly=True)

    def __post_init__(self) -> None:
        if self.linear.classes != self.encoder.classes:
            raise InputError(
                f"a cascade of different classes, {self.linear.classes} and "
                f"{self.encoder.classes}: train both on the same labels"
            )
        if type(self.threshold) not in (int, float) or not 0 <= self.threshold <= 1:
            raise InputError(f"threshold is {self.threshold!r}: give a number from 0 to 1")
        if type(self.share) not in (int, float) or not 0 < self.share <= 1:
            raise InputError(f"share is {self.share!r}: give a number above 0, up to 1")

    @property
    def classes(self) -> tuple[ClassName, ...]:
        """Names of the classes, in column order."""
        return self.linear.classes

    def unsure(self, proba: npt.NDArray[np.float32]) -> Mask:
        """Which posts the encoder is asked about, by what the linear model says of them."""
        return np.asarray(proba.max(axis=1) < self.threshold)

    def proba(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Probabilities of one or more posts, shape (p, k)."""
        proba = self.linear.proba(texts)
        unsure = np.flatnonzero(self.unsure(proba))
        if len(unsure):
            asked = [texts[place] for place in unsure.tolist()]
            read = read_all(asked) if self.linear.reading else asked
            proba[unsure] = _mixed(self.encoder.proba(read), proba[unsure], self.share)
        return proba


def _mixed(
    one: npt.NDArray[np.float32], other: npt.NDArray[np.float32], share: float
) -> npt.NDArray[np.float32]:
    """Return the weighted geometric mean of probabilities, each row adding up to 1."""
    if share == 1:
        return one
    logs = [np.log(np.maximum(proba, _LEAST, dtype=np.float64)) for proba in (one, other)]
    return softmax(share * logs[0] + (1 - share) * logs[1]).astype(np.float32)
