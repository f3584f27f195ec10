"""Train a model on labelled posts, and say what it is worth."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import joblib
import numpy as np
import pandas as pd

from stancekit.errors import InputError, LeakWarning
from stancekit.features.block import Block
from stancekit.model.saved.kinds import digest
from stancekit.model.saved.linear import check_blocks, check_cells
from stancekit.model.saved.load import as_model
from stancekit.model.saved.names import FAST
from stancekit.model.seen import Seen
from stancekit.model.stance_model import StanceModel
from stancekit.model.training.annotated import Annotated, annotated
from stancekit.model.training.beyond import beyond, spelling_of
from stancekit.model.training.candidates import SCRATCH, better, from_model, from_scratch, may_start
from stancekit.model.training.design import default_blocks
from stancekit.model.training.fit import (
    STRENGTHS,
    CrossValidated,
    class_weights,
    cross_validate,
    fit_path,
    folds_for,
)
from stancekit.model.training.leaks import beside, leaks
from stancekit.model.training.notices import tell
from stancekit.model.training.voted import voted
from stancekit.model.training.votes import Ties, is_annotated
from stancekit.progress import progress_bar
from stancekit.scores.calibration import fit_temperature, softmax
from stancekit.scores.scoring import make_report
from stancekit.version import __version__

_PACKAGES: Final = ("numpy", "scipy", "scikit-learn")


def train(
    posts: pd.DataFrame,
    *,
    text: str = "text",
    label: str = "label",
    group: str | None = None,
    weight: str | None = None,
    extra: pd.DataFrame | None = None,
    merge_labels: bool = True,
    soft: bool = False,
    ties: Ties = "drop",
    seed: int = 0,
    progress: bool | None = None,
    name: str = "custom",
    start: StanceModel | str | Path | None = FAST,
    compare_with: StanceModel | str | Path | None = None,
    blocks: Mapping[str, Block] | None = None,
    reading: bool = False,
    n_jobs: int | None = None,
) -> StanceModel:
    """Train a model on labelled posts.

    A multinomial logistic regression on word and character n-grams, sentiment cues and word
    vectors. Near-duplicates and reposts are grouped and never stand on both sides of a split; the
    strength of regularisation is chosen by grouped, stratified cross-validation on macro-F1, and
    the probabilities are calibrated on the logits out of fold (temperature scaling, Guo et al.
    2017). The model returned is fitted on all posts; its report is of the logits out of fold.

    With 5,000 posts or fewer it is fitted twice, once from what another model knows already
    (`start`), and that one is returned if it is better by .02 out of fold; the report says which.

    Parameters
    ----------
    posts : DataFrame
        Labelled posts, a row each; or annotations, a row each, as `stancekit.read_annotations`
        makes them (``item_id``, ``annotator``, text and label): a post then has the label that
        most annotators gave it.
    text, label : str
        Columns of the text and of the label. Any two or more labels; the four of stancekit keep
        their order, a Categorical its own, others are sorted. Whole numbers come back as such;
        True and False as 1 and 0, which compare equal to them.
    group : str, optional
        Column of what must not be split (thread, author), beside near-duplicates.
    weight : str, optional
        Column of each post's weight, 0 or more (an annotator's confidence, say).
    extra : DataFrame, optional
        Posts with the same columns that are learnt from but never scored on: those of another
        corpus, or labelled by another model. Near-duplicates of a post are not learnt from while
        it is scored.
    merge_labels : bool
        Whether labels that differ only in case, spaces, quotation marks or Unicode form
        (``Favor``, ``favor``) are one label, spelt as most posts have it.
    soft : bool
        Of annotations: whether a post is learnt from under every label that an annotator gave it,
        weighted by its share of the votes. It is scored under that of most, as ever; one on which
        annotators tie is not scored.
    ties : {"drop", "keep"}
        Of annotations: whether a post on which they tie is left out, and counted in the report,
        or learnt from under each of its labels with equal weights, and not scored.
    seed : int
        Of the folds and of the bootstrap.
    progress : bool, optional
        True, False, or None for a bar only where one is seen.
    name : str
        What the model is called in label tables.
    start : StanceModel, str, Path or None, default "fast"
        A linear model whose scores stand among the features of a second fit, tried with up to
        5,000 posts, unless `blocks` are given or it was trained on more than 2 % of the posts. With
        a few hundred labels like its own that is worth much, with labels of another kind little
        or nothing (docs/benchmarks.md). None for none of it.
    compare_with : StanceModel, str or Path, optional
        A model that knows the labels, such as "default": ``model.comparison`` then holds what the
        trained one gains on it, out of fold, on the same posts.
    blocks : dict of str to Block, optional
        Features to use in place of the default ones.
    reading : bool, default False
        Whether quotations are masked and disguised spelling is mended first, as `fast`
        does (`stancekit.text.reading`): right where labels are of what the author says.
    n_jobs : int, optional
        Folds fitted at a time; None is one for each core.

    Returns
    -------
    StanceModel
        With its `report`.

    Raises
    ------
    InputError
        If a column is missing, or fewer than two labels have two posts that are not copies.

    Warns
    -----
    LabelWarning
        Of what is odd about the labels: rows without one (counted in the report, too), spellings
        that were taken for one label, labels one letter apart, a text under several labels (with
        its rows, counted from 0), labels of fewer than 50 posts.
    LeakWarning
        Where a column, the order of ids or times, or the label's name in the text tells the label
        alone: the report is then likely too good.

    Examples
    --------
    >>> import pandas as pd
    >>> posts = pd.DataFrame({
    ...     "text": [f"{w} number {i}" for i in range(20) for w in ("bravo", "shame")],
    ...     "label": ["supportive", "critical"] * 20,
    ... })
    >>> model = train(posts, n_jobs=1)
    >>> model.classify("bravo!").label[0]
    'supportive'
    """
    base = None if start is None or blocks else as_model(start)
    other = None if compare_with is None else as_model(compare_with)
    chosen = dict(blocks or default_blocks())
    check_blocks(chosen)  # before the work, not after it
    if type(seed) is not int or not 0 <= seed < 2**32:
        raise InputError(f"seed is {seed!r}: give a whole number from 0 to {2**32 - 1}")
    if n_jobs is not None and (type(n_jobs) is not int or n_jobs == 0):
        raise InputError(f"n_jobs is {n_jobs!r}: give 1 or more, -1 for all cores, or None")
    votes = None
    if isinstance(posts, pd.DataFrame) and is_annotated(posts, text, label):
        votes = voted(
            posts,
            text=text,
            label=label,
            weight=weight,
            extra=extra,
            soft=soft,
            ties=ties,
            merge_labels=merge_labels,
        )
        posts, extra, weight = votes.posts, votes.extra, votes.weight
    with progress_bar(progress, total=5, desc="training", unit=" steps") as bar:
        data = annotated(
            posts,
            text=text,
            label=label,
            group=group,
            weight=weight,
            extra=extra,
            merge_labels=merge_labels,
            seed=seed,
        )
        tell(data.notices)
        if other is not None:
            spelling_of(other, data.classes)  # before the work, not after it
        own = data.rows[data.scored]
        others = beside(posts, own, (text, label, group, weight))
        texts = data.texts[: len(own)]  # the extra posts come last
        tell(leaks(others, texts, data.y[data.scored], data.classes), kind=LeakWarning)
        bar.update()
        check_cells(chosen, len(data.classes))
        candidates = {SCRATCH: from_scratch(data.texts, chosen, reading)}
        if base is not None and may_start(base, data, len(own)):
            candidates[f"{base.name}@{base.digest[:12]}"] = from_model(base.linear, data.texts)
        bar.update()
        weights = data.weight * class_weights(data.y, len(data.classes))
        folds = folds_for(data.y[data.scored], data.groups[data.scored])
        bar.total = 4 + folds * len(candidates)
        tried = {
            started: cross_validate(
                candidate.matrix,
                data.y,
                data.groups,
                weights,
                scored=data.scored,
                seed=seed,
                n_jobs=_jobs(n_jobs, data),
                bar=bar,
            )
            for started, candidate in candidates.items()
        }
        scores = {started: it.scores[it.strength] for started, it in tried.items()}
        best = better(scores)
        found, made = tried[best], candidates[best]
        temperature = fit_temperature(found.logits, data.y[data.scored], data.weight[data.scored])
        # the whole way there, as every fold went it: a fit stops early and depends on its start
        path = STRENGTHS[: STRENGTHS.index(found.strength) + 1]
        *_, final = fit_path(made.matrix, data.y, weights, path)
        bar.update()
        linear = made.linear(data.classes, final, temperature)
        report = make_report(
            np.array(data.classes, object)[data.y[data.scored]],
            softmax(found.logits, temperature),
            data.classes,
            groups=data.groups[data.scored],
            dropped={**(votes.dropped if votes else {}), **data.dropped},
            how="; ".join(
                [_how(found, group), *([votes.how] if votes else []), *_how_started(scores, best)]
            ),
            seed=seed,
        )
        bar.update()
    about = _about(data, found, seed)
    about["start"] = best
    if votes:
        about = {"annotations": votes.annotations, "labels_by": votes.how, **about}
    model = StanceModel(name, digest(linear), linear, report, about, Seen.of(data.texts))
    if other is None:
        return model
    return replace(model, comparison=beyond(other, model, data, found.logits, seed))


def _how(found: CrossValidated, group: str | None) -> str:
    own = f" and by {group!r}" if group is not None else ""
    return f"{found.folds}-fold cross-validation grouped by near-duplicate{own}, scored out of fold"


def _how_started(scores: Mapping[str, float], best: str) -> list[str]:
    """Say which start was taken and what it was better than, if there were two."""
    if len(scores) == 1:
        return []
    (other,) = scores.keys() - {best}
    told = f"macro-F1 {scores[best]:.3f}, {scores[other]:.3f} {_started(other)}"
    return [f"started {_started(best)} ({told})"]


def _started(name: str) -> str:
    return name if name == SCRATCH else f"from what {name} knows"


def _jobs(n_jobs: int | None, data: Annotated) -> int:
    # starting processes takes longer than fitting a few hundred posts
    return joblib.cpu_count() if n_jobs is None and len(data.y) >= 2000 else n_jobs or 1


def _about(data: Annotated, found: CrossValidated, seed: int) -> dict[str, Any]:
    counts = np.bincount(data.y[data.scored], minlength=len(data.classes))
    return {
        "posts": int(data.scored.sum()),
        "posts_per_label": dict(zip(map(str, data.classes), counts.tolist(), strict=True)),
        "extra_posts": int((~data.scored).sum()),
        **({"merged_labels": data.merged} if data.merged else {}),
        "training_data": data.digest,
        "strength": found.strength,
        "strengths_tried": {str(strength): score for strength, score in found.scores.items()},
        "folds": found.folds,
        "seed": seed,
        "versions": {
            "python": platform.python_version(),
            "stancekit": __version__,
            **{package: version(package) for package in _PACKAGES},
        },
    }
