"""Fit a model to the archive at hand: its own scores, moved by a few labels.

The model's logits stay; added to them are an offset for each class and a ridge residual on the same
features, so that what comes out is the same kind of model and as fast. How much may move is chosen
by grouped cross-validation, and nothing moves where no choice is clearly better.

References
----------
Daumé (2007), Frustratingly easy domain adaptation. ACL (a prior of the other domain).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, TypeAlias, TypeGuard

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.model.cascade import CascadeModel
from stancekit.model.linear import LinearModel
from stancekit.model.seen import Seen
from stancekit.model.spread import spread
from stancekit.model.training.annotated import Annotated, annotated
from stancekit.model.training.design import Design, design
from stancekit.model.training.fit import class_weights
from stancekit.model.training.notices import tell
from stancekit.model.training.residual import FOLDS, Move, Problem, choose, fit, splits
from stancekit.scores.calibration import softmax
from stancekit.scores.comparing import compare
from stancekit.scores.metrics import Interval
from stancekit.scores.report import Report
from stancekit.scores.scoring import make_report
from stancekit.text.reading.read import read_all

#: Fewest and most posts that are adapted to.
FEWEST, MOST = 20, 2_000
_NOTES: Final = """\
## Adapted

This is {name} with its scores moved by {posts} posts labelled by whoever adapted it; the
scores above are theirs, out of fold. Moved: {penalty}. Macro-F1 on these posts was {before} and
is {after}, a gain of {gain}. What follows is said of {name} as it was.

"""

Floats = npt.NDArray[np.float64]
#: What can be moved: a linear model, or one that has a share in each post's label.
Movable: TypeAlias = LinearModel | CascadeModel
#: A probability below this says no more than this.
_LEAST: Final = 1e-6
Ints = npt.NDArray[np.int64]


def adapt(
    scorer: object,
    posts: pd.DataFrame,
    *,
    name: str,
    origin: str,
    text: str,
    label: str,
    group: str | None,
    weight: str | None,
    seed: int,
) -> tuple[Movable, Report, dict[str, Any], Seen]:
    """Adapt a model's scorer to labelled posts; see `StanceModel.adapt`.

    `name` is what the model is called, `origin` its name and digest.

    Returns
    -------
    scorer : LinearModel or CascadeModel
    report : Report
        Out of fold.
    about : dict
        ``adapted``, what was done, and ``notes`` that say it in Markdown.
    seen : Seen
        The posts, as hashes.
    """
    if not (isinstance(scorer, LinearModel) or _mixes_always(scorer)):
        raise InputError(
            f"{name!r} cannot be adapted: what is moved is a linear model that has a share in "
            'every label. Use stancekit.load("fast") or stancekit.load("accurate")'
        )
    data = annotated(
        posts,
        text=text,
        label=label,
        group=group,
        weight=weight,
        model_classes=scorer.classes,
        seed=seed,
    )
    tell(data.notices, stacklevel=4)  # the caller of the model's method
    _check(data)
    found = _adapted(scorer, data, seed)
    said: dict[str, Any] = {
        "from": origin,
        "posts": len(data.texts),
        "training_data": data.digest,
        "seed": seed,
        "penalty": _told(found.penalty),
        **{key: asdict(getattr(found, key)) for key in ("before", "after", "gain")},
    }
    notes = _NOTES.format(
        name=name,
        posts=f"{len(data.texts):,}",
        penalty=said["penalty"],
        before=f"{found.before.value:.3f}",
        after=f"{found.after.value:.3f}",
        gain=f"{found.gain.value:+.3f} ({found.gain.low:+.3f} to {found.gain.high:+.3f}, 95 %)",
    )
    about = {"adapted": said, "notes": notes}
    return found.scorer, found.report, about, Seen.of(data.texts)


def _mixes_always(scorer: object) -> TypeGuard[CascadeModel]:
    """Whether a linear model has a share in what is said of each post, whatever it says."""
    return isinstance(scorer, CascadeModel) and scorer.threshold == 1 > scorer.share


def _check(data: Annotated) -> None:
    count = len(np.unique(data.groups))
    if count < FEWEST:
        raise InputError(
            f"{count} labelled posts that are no copies of one another: adapting takes {FEWEST} "
            "or more; 50 to 200 are a good number"
        )
    if len(np.unique(data.y)) == 1:
        raise InputError(
            f"all {len(data.texts):,} labels are {data.classes[data.y[0]]!r}: every post would get "
            "it. Draw posts at random from the archive and label those"
        )
    if len(data.texts) > MOST:
        raise InputError(
            f"{len(data.texts):,} labelled posts: adapting is for up to {MOST:,}. Train a model "
            "of your own on them with stancekit.train"
        )


def _told(penalty: float | None) -> str | float:
    if penalty is None:
        return "nothing"
    return "offsets" if np.isinf(penalty) else penalty


@dataclass(frozen=True)
class _Adapted:
    """What adapting found.

    Attributes
    ----------
    scorer : LinearModel or CascadeModel
        The one given where `penalty` is None.
    report : Report
        Out of fold: every post scored by a model adapted without its group, choice included.
    penalty : float or None
        Of the residual; inf for offsets alone, None for nothing moved.
    before, after, gain : Interval
        Macro-F1 on the posts given, of the model as it was and out of fold, and their difference.
    """

    scorer: Movable
    report: Report
    penalty: float | None
    before: Interval
    after: Interval
    gain: Interval


def _adapted(scorer: Movable, posts: Annotated, seed: int) -> _Adapted:
    linear = scorer if isinstance(scorer, LinearModel) else scorer.linear
    texts = read_all(posts.texts) if linear.reading else posts.texts
    made = design(texts, linear.blocks)
    features, back = _compressed(made)
    scaled = _logits(scorer, posts.texts)
    weight = posts.weight * class_weights(posts.y, len(posts.classes))
    problem = Problem(features, scaled, posts.y, posts.groups, weight)
    tested = np.empty_like(scaled)
    for train, test in splits(problem, seed):
        inner = problem.part(train)
        tested[test] = fit(inner, choose(inner, seed)).moved(problem.part(test))
    penalty = choose(problem, seed)
    move = fit(problem, penalty)
    return _Adapted(
        scorer if penalty is None else _with(scorer, made, move, back),
        make_report(
            np.array(posts.classes, object)[posts.y],
            softmax(tested),
            posts.classes,
            groups=posts.groups,
            dropped=posts.dropped,
            how=f"{FOLDS}-fold cross-validation grouped by near-duplicate, adapted out of fold",
            seed=seed,
        ),
        penalty,
        *_compare(problem, scaled.argmax(axis=1), tested.argmax(axis=1), seed),
    )


def _logits(scorer: Movable, texts: Sequence[str]) -> Floats:
    """Return what a softmax makes the probabilities of, shape (n, k)."""
    function = scorer.logits if isinstance(scorer, LinearModel) else scorer.proba
    parts = spread(function, texts, work=scorer.work, n_jobs=None, progress=False, doing="adapting")
    found = np.concatenate(list(parts)).astype(np.float64)
    if isinstance(scorer, LinearModel):
        return found / scorer.temperature
    return np.asarray(np.log(np.maximum(found, _LEAST)))


def _compressed(made: Design) -> tuple[Floats, Floats]:
    """Return features with the inner products of the design's rows, and the way back.

    ``matrix.T @ back @ residual`` are the coefficients on the design's columns that a residual on
    the features stands for.
    """
    gram = np.asarray((made.matrix @ made.matrix.T).toarray(), np.float64)
    value, vector = np.linalg.eigh(gram)
    kept = value > value[-1] * 1e-9
    root = np.sqrt(value[kept])
    return vector[:, kept] * root, vector[:, kept] / root


def _with(scorer: Movable, made: Design, move: Move, back: Floats) -> Movable:
    """Add what moves to the tables, at the scale of the logits before the temperature.

    A linear model that has a share in a mixture is moved by so much more.
    """
    if isinstance(scorer, CascadeModel):
        more = 1 / (1 - scorer.share)
        whole = Move(move.offset * more, move.residual * more)
        return replace(scorer, linear=_with_linear(scorer.linear, made, whole, back))
    return _with_linear(scorer, made, move, back)


def _with_linear(linear: LinearModel, made: Design, move: Move, back: Floats) -> LinearModel:
    coefficients = made.matrix.T @ (back @ move.residual) * linear.temperature
    added = made.tables(np.asarray(coefficients, np.float64).T)
    tables = {
        name: (table + added[name]).astype(np.float16).astype(np.float32)
        for name, table in linear.tables.items()
    }
    intercept = linear.intercept + (move.offset * linear.temperature).astype(np.float32)
    return replace(linear, tables=tables, intercept=intercept)


def _compare(
    posts: Problem, before: Ints, after: Ints, seed: int
) -> tuple[Interval, Interval, Interval]:
    """Macro-F1 before and after, and the difference, drawn on the same posts."""
    found = compare(
        posts.y,
        {"before": before, "after": after},
        range(posts.logits.shape[1]),
        groups=posts.groups,
        how="The posts adapted to.",
        seed=seed,
    )
    one, two = found.macro_f1
    return one, two, found.pairs[0].macro_f1
