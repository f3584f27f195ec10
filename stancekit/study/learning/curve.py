"""How good a model is of fewer labels, and how good it would be of more."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.model.saved.load import as_model
from stancekit.model.saved.names import FAST
from stancekit.model.stance_model import StanceModel
from stancekit.model.training.annotated import Annotated, annotated
from stancekit.model.training.candidates import Candidate, from_model, from_scratch, may_start
from stancekit.model.training.design import default_blocks
from stancekit.model.training.fit import (
    STRENGTHS,
    class_weights,
    cross_validate,
    fit_path,
    logits_of,
)
from stancekit.model.training.notices import tell
from stancekit.progress import progress_bar
from stancekit.scores.comparing import paired
from stancekit.study.learning.result import LearningCurve, fit_curve

#: Posts of the first model; fewest and most posts that a curve is of.
FIRST: Final = 100
FEWEST: Final = 300
MOST: Final = 20_000
_TESTED: Final = 0.2
_DRAWS: Final = 200
Ints = npt.NDArray[np.int64]


def learning_curve(
    posts: pd.DataFrame,
    *,
    text: str = "text",
    label: str = "label",
    group: str | None = None,
    start: StanceModel | str | Path | None = FAST,
    seeds: int = 5,
    seed: int = 0,
    progress: bool | None = None,
) -> LearningCurve:
    """Say what more labels would bring.

    Models of 100, 200, 400 … posts, up to four in five, are scored on the fifth that is left, five
    times with other posts; near-duplicates, and what `group` names, stand on one side. Through
    the means a curve a − b·n^(−c) is laid (an inverse power law), and laid again through 200
    resamples of draws and test groups, which is where its intervals come from.

    Parameters
    ----------
    posts : DataFrame
        300 labelled posts or more, a row each; of more than 20,000 that many are drawn.
    text, label, group
        As in `stancekit.train`.
    start : StanceModel, str, Path or None
        As in `stancekit.train`; all sizes start from where the whole is better off.
    seeds : int
        Draws of the posts that are tested, two or more.
    seed : int
        Of the first draw.
    progress : bool, optional
        As in `stancekit.train`.

    Returns
    -------
    LearningCurve
        ``gain(500)`` is what 500 more labels would bring. Nothing is said beyond four times as
        many posts as there are.

    Raises
    ------
    InputError
        If there are too few posts, or a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> marks = [("bravo", "thanks"), ("shame", "wrong")]
    >>> posts = pd.DataFrame(
    ...     [(f"{marks[i % 2][i % 3 % 2]} {i} {i * i}", "yn"[i % 2]) for i in range(400)],
    ...     columns=["text", "label"],
    ... )
    >>> found = learning_curve(posts, start=None, seeds=2)
    >>> found.sizes
    (100, 200, 320)
    """
    if type(seeds) is not int or seeds < 2:
        raise InputError(f"seeds is {seeds!r}: give 2 or more")
    if isinstance(posts, pd.DataFrame) and len(posts) > MOST:
        posts = posts.sample(MOST, random_state=seed)
    data = annotated(posts, text=text, label=label, group=group, seed=seed)
    tell(data.notices)
    if len(data.texts) < FEWEST:
        raise InputError(
            f"{len(data.texts)} labelled posts: a learning curve takes {FEWEST} or more"
        )
    with progress_bar(progress, total=seeds + 2, desc="learning curve", unit=" steps") as bar:
        candidates = [from_scratch(data.texts, dict(default_blocks()), False)]
        base = None if start is None else as_model(start)
        if base is not None and may_start(base, data, len(data.texts)):
            candidates.append(from_model(base.linear, data.texts))
        bar.update()
        begun, strength = _best(candidates, data, seed)
        bar.update()
        tried = [_draw(data, seed + place) for place in range(seeds)]
        room = min(len(pool) for pool, _ in tried)
        sizes = _sizes(room)
        scores = []
        for place, (pool, test) in enumerate(tried):
            guesses = [_guess(begun, data, pool[:size], test, strength) for size in sizes]
            scores.append(
                paired(
                    data.y[test],
                    guesses,
                    len(data.classes),
                    groups=data.groups[test],
                    n=_DRAWS,
                    seed=seed + place,
                )[:2]
            )
            bar.update()
    values = np.array([value[0] for value, _ in scores])  # (seeds, sizes)
    drawn = np.array([draws[0] for _, draws in scores])  # (seeds, sizes, draws)
    rng = np.random.default_rng(seed)
    again = np.stack(
        [
            drawn[rng.integers(seeds, size=seeds), :, draw].mean(axis=0)
            for draw in range(drawn.shape[2])
        ]
    )
    return LearningCurve(
        posts=len(data.texts),
        tested=int(np.mean([len(test) for _, test in tried])),
        sizes=sizes,
        scores=tuple(values.mean(axis=0).tolist()),
        resampled=again,
        curve=fit_curve(np.array(sizes), values.mean(axis=0)),
        curves=np.array([fit_curve(np.array(sizes), row) for row in again]),
        seeds=seeds,
    )


def _best(candidates: list[Candidate], data: Annotated, seed: int) -> tuple[Candidate, float]:
    """Return where the whole is better off, and the strength of regularisation there."""
    weight = data.weight * class_weights(data.y, len(data.classes))
    found = []
    for candidate in candidates:
        with progress_bar(False, total=1, desc="", unit="") as bar:
            found.append(
                cross_validate(
                    candidate.matrix, data.y, data.groups, weight, seed=seed, n_jobs=1, bar=bar
                )
            )
    best = int(np.argmax([one.scores[one.strength] for one in found]))
    return candidates[best], found[best].strength


def _draw(data: Annotated, seed: int) -> tuple[Ints, Ints]:
    """Return rows to learn from, in the order in which they come, and rows to test on."""
    rank = np.random.default_rng(seed).permutation(int(data.groups.max()) + 1)[data.groups]
    order = np.argsort(rank, kind="stable")
    cut = len(order) - int(_TESTED * len(order))
    pool, test = order[:cut], order[cut:]
    return pool[~np.isin(data.groups[pool], data.groups[test])], test


def _sizes(room: int) -> tuple[int, ...]:
    """Return 100, 200, 400 … and what there is room for, if that is a quarter more."""
    doubled = [FIRST * 2**k for k in range(32) if FIRST * 2**k <= room]
    return (*doubled, *([room] if room > 1.25 * doubled[-1] else []))


def _guess(begun: Candidate, data: Annotated, learn: Ints, test: Ints, strength: float) -> Any:
    seen, y = np.unique(data.y[learn], return_inverse=True)
    if len(seen) == 1:
        return np.full(len(test), seen[0])
    weight = data.weight[learn] * class_weights(y, len(seen))
    path = STRENGTHS[: STRENGTHS.index(strength) + 1]
    *_, found = fit_path(begun.matrix[learn], data.y[learn], weight, path)
    return logits_of(found, begun.matrix[test], seen, len(data.classes)).argmax(axis=1)
