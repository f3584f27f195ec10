"""`stancekit.estimate_shares`: how many, from labels and a sample that people checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from stancekit.errors import ArgumentError
from stancekit.model.stance_model import StanceModel
from stancekit.scores.report import Report
from stancekit.study.shares.checked import checked_posts
from stancekit.study.shares.doubts import doubts, far, pooling
from stancekit.study.shares.drawn import DRAWS, Drawn, check_random, drawn_from
from stancekit.study.shares.elsewhere import held_out_of, quantified
from stancekit.study.shares.parts import part_of
from stancekit.study.shares.population import UNITS, Unit, population
from stancekit.study.shares.result import Part, Shares
from stancekit.study.shares.sample import sample_of


def estimate_shares(
    labelled: pd.DataFrame,
    checked: pd.DataFrame | None = None,
    *,
    by: str | None = None,
    unit: Unit = "posts",
    truth: str | None = None,
    drawn: Drawn | None = None,
    random: bool = False,
    on: str | None = None,
    text: str = "text",
    label: str = "label",
    label_map: Mapping[Any, Any] | None = None,
    held_out: pd.DataFrame | Report | StanceModel | None = None,
    level: float = 0.95,
    draws: int = 4_000,
    seed: int = 0,
) -> Shares:
    """Estimate the share of each label from labels and a random sample that people checked.

    A model's mistakes do not cancel out, so that counting its labels is biased, often by more than
    the share of a rare label. The estimate is post-stratified: of each label given, what the
    checked posts truly are has a Dirichlet posterior, and the shares are drawn from it for all
    labels at once. They add up to 1 and lie in [0, 1], and the sample may have been drawn unequally
    between the labels given, as long as it is random within each.

    Parameters
    ----------
    labelled : DataFrame
        All posts with their labels: of `stancekit.read_labels`, `label_frame`, or your own table
        joined with `classify`. Columns used where they are there: the probabilities, ``id``,
        the text, ``author_id`` or ``author``, ``created_at``.
    checked : DataFrame, optional
        A random sample of these posts with the true labels, such as a file of
        `stancekit.suggest` with ``for_shares=True``. Joined by `on`, ``id``, or the text. Rows
        without a true label are left out and counted.
    by : str, optional
        A column of `labelled`, or ``day``, ``week``, ``month`` or ``year``: estimates for each.
        A group with fewer than 30 checked posts takes the errors of all groups; whether they
        differ is tested.
    unit : {"posts", "texts", "accounts"}
        What the shares are of. Texts: copies and reposts count once. Accounts: each counts once,
        parted among its posts.
    truth : str, optional
        Column of the true labels in `checked`; ``true_label``, ``my_label``, ``gold`` or ``label``
        if not given.
    drawn : {"posts", "texts", "accounts"}, optional
        What was drawn at random. Told from the copies and accounts seen, and said, if not given.
        Texts stand for their copies; of accounts, several posts of each are in the sample.
    random : bool
        Whether to trust that the sample was random though it does not look it.
    on : str, optional
        Column that names a post in both tables.
    text, label : str
        Columns of the text, and of the label given in `labelled`.
    label_map : mapping, optional
        From labels in `checked` to labels of the model, or to None to leave them out. Case and
        spaces need none.
    held_out : DataFrame, Report or StanceModel, optional
        Labelled posts from elsewhere, for ACC, PACC and EMQ beside: a table with labels given,
        true labels and probabilities, or a report (ACC and EMQ only). The only ones there are
        without `checked`: they trust that the model errs here as there.
    level : float
        Of the intervals.
    draws, seed : int
        Of the posterior; the same seed gives the same numbers.

    Returns
    -------
    Shares
        Prints as tables; ``to_frame()`` and ``plot()`` as all results. Beside the estimate: the
        bare ``count``, ``PPI++`` and ``Rogan–Gladen`` (and ``Horvitz–Thompson`` where
        probabilities of drawing are recorded); and how many more checked posts the labels are
        worth: so many would give as narrow an interval without any model.

    Raises
    ------
    InputError
        If a column is missing, a true label is unknown, nothing can be joined, or the sample was
        chosen by uncertainty without recorded probabilities or does not look random.

    Warns
    -----
    LabelWarning
        If ACC, PACC and EMQ differ by more than .05: then at least two are wrong.

    References
    ----------
    Rogan & Gladen (1978); Horvitz & Thompson (1952); Holt & Smith (1979); Saerens, Latinne &
    Decaestecker (2002); Forman (2008); Hopkins & King (2010), A method of automated nonparametric
    content analysis for social science, AJPS 54; Angelopoulos, Duchi & Zrnic (2023); Egami, Hinck,
    Stewart & Wei (2023). docs/shares.md has the equations, docs/benchmarks.md the coverage.

    Examples
    --------
    >>> import pandas as pd
    >>> posts = pd.DataFrame({"id": range(1000), "label": ["yes"] * 300 + ["no"] * 700})
    >>> sample = posts.sample(200, random_state=0)
    >>> sample["true_label"] = sample["label"].where(sample["id"] % 5 > 0, "no")  # 1 in 5 is not
    >>> shares = estimate_shares(posts, sample[["id", "true_label"]])
    >>> yes = shares.to_frame().query("label == 'yes' and method == 'post-stratified'").iloc[0]
    >>> bool(yes["low"] < 0.24 < yes["high"] < 0.3)
    True
    """
    _check(unit, drawn, level, draws)
    if checked is None and held_out is None:
        raise ArgumentError(
            "without checked posts no share can be estimated: draw some with "
            "suggest(for_shares=True), or give held_out= for what rests on posts from elsewhere"
        )
    posts = population(labelled, label=label, text=text, by=by)
    elsewhere = None if held_out is None else held_out_of(held_out, posts.labels, label, truth)
    notes: list[str] = []
    if posts.unlabelled:
        notes.append(f"{posts.unlabelled:,} rows without a label are not counted")
    if "kind" in labelled and (reposts := int((labelled["kind"] == "repost").sum())):
        notes.append(f"{reposts:,} reposts count as posts: leave their rows out for own words only")
    sample = None
    if checked is not None:
        found = checked_posts(
            posts, labelled, checked, truth=truth, on=on, text=text, label_map=label_map
        )
        if not random:
            check_random(posts, found)
        told, why = drawn_from(posts, found)
        sample = sample_of(posts, found, unit, drawn or told)
        notes += [*found.notes, *([why] if why and drawn is None else []), *doubts(sample)]
    mass = posts.mass(unit) if sample is None else sample.mass

    def part(group: int | None) -> Part:
        rng = np.random.default_rng([seed, 0 if group is None else group + 1])
        made = part_of(posts, mass, sample, group, rng, level, draws)
        if elsewhere is None:
            return made
        inside = slice(None) if group is None else posts.group == group
        return replace(made, found={**made.found, **quantified(elsewhere, posts, mass, inside)})

    whole, parts = part(None), tuple(map(part, range(len(posts.groups))))
    notes += far(whole, sample is None)
    if sample is not None and parts:
        notes += pooling(sample, parts, seed)
    return Shares(unit, posts.labels, whole, parts, tuple(notes), level, by)


def _check(unit: str, drawn: str | None, level: float, draws: int) -> None:
    for name, value, known in (("unit", unit, UNITS), ("drawn", drawn, (None, *DRAWS))):
        if value not in known:
            raise ArgumentError(f"{name} is {value!r}: give {', '.join(map(repr, UNITS))}")
    if not 0 < level < 1:
        raise ArgumentError(f"level is {level!r}: give a number between 0 and 1")
    if draws < 100:
        raise ArgumentError(f"draws is {draws!r}: give at least 100")
