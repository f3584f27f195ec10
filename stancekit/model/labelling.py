"""From probabilities to labels: the likeliest class, unless the model is too unsure of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.labels import UNSURE, ClassName, Labels
from stancekit.model.scorer import Scorer
from stancekit.model.spread import spread
from stancekit.model.texts import Texts
from stancekit.scores.coverage import LeastConfidence, least_confidence


def labelled(
    scorer: Scorer,
    given: Texts,
    min_confidence: LeastConfidence | None = None,
    n_jobs: int | None = None,
    progress: bool | None = None,
) -> Labels:
    """Label texts, without evidence; see `StanceModel.labels_of`."""
    if n_jobs is not None and (not isinstance(n_jobs, (int, np.integer)) or n_jobs == 0):
        raise InputError(
            f"n_jobs is {n_jobs!r}: give a number of cores, -1 for all of them, or None"
        )
    least = None if min_confidence is None else _least(min_confidence, scorer.classes)
    known = _proba(scorer, given.texts, n_jobs, progress)
    code = np.full(len(given), -1, np.int64)
    confidence = np.full(len(given), np.nan, np.float32)
    proba = np.full((len(given), len(scorer.classes)), np.nan, np.float32)
    code[given.place], confidence[given.place] = known.argmax(axis=1), known.max(axis=1)
    proba[given.place] = known
    reason = given.reason.copy()
    if least is not None:
        unsure = confidence < least[code]  # NaN, where nothing was labelled, is not below
        code[unsure], reason[unsure] = -1, UNSURE
    return Labels(scorer.classes, code, confidence, proba, reason)


def _least(
    min_confidence: LeastConfidence, classes: tuple[ClassName, ...]
) -> npt.NDArray[np.float32]:
    """Return the least confidence of each class, shape (n_classes,)."""
    least = least_confidence(min_confidence, classes)
    if isinstance(least, float):
        return np.full(len(classes), least, np.float32)
    each = np.array([least.get(name, 0.0) for name in classes], np.float32)
    return np.nan_to_num(each, nan=np.inf)


def _proba(scorer: Scorer, texts: list[str], n_jobs: int | None, progress: bool | None) -> Any:
    """Return the probabilities of texts, float32, shape (len(texts), n_classes)."""
    if not texts:
        return np.empty((0, len(scorer.classes)), np.float32)
    if not scorer.work.costly:
        return _scored(scorer, texts, n_jobs, progress)
    # the longest first: the last pieces, for which workers wait, are small
    once = sorted(dict.fromkeys(texts), key=len, reverse=True)
    place = {text: i for i, text in enumerate(once)}
    return _scored(scorer, once, n_jobs, progress)[[place[text] for text in texts]]


def _scored(scorer: Scorer, texts: list[str], n_jobs: int | None, progress: bool | None) -> Any:
    parts = spread(
        scorer.proba,
        texts,
        work=scorer.work,
        n_jobs=n_jobs,
        progress=progress,
        doing="classifying",
    )
    return np.concatenate(list(parts))
