"""Where training may start: from nothing, or from what a model knows already.

A model's logits are sums over the same features as its heir's. So they can stand beside the
features as columns of their own, a few in place of many thousands, and what comes out is again one
linear model: the heir's scores plus the older one's, weighed as the labels want it.

References
----------
Daumé (2007), Frustratingly easy domain adaptation. ACL (its baseline PRED: another model's
predictions as features).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stancekit.features.block import Block
from stancekit.features.transformers import WordVectors
from stancekit.labels import ClassName
from stancekit.model.linear import LinearModel
from stancekit.model.stance_model import StanceModel
from stancekit.model.training.annotated import Annotated
from stancekit.model.training.design import Design, design
from stancekit.model.training.fit import Coefficients
from stancekit.text.batch import read_batch, slices
from stancekit.text.reading.read import read_all

#: Length of a row of a model's logits, in root mean square; a block of features has 1.
_LENGTH: Final = 2.0
#: What training from features alone is called.
SCRATCH: Final = "from scratch"
#: With more posts it makes no difference; and the most of them that the base may have seen.
MOST: Final = 5_000
#: What macro-F1 must gain out of fold before another start is taken: less is often chance.
LEAST: Final = 0.02
MOST_SEEN: Final = 0.02


@dataclass(frozen=True)
class Candidate:
    """A matrix to learn on, and the way back from coefficients to a model.

    Attributes
    ----------
    matrix : CSR array of float32, shape (n, columns)
        The design's columns, then a base's logits.
    made : Design
    reading : bool
    base : LinearModel or None
        What it starts from.
    scale : ndarray of float64, shape (classes of the base,)
        What the base's logits are multiplied by.
    """

    matrix: sp.csr_array
    made: Design
    reading: bool
    base: LinearModel | None
    scale: npt.NDArray[np.float64]

    def linear(
        self, classes: tuple[ClassName, ...], found: Coefficients, temperature: float
    ) -> LinearModel:
        """Make a model of the coefficients on the matrix."""
        own = found.weights.shape[1] - len(self.scale)
        tables = self.made.tables(found.weights[:, :own])
        intercept = found.intercept
        if self.base is not None:
            share = found.weights[:, own:] * self.scale
            intercept = intercept + share @ self.base.intercept
            for name, table in self.base.tables.items():
                both = tables[name] + table @ share.T
                tables[name] = both.astype(np.float16).astype(np.float32)
        return LinearModel(
            classes,
            self.made.blocks,
            tables,
            intercept.astype(np.float32),
            temperature,
            self.reading,
        )


def may_start(base: StanceModel, data: Annotated, posts: int) -> bool:
    """Whether it is worth starting from a model, and fair: it may not know the posts already."""
    if len(data.texts) > MOST or not isinstance(base.scorer, LinearModel):
        return False
    known = base.seen.among(data.texts[:posts]).mean() if base.seen else 0.0
    return bool(known <= MOST_SEEN)


def better(scores: Mapping[str, float]) -> str:
    """Choose among starts by macro-F1 out of fold: from scratch, if none is clearly better.

    Examples
    --------
    >>> better({"from scratch": 0.50, "fast": 0.51}), better({"from scratch": 0.50, "fast": 0.57})
    ('from scratch', 'fast')
    """
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > scores[SCRATCH] + LEAST else SCRATCH


def from_scratch(texts: Sequence[str], blocks: dict[str, Block], reading: bool) -> Candidate:
    """Start from features alone."""
    made = design(read_all(texts) if reading else texts, blocks)
    return Candidate(made.matrix, made, reading, None, np.empty(0))


def from_model(base: LinearModel, texts: Sequence[str]) -> Candidate:
    """Start from a model's logits beside features like its own, and word vectors."""
    read = read_all(texts) if base.reading else texts
    made = design(read, {"vectors": WordVectors(), **base.blocks})
    logits = np.concatenate([base.batch_logits(read_batch(read[part])) for part in slices(read)])
    spread = np.maximum(logits.std(axis=0, dtype=np.float64), 1e-6)
    scale = _LENGTH / np.sqrt(logits.shape[1]) / spread
    known = sp.csr_array((logits * scale).astype(np.float32))
    return Candidate(sp.hstack([made.matrix, known], "csr"), made, base.reading, base, scale)
