"""A trained model: what labels posts, explains a label, and is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import joblib
import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import UNSURE, Labels, OtherLanguages
from stancekit.model.language import knows_english_only, other_languages, warn_of_languages
from stancekit.model.linear import LinearModel
from stancekit.model.texts import Posts, Texts, as_texts, values_of
from stancekit.progress import progress_bar
from stancekit.scores.coverage import LeastConfidence, least_confidence

if TYPE_CHECKING:
    from stancekit.model.explaining.explanation import Explanation
    from stancekit.model.scorer import Scorer
    from stancekit.scores.report import Report


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
    scorer : LinearModel, EncoderModel or CascadeModel
        What gives the probabilities.
    report : Report
        Its scores, and how they were made.
    about : mapping
        Where it comes from: training-data digest, versions, seed, settings.
    """

    name: str
    digest: str
    scorer: Scorer
    report: Report
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, in the order of the probability columns."""
        return self.scorer.classes

    @property
    def linear(self) -> LinearModel:
        """The scorer, if it is a linear model.

        Raises
        ------
        InputError
            If it is none, whose labels are no sum of contributions.
        """
        if isinstance(self.scorer, LinearModel):
            return self.scorer
        raise InputError(
            f"{self.name!r} is no linear model, so that its labels are no sum of what single words "
            "contribute and cannot be explained exactly: use a linear model, such as "
            'stancekit.load("default")'
        )

    def classify(
        self,
        posts: Posts,
        *,
        text: str | None = None,
        min_confidence: LeastConfidence | None = None,
        explain: bool = False,
        n_jobs: int = 1,
        progress: bool | None = None,
    ) -> pd.DataFrame:
        """Label posts; see `stancekit.classify`."""
        values, index = values_of(posts, text)
        found = self.labels_of(
            values,
            min_confidence=min_confidence,
            explain=explain,
            n_jobs=n_jobs,
            progress=progress,
        )
        warn_of_languages(found.languages)
        return found.to_frame(index)

    def labels_of(
        self,
        texts: Sequence[object],
        *,
        min_confidence: LeastConfidence | None = None,
        explain: bool = False,
        n_jobs: int = 1,
        progress: bool | None = None,
    ) -> Labels:
        """Label posts, and give arrays: what the tables of `classify` and of runs are made of.

        Parameters
        ----------
        texts : sequence of `n` values
            Posts; what is None, empty or no str gets no label, and a reason.
        min_confidence, explain, n_jobs, progress
            As in `stancekit.classify`.

        Returns
        -------
        Labels
            In the order of `texts`. No warning is given of posts in other languages:
            ``languages`` says how many of a sample are.

        Raises
        ------
        InputError
            If `texts` is one str or no sequence, or an option cannot be used.

        Examples
        --------
        >>> import stancekit
        >>> found = stancekit.load().labels_of(["So proud of you, thank you!", None])
        >>> found.code.tolist(), found.reason.tolist()
        ([0, -1], [None, 'missing'])
        """
        _check(n_jobs)
        least = None if min_confidence is None else self._least(min_confidence)
        given = as_texts(texts)
        known = self._proba(given.texts, n_jobs, progress)
        proba = np.full((len(given), len(self.classes)), np.nan, np.float32)
        proba[given.place] = known
        code = np.full(len(given), -1, np.int64)
        confidence = np.full(len(given), np.nan, np.float32)
        code[given.place], confidence[given.place] = known.argmax(axis=1), known.max(axis=1)
        if least is not None:
            unsure = confidence < least[code]  # NaN, where nothing was labelled, is not below
            code[unsure], given.reason[unsure] = -1, UNSURE
        evidence = None
        if explain:
            from stancekit.model.explaining.evidence import evidence_column

            evidence = evidence_column(self.linear, given, code, n_jobs, progress)
        return Labels(
            self.classes, code, confidence, proba, given.reason, evidence, self._languages(given)
        )

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

    def threshold_for(self, precision: float = 0.9, label: str | None = None) -> pd.DataFrame:
        """Say from which confidence on a label is right as often as wanted.

        On the held-out posts of the `report`; see `Report.threshold_for` for the columns, and for
        how far to trust them. Give the frame to `classify`.

        Examples
        --------
        >>> import pandas as pd, stancekit
        >>> posts = pd.DataFrame({
        ...     "text": [f"{word} number {i}" for i in range(30) for word in ("bravo", "shame")],
        ...     "label": ["supportive", "critical"] * 30,
        ... })
        >>> model = stancekit.train(posts, n_jobs=1)
        >>> sure = model.threshold_for(precision=0.9)
        >>> model.classify(["shame on them"], min_confidence=sure).label[0]
        'critical'
        """
        return self.report.threshold_for(precision, label)

    def explain(self, text: str) -> Explanation:
        """Say what in a post speaks for and against each label; see `Explanation`.

        Raises
        ------
        InputError
            If `text` is no str, or nothing but white space, which gets no label; or if the
            model is not a linear one, whose labels cannot be explained exactly.
        """
        from stancekit.model.explaining.explanation import explain

        return explain(self.linear, text)

    def save(self, path: str | Path) -> Path:
        """Save as a folder of arrays, JSON and a model card; see `stancekit.load`.

        The folder appears as a whole, or not at all.

        Raises
        ------
        ModelFormatError
            If something that is not a saved model is at `path` already.
        """
        from stancekit.model.saved.save import save

        return save(self, Path(path))

    @property
    def card(self) -> str:
        """The model card, in Markdown."""
        from stancekit.model.saved.card import card

        return card(self)

    def _languages(self, given: Texts) -> OtherLanguages:
        if knows_english_only(self.about):
            return other_languages(given.texts)
        return OtherLanguages()

    def _least(self, min_confidence: LeastConfidence) -> npt.NDArray[np.float32]:
        """Return the least confidence of each class, shape (n_classes,)."""
        least = least_confidence(min_confidence, self.classes)
        if isinstance(least, float):
            return np.full(len(self.classes), least, np.float32)
        each = np.array([least.get(name, 0.0) for name in self.classes], np.float32)
        return np.nan_to_num(each, nan=np.inf)

    def _proba(
        self, texts: list[str], n_jobs: int, progress: bool | None
    ) -> npt.NDArray[np.float32]:
        if not texts:
            return np.empty((0, len(self.classes)), np.float32)
        if not self.scorer.work.distinct:
            return self._scored(texts, n_jobs, progress)
        place = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        return self._scored(list(place), n_jobs, progress)[[place[text] for text in texts]]

    def _scored(
        self, texts: list[str], n_jobs: int, progress: bool | None
    ) -> npt.NDArray[np.float32]:
        parts = list(self.scorer.work.cut(texts))
        quiet = progress is None and len(texts) < self.scorer.work.many
        with progress_bar(
            False if quiet else progress, total=len(texts), unit=" posts", desc="classifying"
        ) as bar:
            return np.concatenate(list(self._each(texts, parts, n_jobs, bar)))

    def _each(self, texts: list[str], parts: list[slice], n_jobs: int, bar: Any) -> Any:
        work = self.scorer.work
        if n_jobs == 1 or len(texts) < work.many:
            for part in parts:
                yield self.scorer.proba(texts[part])
                bar.update(part.stop - part.start)
            return
        tasks = (joblib.delayed(self.scorer.proba)(texts[part]) for part in parts)
        workers = joblib.Parallel(n_jobs=n_jobs, return_as="generator", backend=work.backend)
        for part, proba in zip(parts, workers(tasks), strict=True):
            yield proba
            bar.update(part.stop - part.start)

    def __repr__(self) -> str:
        return f"StanceModel({self.name}@{self.digest[:12]}, {len(self.classes)} classes)"


def _check(n_jobs: Any) -> None:
    if not isinstance(n_jobs, (int, np.integer)) or n_jobs == 0:
        raise InputError(f"n_jobs is {n_jobs!r}: give a number of processes, or -1 for one a core")
