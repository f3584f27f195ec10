"""Score models on labelled posts of one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError, InputError, LeakWarning
from stancekit.labels import ClassName
from stancekit.model.saved.load import as_model
from stancekit.model.stance_model import StanceModel
from stancekit.model.training.annotated import Annotated, annotated
from stancekit.model.training.label_column import spelt_as
from stancekit.model.training.leaks import beside, leaks
from stancekit.model.training.notices import tell
from stancekit.scores.comparing import compare
from stancekit.scores.comparison import Comparison
from stancekit.scores.metrics import class_codes
from stancekit.scores.scoring import make_report
from stancekit.study.evaluating.mistakes import mistakes
from stancekit.study.evaluating.result import SEEN, Evaluation
from stancekit.study.evaluating.slices import parts_of, sliced

Model = StanceModel | str | Path


def evaluate(
    model: Model | Sequence[Model],
    posts: pd.DataFrame,
    *,
    text: str = "text",
    label: str = "label",
    group: str | None = None,
    by: str | Sequence[str] = (),
    merge_labels: bool = True,
    n_jobs: int | None = None,
    progress: bool | None = None,
    seed: int = 0,
) -> Evaluation:
    """Score one model, or several, on labelled posts that they were not trained on.

    Parameters
    ----------
    model : StanceModel, str, Path, or a list of them
        As in `stancekit.classify`. Of several, the others are compared with the first.
    posts : DataFrame
        Labelled posts, a row each.
    text, label : str
        Columns of the text and of the label. Labels that differ from a model's only in case,
        spaces, quotation marks or Unicode form are taken for its own; any other is refused.
    group : str, optional
        Column of what belongs together (thread, author), beside near-duplicates: intervals draw
        whole groups.
    by : str or list of str
        Columns by whose values scores are given apart. Of more than 30 values, the 30 most
        frequent; of numbers and times, four parts of as many posts.
    merge_labels : bool
        Whether spellings of one label are one, as in `stancekit.train`.
    n_jobs, progress
        As in `stancekit.classify`.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Evaluation
        The `report` of each model, as `stancekit.train` gives it; the `comparison` of several;
        `slices`; and `errors`, the posts labelled wrong.

    Raises
    ------
    InputError
        If a column is missing, no post has a text and a label, or a label is none of a model's.

    Warns
    -----
    LabelWarning
        Of rows without a label, and of texts under more than one.
    LeakWarning
        Where posts stood in a model's training data (the hashes of a saved model tell), or
        something other than what is said tells the label; see docs/evaluating.md.

    Examples
    --------
    >>> import pandas as pd
    >>> posts = pd.DataFrame({
    ...     "text": ["Thank you, that was brave", "Varnholt, you clown", "So proud of Ostrow"] * 4,
    ...     "label": ["supportive", "dog-piling", "Supportive"] * 4,
    ...     "place": ["town hall", "tram stop"] * 6,
    ... })
    >>> found = evaluate("fast", posts, by="place")
    >>> found.report.posts, found.report.groups
    (12, 3)
    >>> found.slices[["value", "posts"]].values.tolist()
    [['town hall', 6], ['tram stop', 6]]
    """
    models = _models(model)
    data = annotated(
        posts,
        text=text,
        label=label,
        group=group,
        merge_labels=merge_labels,
        model_classes=next(iter(models.values())).classes,
        seed=seed,
    )
    if not data.texts:
        raise InputError(f"no post has both a text and a label: {data.dropped or 'no rows'}")
    columns = [by] if isinstance(by, str) else list(by)
    parts = {name: parts_of(posts, name, data.rows) for name in columns}
    truth = _objects([data.classes[code] for code in data.y.tolist()])
    scored = [
        _score(name, one, data.texts, truth, n_jobs, progress) for name, one in models.items()
    ]
    seen = {one.name: one.seen for one in scored if one.seen is not None}
    tell(data.notices)
    tell(_of_seen(seen), kind=LeakWarning)
    others = beside(posts, data.rows, (text, label, group, *columns))
    tell(leaks(others, data.texts, data.y, data.classes), kind=LeakWarning)
    if any(known.any() for known in seen.values()):
        parts[SEEN] = pd.Series(np.where(np.any(list(seen.values()), axis=0), "yes", "no"))
    how = f"on {len(truth):,} labelled posts given" + (f", grouped by {group!r}" if group else "")
    index, written = posts.index[data.rows], _written(parts, len(truth))
    return Evaluation(
        reports={
            one.name: make_report(
                one.truth,
                one.proba,
                one.model.classes,
                groups=data.groups,
                dropped=data.dropped,
                how=f"{one.model!r} {how}",
                seed=seed,
            )
            for one in scored
        },
        comparison=_comparison(scored, truth, data, f"Scored {how}.", seed),
        slices=_slices(parts, scored, truth, data, seed),
        errors=pd.concat(
            [
                mistakes(one.model, data.texts, one.truth, one.proba, written, index).assign(
                    model=one.name
                )
                for one in scored
            ]
        ),
        seen={name: int(known.sum()) for name, known in seen.items()},
    )


@dataclass(frozen=True)
class _Scored:
    """A model's word on the posts: `truth` in its own spelling, `guess` in the first model's."""

    name: str
    model: StanceModel
    proba: npt.NDArray[np.float32]
    truth: npt.NDArray[Any]
    guess: npt.NDArray[Any]
    seen: npt.NDArray[np.bool_] | None


def _score(
    name: str,
    model: StanceModel,
    texts: list[str],
    truth: npt.NDArray[Any],
    n_jobs: int | None,
    progress: bool | None,
) -> _Scored:
    own = spelt_as(model.classes, {label: label for label in dict.fromkeys(truth.tolist())})
    first = {spelling: label for label, spelling in own.items()}
    proba = model.labels_of(texts, n_jobs=n_jobs, progress=progress).proba
    return _Scored(
        name,
        model,
        proba,
        _objects([own[label] for label in truth.tolist()]),
        _objects([first.get(c, c) for c in model.classes])[proba.argmax(axis=1)],
        model.seen.among(texts) if model.seen else None,
    )


def _models(given: Model | Sequence[Model]) -> dict[str, StanceModel]:
    """Load what is given, by name; two of one name are told apart by their digests."""
    asked = [given] if isinstance(given, (str, Path, StanceModel)) else list(given)
    if not asked:
        raise ArgumentError("no model: give one, or a list of them")
    models = [as_model(one) for one in asked]
    often = Counter(one.name for one in models)
    named = {
        one.name if often[one.name] == 1 else f"{one.name}@{one.digest[:12]}": one for one in models
    }
    if len(named) < len(models):
        raise ArgumentError("a model is given twice: give each once")
    return named


def _of_seen(seen: Mapping[str, npt.NDArray[np.bool_]]) -> Iterator[str]:
    for name, known in seen.items():
        if known.any():
            yield (
                f"{known.sum():,} of {len(known):,} posts ({known.mean():.1%}) stood in the "
                f"training data of {name!r}, which has learnt their labels: its scores are too "
                f"good. The slices of {SEEN!r} score the others apart"
            )


def _comparison(
    scored: Sequence[_Scored], truth: npt.NDArray[Any], data: Annotated, how: str, seed: int
) -> Comparison | None:
    if len(scored) == 1:
        return None
    guesses = {one.name: one.guess for one in scored}
    return compare(truth, guesses, _every(scored), groups=data.groups, how=how, seed=seed)


def _slices(
    parts: Mapping[str, pd.Series],
    scored: Sequence[_Scored],
    truth: npt.NDArray[Any],
    data: Annotated,
    seed: int,
) -> pd.DataFrame:
    classes = _every(scored)
    y = class_codes(truth, classes)
    found = [
        sliced(part, y, class_codes(one.guess, classes), len(classes), data.groups, seed).assign(
            by=name, model=one.name
        )
        for name, part in parts.items()
        for one in scored
    ]
    head = ["model", "by", "value", "posts"]
    if not found:
        return pd.DataFrame(columns=head)
    table = pd.concat(found, ignore_index=True)
    return table[[*head, *(name for name in table if name not in head)]]


def _every(scored: Sequence[_Scored]) -> tuple[ClassName, ...]:
    """All labels, in the spelling of the first model."""
    return tuple(
        dict.fromkeys(
            [*scored[0].model.classes, *(name for one in scored for name in one.guess.tolist())]
        )
    )


def _written(parts: Mapping[str, pd.Series], posts: int) -> pd.Series:
    """Say of each post which parts it falls into, as ``column=value; …``."""
    if not parts:
        return pd.Series([None] * posts, dtype="string")
    columns = ([f"{name}={value}" for value in part] for name, part in parts.items())
    return pd.Series(["; ".join(row) for row in zip(*columns, strict=True)], dtype="string")


def _objects(names: Sequence[ClassName]) -> npt.NDArray[Any]:
    made = np.empty(len(names), object)
    made[:] = names
    return made
