"""A block of features at the scale a linear classifier wants: rare columns dropped, rows alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from stancekit.model.training.columns import choose_columns


class Scaled(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A transformer of posts with its columns chosen and scaled.

    See `stancekit.model.training.columns.choose_columns`; what `stancekit.train` learns on.

    Parameters
    ----------
    block : transformer
        Of posts to an array or a sparse array, nothing to fit; such as those of
        `stancekit.features`.

    Attributes
    ----------
    columns_ : Columns
        Which columns are kept, and what each is multiplied by.

    Examples
    --------
    >>> from stancekit.features import WordNgrams
    >>> scaled = Scaled(WordNgrams((1,), bits=12)).fit_transform(["well done", "well said"])
    >>> scaled.shape, round(float(scaled.power(2).sum()), 3)
    ((2, 1), 2.0)
    """

    def __init__(self, block: Any) -> None:
        self.block = block

    def fit(self, X: Sequence[str], y: object = None) -> Scaled:  # noqa: N803
        """Choose and scale columns."""
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Sequence[str], y: object = None) -> Any:  # noqa: N803
        """Choose and scale columns, and return them as a CSR array of float32."""
        values = self.block.transform(X)
        self.columns_, matrix = choose_columns(values, getattr(self.block, "standardised", False))
        return matrix

    def transform(self, X: Sequence[str]) -> Any:  # noqa: N803
        """Return the columns chosen, CSR, float32."""
        check_is_fitted(self)
        return self.columns_.of(self.block.transform(X))

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """Return the names of the columns kept."""
        names: npt.NDArray[np.object_] = self.block.get_feature_names_out()[self.columns_.kept]
        return names

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        return tags
