"""How far the annotators of a table agree, and on what they do not."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from stancekit.errors import ArgumentError, InputError
from stancekit.labels import MAX_CLASSES, ClassName
from stancekit.model.training.votes import Votes, votes_of
from stancekit.study.agreeing.alpha import Counts, Estimate, Patterns, estimate, patterns_of
from stancekit.study.agreeing.pairs import COMMON, kappas, paired, with_others
from stancekit.study.agreeing.result import Agreement
from stancekit.study.agreeing.rows import disagreements

Level = Literal["nominal", "ordinal"]


def agreement(table: pd.DataFrame, *, level: Level = "nominal", seed: int = 0) -> Agreement:
    """Measure how far annotators agree on the labels of posts.

    Krippendorff's alpha with any number of annotators and gaps, agreement by label, Cohen's kappa
    of pairs, and what annotators disagree on; 95 % intervals by bootstrap over posts.

    Parameters
    ----------
    table : DataFrame
        A row an annotation, as `stancekit.read_annotations` makes it: ``item_id`` (or ``text``),
        ``annotator``, ``label``. Of several annotations of one post by one annotator the last
        counts; several labels chosen at once are a label of their own.
    level : {"nominal", "ordinal"}
        Whether labels are names, or numbers in order (1 to 7): those far apart disagree more.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Agreement
        Prints as text and shows itself in a notebook.

    Raises
    ------
    InputError
        If a column is missing, nothing is labelled, or labels are no numbers at an ordinal level.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "item_id": ["1", "1", "2", "2", "3", "3", "4", "4"],
    ...     "annotator": ["ana", "bo"] * 4,
    ...     "label": ["for", "for", "against", "against", "for", "against", "for", "for"],
    ... })
    >>> round(agreement(table).alpha, 3)
    0.533
    """
    if level not in ("nominal", "ordinal"):
        raise ArgumentError(f"level is {level!r}: give 'nominal' or 'ordinal'")
    votes = votes_of(table)
    judged, notes = _judgments(votes, level)
    labels = _in_order(judged["label"].unique().tolist(), level)
    if len(labels) > MAX_CLASSES:
        raise InputError(
            f"there are {len(labels):,} labels, and {MAX_CLASSES} are compared at most: is "
            "'label' the column of the labels, or does it hold texts?"
        )
    code = {name: place for place, name in enumerate(labels)}
    judged = judged.assign(label=judged["label"].map(code).astype(np.int64))
    judged["item"] = pd.factorize(judged["item"])[0]
    counts = np.zeros((int(judged["item"].max()) + 1, len(labels)), np.int64)
    np.add.at(counts, (judged["item"].to_numpy(), judged["label"].to_numpy()), 1)
    patterns = patterns_of(counts)
    found = _estimated(patterns.posts.sum(), patterns, labels, level, seed, notes)
    pairs, annotators = _annotators(judged, votes, labels, counts, notes)
    notes += [
        f"left out: {count:,} {what if count > 1 else what.replace('annotations', 'annotation', 1)}"
        for what, count in votes.dropped.items()
    ]
    notes += [str(said) for said in table.attrs.get("notices", ())]
    return Agreement(
        level,
        found.alpha,
        found.interval,
        labels,
        pd.DataFrame(
            {
                "label": list(labels),
                "annotations": counts.sum(axis=0),
                "agreement": found.by_label,
                "low": found.by_label_ends[0],
                "high": found.by_label_ends[1],
            }
        ),
        annotators,
        pairs,
        pd.DataFrame(found.observed, index=list(labels), columns=list(labels)),
        disagreements(table, judged, counts, labels),
        len(counts),
        int((counts.sum(axis=1) >= 2).sum()),
        len(judged),
        tuple(notes),
    )


def _judgments(votes: Votes, level: str) -> tuple[pd.DataFrame, list[str]]:
    """Give one label for each annotator and post; several chosen at once are put together."""
    table = votes.table
    if table.empty:
        raise InputError("nothing in the table has a label: there is nothing to compare")
    several = table["weight"] < 1
    if not several.any():
        return table[["item", "annotator", "label", "row"]].copy(), []
    first = table.groupby(["item", "annotator"], sort=False)
    together = first["label"].agg(lambda own: " + ".join(sorted(map(str, own)))).reset_index()
    together["row"] = first["row"].min().to_numpy()
    count = int(first.ngroups - (~several).sum())
    if level == "ordinal":
        raise InputError(
            f"{count:,} annotations are of several labels at once, which have no place in an order"
        )
    said = "annotation is" if count == 1 else "annotations are"
    return together, [f"{count:,} {said} of several labels at once: together they are one label"]


def _in_order(labels: list[ClassName], level: str) -> tuple[ClassName, ...]:
    if level == "nominal":
        return tuple(sorted(labels, key=lambda name: (isinstance(name, str), name)))
    try:
        return tuple(sorted(labels, key=float))
    except ValueError:
        words = next(name for name in labels if not str(name).lstrip("-").isdigit())
        raise InputError(
            f"label {words!r} is no number, and an order of labels is told by numbers: give each "
            "label its number with label_map, as in label_map={'weak': 1, 'strong': 2}; or compare "
            "with level='nominal'"
        ) from None


def _estimated(
    shared: int,
    patterns: Patterns,
    labels: tuple[ClassName, ...],
    level: str,
    seed: int,
    notes: list[str],
) -> Estimate:
    gap, none = float("nan"), np.full(len(labels), np.nan)
    undefined = Estimate(
        gap, (gap, gap), none, np.full((2, len(labels)), np.nan), np.zeros((len(labels),) * 2)
    )
    if not shared:
        notes.append(
            "no post was labelled by two annotators: agreement is not defined. Let a second "
            "annotator label some of the same posts"
        )
        return undefined
    found = estimate(patterns, level == "ordinal", seed)
    if np.isnan(found.alpha):
        only = labels[int(np.argmax(found.observed.sum(axis=1)))]
        notes.append(
            f"every shared post was labelled {only!r} by all: alpha compares with chance, and with "
            "one label there is no other outcome. It is not defined"
        )
    elif found.alpha == 1.0:
        notes.append(
            f"all agree on all {int(shared):,} shared posts: the lower end of the interval is that "
            "of the rule of three, since no disagreement can be drawn again"
        )
    return found


def _annotators(
    judged: pd.DataFrame,
    votes: Votes,
    labels: tuple[ClassName, ...],
    counts: Counts,
    notes: list[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = votes.annotators
    named = judged[judged["annotator"] < len(names)]
    if named.empty:
        notes.append("annotators have no names in this table: none is compared with another")
    pairs = paired(named[["item", "annotator", "label"]])
    given = pd.crosstab(named["annotator"], named["label"]).reindex(
        index=range(len(names)), columns=range(len(labels)), fill_value=0
    )
    total = given.sum(axis=1)
    others = counts.sum(axis=1)[named["item"].to_numpy()] >= 2
    table = pd.DataFrame(
        {
            "annotator": names,
            "annotations": total.to_numpy(),
            "shared": np.bincount(named["annotator"], others, minlength=len(names)).astype(
                np.int64
            ),
            "agreement": with_others(pairs, len(names)) if pairs is not None else np.nan,
            **{
                f"share_{label}": (given[place] / total.where(total > 0)).to_numpy()
                for place, label in enumerate(labels)
            },
        }
    )
    if pairs is None:
        notes.append("so many annotators share posts that they are not compared two by two")
        return kappas(pd.DataFrame(columns=["a", "b", "label_a", "label_b"]), names), table
    found = kappas(pairs, names)
    if found.empty and len(names) > 1:
        notes.append(f"no two annotators share {COMMON} posts: kappa of pairs is not given")
    return found, table
