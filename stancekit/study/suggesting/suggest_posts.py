"""`stancekit.suggest`: which posts to annotate next."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from stancekit.errors import ArgumentError, InputError
from stancekit.model.saved.load import load
from stancekit.model.stance_model import StanceModel
from stancekit.study.shares.checked import DRAWN_AS, INCLUSION, RANDOM, TRUE_LABEL, UNCERTAIN
from stancekit.study.shares.population import Population, population
from stancekit.study.suggesting.stratified import draw_within_labels
from stancekit.study.suggesting.uncertain import most_uncertain
from stancekit.text.given import Posts, column, values_of

#: Share of the suggestions that is drawn at random.
RANDOM_SHARE: Final = 0.2


def suggest(
    posts: Posts,
    model: StanceModel | str | Path | None,
    n: int,
    *,
    for_shares: bool = False,
    text: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Suggest which posts to annotate next.

    To teach a model (the default): four in five are what the model is least sure of, each from
    another cluster of posts, with copies collapsed; one in five is drawn at random from the rest,
    with its probability recorded, so that a share can be estimated from them all the same
    (`stancekit.estimate_shares`) and posts that the model is wrongly sure of are met too.

    On our gold posts it saved few labels, and only where one is rare and some hundreds were there
    already; otherwise posts drawn at random taught as much (docs/benchmarks.md).

    To count (``for_shares=True``): a random sample within each label given, as large as the label
    is, with a few of each. Labels are hidden, the order is random, and equal texts stand once.

    Parameters
    ----------
    posts : DataFrame, Series or iterable of str
        What there is to annotate. A table of labels (of `classify`, `label_archive`) keeps its
        labels where `model` is None.
    model : StanceModel, str, Path or None
        Whose uncertainty counts, or whose labels are to be corrected.
    n : int
        How many.
    for_shares : bool
        Whether to draw a sample for `stancekit.estimate_shares`.
    text : str, optional
        Column of the text.
    seed : int
        The same seed gives the same posts.

    Returns
    -------
    DataFrame
        A row for each post, in random order under the caller's index: ``id`` (where there is
        one), the text, an empty ``true_label`` to fill in, ``drawn_as``; and ``inclusion``
        (float64, the probability with which it was drawn: 1 where it was chosen), ``confidence``
        (float32), or with `for_shares` ``drawn`` (int64, how many posts drawn have this text).

    Raises
    ------
    InputError
        If there are fewer posts than asked for, or none that can be labelled.

    References
    ----------
    Lewis & Gale (1994), A sequential algorithm for training text classifiers. SIGIR (uncertainty).
    Scheffer, Decomain & Wrobel (2001), Active hidden Markov models. IDA (margin).
    Zhdanov (2019), Diverse mini-batch active learning. arXiv:1901.05954 (clusters).

    Examples
    --------
    >>> import pandas as pd, stancekit
    >>> posts = pd.DataFrame({"id": range(60), "text": [f"number {i} is fine" for i in range(60)]})
    >>> labelled = posts.assign(label=["yes", "no"] * 30)
    >>> sample = stancekit.suggest(labelled, None, 20, for_shares=True)
    >>> sample.columns.tolist()
    ['id', 'text', 'true_label', 'drawn_as', 'drawn']
    """
    if type(n) is not int or n < 1:
        raise ArgumentError(f"n is {n!r}: give a whole number of posts, at least 1")
    table, name = _table(posts, text)
    labelled = _labelled(table, name, model)
    people = population(labelled, text=name)
    if len(people.code) < n:
        raise InputError(f"{len(people.code):,} posts have a label: ask for no more than these")
    rng = np.random.default_rng(seed)
    if for_shares:
        places, extra = draw_within_labels(people.code, people.text, n, rng)
    else:
        places, extra = _to_teach(people, labelled, name, n, rng, seed)
    order = rng.permutation(len(places))
    rows = people.row[places[order]]
    kept = [column for column in ("id", name) if column in labelled]
    made = labelled[kept].iloc[rows].copy()
    made[TRUE_LABEL] = pd.array([pd.NA] * len(rows), dtype="string")
    for said, values in extra.items():
        made[said] = values[order]
    return made


def _to_teach(
    people: Population, labelled: pd.DataFrame, name: str, n: int, rng: Any, seed: int
) -> tuple[Any, dict[str, Any]]:
    if people.proba is None:
        raise InputError(
            "the posts have labels and no probabilities: give the model, or a table with them"
        )
    first = np.unique(people.text, return_index=True)[1]  # one of each text
    if len(first) < n:
        raise InputError(f"there are {len(first):,} different texts: ask for fewer than {n:,}")
    random = min(max(round(n * RANDOM_SHARE), 1), n)
    texts = labelled[name].iloc[people.row[first]].tolist()
    chosen = most_uncertain(texts, people.proba[first], n - random, seed)
    rest = np.setdiff1d(np.arange(len(first)), chosen)
    drawn = rng.choice(rest, random, replace=False)
    places = first[np.concatenate([chosen, drawn])]
    certain = [len(chosen), random]
    return places, {
        DRAWN_AS: np.repeat(np.array([UNCERTAIN, RANDOM], object), certain),
        INCLUSION: np.repeat([1.0, random / len(rest)], certain),
        "confidence": people.proba[places].max(axis=1).astype(np.float32),
    }


def _table(posts: Posts, text: str | None) -> tuple[pd.DataFrame, str]:
    values, index = values_of(posts, text)
    if not isinstance(posts, pd.DataFrame):
        return pd.DataFrame({"text": values}, index=index), "text"
    if text is not None:
        return posts, text
    return posts, "text" if "text" in posts else str(posts.columns[0])


def _labelled(
    table: pd.DataFrame, name: str, model: StanceModel | str | Path | None
) -> pd.DataFrame:
    if model is None:
        column(table, "label", "model")
        return table
    chosen = model if isinstance(model, StanceModel) else load(model)
    labels = chosen.classify(table, text=name)
    kept = [one for one in ("id", name) if one in table]
    own = table[kept].set_axis(labels.index)
    return pd.concat([own, labels.drop(columns=kept, errors="ignore")], axis=1)
