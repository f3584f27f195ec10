"""Which columns of a block a linear classifier sees, and at what scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

#: N-grams of fewer posts than this are left out: they would be learnt by heart.
MIN_POSTS: Final = 2
_CONSTANT: Final = 1e-6


@dataclass(frozen=True)
class Columns:
    """Columns of one block in the design matrix.

    Attributes
    ----------
    kept : ndarray of int64, shape (c,)
        Columns of the block that are in the matrix.
    weight : ndarray of float64, shape (c,)
        What each is multiplied by, and
    norm : float
        what all are divided by.
    """

    kept: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]
    norm: float = 1.0

    @property
    def scale(self) -> npt.NDArray[np.float64]:
        """What each column is multiplied by, all in all."""
        return self.weight / self.norm

    def of(self, values: Any) -> sp.csr_array:
        """Return the columns of a block's features, scaled; CSR of float32, shape (n, c)."""
        return (self._weighted(values) / self.norm).astype(np.float32)

    def _weighted(self, values: Any) -> sp.csr_array:
        part = sp.csr_array(values[:, self.kept])
        part.sort_indices()
        part.data = part.data * self.weight[part.indices]
        return part


def choose_columns(values: Any, standardised: bool) -> tuple[Columns, sp.csr_array]:
    """Choose and scale the columns of a block's features, shape (n, columns).

    Counts are weighted by inverse document frequency, those of fewer than two posts dropped; dense
    columns that do not vary are dropped, the others divided by their deviation if `standardised`.
    Then all is scaled so that rows have length 1 in root mean square, whatever the block.

    Returns
    -------
    columns : Columns
    matrix : CSR array of float32, shape (n, c)
        ``columns.of(values)``.
    """
    columns = Columns(*_weights(values, standardised))
    part = columns._weighted(values)
    norm = float(np.sqrt(part.multiply(part).sum() / max(part.shape[0], 1))) or 1.0
    return replace(columns, norm=norm), (part / norm).astype(np.float32)


def _weights(
    values: Any, standardised: bool
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return which columns are kept, and what each is multiplied by.

    N-grams of the most posts come first: most of a post's are then near each other in memory, which
    halves the time of a product with the matrix.
    """
    if sp.issparse(values):
        counts: Any = values
        posts = np.bincount(counts.indices, minlength=counts.shape[1])
        kept = np.flatnonzero(posts >= MIN_POSTS)
        kept = kept[np.argsort(-posts[kept], kind="stable")]
        return kept, np.log((1 + counts.shape[0]) / (1 + posts[kept])) + 1
    deviation = np.asarray(values).std(axis=0, dtype=np.float64)
    kept = np.flatnonzero(deviation > _CONSTANT)
    return kept, 1 / deviation[kept] if standardised else np.ones(len(kept))
