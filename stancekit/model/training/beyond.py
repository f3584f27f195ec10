"""What a trained model gains on another, out of fold, on the posts it was trained on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from stancekit.errors import LeakWarning
from stancekit.labels import ClassName
from stancekit.model.stance_model import StanceModel
from stancekit.model.training.annotated import Annotated
from stancekit.model.training.label_column import spelt_as
from stancekit.model.training.notices import tell
from stancekit.scores.comparing import compare
from stancekit.scores.comparison import Comparison


def spelling_of(other: StanceModel, classes: tuple[ClassName, ...]) -> dict[ClassName, ClassName]:
    """Return what another model calls each label; an InputError if it does not know one."""
    return spelt_as(other.classes, {name: name for name in classes})


def beyond(
    other: StanceModel,
    model: StanceModel,
    data: Annotated,
    logits: npt.NDArray[np.float64],
    seed: int,
) -> Comparison:
    """Compare a model with another, which comes first.

    Parameters
    ----------
    data : Annotated
        What the model was trained on.
    logits : ndarray, shape (posts scored, k)
        Of the model, out of fold.

    Raises
    ------
    InputError
        If the other one does not know the labels.
    """
    posts = int(data.scored.sum())
    texts, names = data.texts[:posts], _objects(data.classes)
    own = spelling_of(other, data.classes)
    back = {spelling: name for name, spelling in own.items()}
    theirs = _objects(tuple(back.get(name, name) for name in other.classes))
    if other.seen and (known := int(other.seen.among(texts).sum())):
        said = f"{known:,} of {posts:,} posts stood in the training data of {other.name!r}"
        tell([f"{said}: the comparison favours it"], stacklevel=4, kind=LeakWarning)
    mine = model.name if model.name != other.name else f"{model.name}, trained here"
    return compare(
        names[data.y[:posts]],
        {
            other.name: theirs[other.labels_of(texts, progress=False).code],
            mine: names[logits.argmax(axis=1)],
        },
        tuple(dict.fromkeys([*names.tolist(), *theirs.tolist()])),
        groups=data.groups[:posts],
        how=f"The posts {mine!r} was trained on, scored by it out of fold.",
        seed=seed,
    )


def _objects(names: tuple[Any, ...]) -> npt.NDArray[Any]:
    made = np.empty(len(names), object)
    made[:] = names
    return made
