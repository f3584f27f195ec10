"""What a model says of a post, as features: its log-probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin

from stancekit.features.transformers import check_posts
from stancekit.model.saved.load import load

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel

#: A probability below this says no more than this.
_LEAST = 1e-4


class Tone(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The log-probabilities that a model gives each label; nothing to fit.

    Parameters
    ----------
    model : StanceModel, str or Path, default "fast"
        As in `stancekit.classify`.
    n_jobs : int, optional
        Cores, as in `stancekit.classify`.

    Examples
    --------
    >>> Tone().transform(["Well done, all of you!"]).argmax(axis=1).tolist()
    [0]
    """

    #: `Scaled` divides each column by its deviation.
    standardised = True

    def __init__(self, model: StanceModel | str | Path = "fast", n_jobs: int | None = None) -> None:
        self.model = model
        self.n_jobs = n_jobs

    def fit(self, X: Sequence[str], y: object = None) -> Tone:  # noqa: N803
        """Check the posts and load the model, so that what is missing is said here."""
        check_posts(X)
        self._model()
        return self

    def transform(self, X: Sequence[str]) -> npt.NDArray[np.float32]:  # noqa: N803
        """Return log-probabilities, shape (n, classes); all alike for a post without text."""
        model = self._model()
        labels = model.classify(check_posts(X), n_jobs=self.n_jobs, progress=False)
        proba = labels[list(model.classes)].to_numpy(np.float32)
        proba = np.where(np.isnan(proba), np.float32(1 / len(model.classes)), proba)
        logs: npt.NDArray[np.float32] = np.log(np.maximum(proba, np.float32(_LEAST)))
        return logs

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """Return the names of the labels."""
        return np.array([f"tone_{name}" for name in self._model().classes], dtype=object)

    def _model(self) -> StanceModel:
        return load(self.model) if isinstance(self.model, (str, Path)) else self.model

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        tags.requires_fit = False
        return tags
