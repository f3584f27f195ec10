"""A trained model: what labels posts, explains a label, and is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import joblib
import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.features.batch import slices
from stancekit.model.language import warn_of_languages
from stancekit.model.linear import LinearModel
from stancekit.model.posts import UNSURE, Posts, as_texts
from stancekit.progress import progress_bar

if TYPE_CHECKING:
    from stancekit.model.explain import Explanation
    from stancekit.model.report import Report

#: Below this many posts, a bar would only flicker and other processes cost more than they bring.
_MANY = 20_000


@dataclass(frozen=True, eq=False)
class StanceModel:
    """A model that labels posts.

    Made by `stancekit.train` or `stancekit.load`.

    Attributes
    ----------
    name : str
        What it is called in every label table.
    digest : str
        SHA-256 over all that decides a label; two models with one digest label alike.
    report : Report
        Its scores, and how they were made.
    about : mapping
        Where it comes from: training-data digest, versions, seed, settings.
    """

    name: str
    digest: str
    linear: LinearModel
    report: Report
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, in the order of the probability columns."""
        return self.linear.classes

    def classify(
        self,
        posts: Posts,
        *,
        text: str | None = None,
        min_confidence: float | None = None,
        n_jobs: int = 1,
        progress: bool | None = None,
    ) -> pd.DataFrame:
        """Label posts; see `stancekit.classify`."""
        _check(min_confidence, n_jobs)
        given = as_texts(posts, text)
        warn_of_languages(given.texts, self.about)
        known = self._proba(given.texts, n_jobs, progress)
        proba = np.full((len(given.index), len(self.classes)), np.nan, np.float32)
        proba[given.place] = known
        code = np.full(len(given.index), -1, np.int64)
        confidence = np.full(len(given.index), np.nan, np.float32)
        code[given.place], confidence[given.place] = known.argmax(axis=1), known.max(axis=1)
        reason = given.reason
        if min_confidence is not None:
            unsure = confidence < float(min_confidence)
            code[unsure], reason[unsure] = -1, UNSURE
        labels = {
            "label": pd.Categorical.from_codes(code, categories=pd.Index(self.classes)),
            "confidence": confidence,
            **{name: proba[:, i] for i, name in enumerate(self.classes)},
            "reason": pd.array(reason, dtype="string"),
        }
        return pd.DataFrame(labels, index=given.index)

    def predict_proba(self, posts: Posts, *, text: str | None = None) -> npt.NDArray[np.float32]:
        """Probability of each class.

        Parameters
        ----------
        posts, text
            As in `stancekit.classify`.

        Returns
        -------
        ndarray of float32, shape (n_posts, n_classes)
            Columns as in `classes`; NaN for a post that cannot be labelled.
        """
        return self.classify(posts, text=text)[list(self.classes)].to_numpy()

    def explain(self, text: str) -> Explanation:
        """Say what in a post speaks for and against each label; see `Explanation`."""
        from stancekit.model.explain import explain

        return explain(self.linear, text)

    def save(self, path: str | Path) -> Path:
        """Save as a folder of arrays, JSON and a model card; see `stancekit.load`.

        The folder appears as a whole, or not at all.

        Raises
        ------
        ModelFormatError
            If something that is not a saved model is at `path` already.
        """
        from stancekit.model.save import save

        return save(self, Path(path))

    @property
    def card(self) -> str:
        """The model card, in Markdown."""
        from stancekit.model.card import card

        return card(self)

    def _proba(
        self, texts: list[str], n_jobs: int, progress: bool | None
    ) -> npt.NDArray[np.float32]:
        if not texts:
            return np.empty((0, len(self.classes)), np.float32)
        parts = list(slices(texts))
        quiet = progress is None and len(texts) < _MANY
        with progress_bar(
            False if quiet else progress, total=len(texts), unit=" posts", desc="classifying"
        ) as bar:
            return np.concatenate(list(self._each(texts, parts, n_jobs, bar)))

    def _each(self, texts: list[str], parts: list[slice], n_jobs: int, bar: Any) -> Any:
        if n_jobs == 1 or len(texts) < _MANY:
            for part in parts:
                yield self.linear.proba(texts[part])
                bar.update(part.stop - part.start)
            return
        tasks = (joblib.delayed(self.linear.proba)(texts[part]) for part in parts)
        workers = joblib.Parallel(n_jobs=n_jobs, return_as="generator")
        for part, proba in zip(parts, workers(tasks), strict=True):
            yield proba
            bar.update(part.stop - part.start)

    def __repr__(self) -> str:
        return f"StanceModel({self.name}@{self.digest[:12]}, {len(self.classes)} classes)"


def _check(min_confidence: Any, n_jobs: Any) -> None:
    if min_confidence is not None and not (
        isinstance(min_confidence, (int, float, np.number)) and 0 <= min_confidence <= 1
    ):
        raise InputError(f"min_confidence is {min_confidence!r}: give a number from 0 to 1")
    if not isinstance(n_jobs, (int, np.integer)) or n_jobs == 0:
        raise InputError(f"n_jobs is {n_jobs!r}: give a number of processes, or -1 for one a core")
