"""The posts that a model gets wrong, the surest first, with what spoke for the wrong label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.labels import ClassName
from stancekit.model.linear import LinearModel
from stancekit.model.stance_model import StanceModel

#: So many of the surest mistakes are kept, with their texts and evidence.
MOST: Final = 10_000
#: Of a model with an encoder, the evidence of so many: each is read some dozen times.
MOST_READ: Final = 50


def mistakes(
    model: StanceModel,
    texts: Sequence[str],
    truth: npt.NDArray[Any],
    proba: npt.NDArray[Any],
    part: pd.Series,
    index: pd.Index,
) -> pd.DataFrame:
    """Return the posts labelled wrong; see `Evaluation.errors`."""
    names: npt.NDArray[Any] = _objects(model.classes)
    predicted = names[proba.argmax(axis=1)]
    confidence = proba.max(axis=1)
    wrong = np.flatnonzero(predicted != truth)
    wrong = wrong[np.argsort(-confidence[wrong], kind="stable")][:MOST]
    chosen = [texts[place] for place in wrong.tolist()]
    return pd.DataFrame(
        {
            "text": pd.array(chosen, "string"),
            "true": truth[wrong],
            "predicted": predicted[wrong],
            "confidence": confidence[wrong].astype(np.float32),
            "evidence": pd.array(_evidence(model, chosen), "string"),
            "slice": pd.array(part.iloc[wrong].tolist(), "string"),
        },
        index=index[wrong],
    )


def _evidence(model: StanceModel, texts: list[str]) -> list[Any]:
    """What spoke for the labels, as far as it is worked out."""
    asked = texts if isinstance(model.scorer, LinearModel) else texts[:MOST_READ]
    found = model.labels_of(asked, explain=True, progress=False).evidence if asked else None
    known: list[Any] = [] if found is None else list(found)
    return known + [pd.NA] * (len(texts) - len(known))


def _objects(names: Sequence[ClassName]) -> npt.NDArray[Any]:
    made = np.empty(len(names), object)
    made[:] = names
    return made
