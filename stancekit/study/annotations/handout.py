"""Posts to be handed out, with what is known of them: annotations, predictions, labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

from stancekit.errors import ArgumentError, InputError
from stancekit.labels import LABELS
from stancekit.model.training.votes import items_of


@dataclass
class Answer:
    """What one annotator said of one post: one label, or several at once."""

    annotator: str | None
    labels: list[str] = field(default_factory=list)
    time: datetime | None = None


@dataclass
class Task:
    """One post, its answers, and what a model says of it."""

    item: str
    text: str
    answers: list[Answer] = field(default_factory=list)
    predicted: str | None = None
    score: float | None = None


@dataclass(frozen=True)
class Handout:
    """All posts, the labels to choose from, what the question is called, whether some are done."""

    tasks: list[Task]
    labels: tuple[str, ...]
    question: str
    annotated: bool


def handout(
    posts: pd.DataFrame,
    text: str,
    labels: Sequence[Any] | None,
    predictions: str | None,
    question: str,
) -> Handout:
    """Bring a table of posts, or of annotations, into tasks.

    Raises
    ------
    InputError
        If a column is missing, or there are no posts.
    ArgumentError
        If a label given or predicted is none of those to choose from.
    """
    if not isinstance(posts, pd.DataFrame):
        raise InputError(f"posts are {type(posts).__name__}: give a DataFrame")
    if predictions and predictions == "label" and "annotator" in posts:
        raise ArgumentError("column 'label' holds annotations: name the predictions' own column")
    for name in (text, predictions):
        if name is not None and name not in posts:
            raise InputError(f"no column {name!r}; there are {', '.join(map(str, posts.columns))}")
    posts = posts[posts[text].notna()]
    if posts.empty:
        raise InputError("no post has a text: there is nothing to annotate")
    annotated = {"annotator", "label"} <= set(posts.columns)
    tasks = list(_tasks(posts, text, predictions, annotated))
    seen = dict.fromkeys(label for task in tasks for a in task.answers for label in a.labels)
    seen |= dict.fromkeys(task.predicted for task in tasks if task.predicted)
    order = tuple(map(str, labels)) if labels is not None else tuple(sorted(seen)) or LABELS
    if labels is None and set(seen) <= set(LABELS):
        order = LABELS
    if other := [label for label in seen if label not in order]:
        raise ArgumentError(f"labels lack {other[0]!r}, which a post has")
    return Handout(tasks, order, question, annotated)


def _tasks(
    posts: pd.DataFrame, text: str, predictions: str | None, annotated: bool
) -> Iterator[Task]:
    own = posts.rename(columns={"id": "item_id"}) if "item_id" not in posts else posts
    codes = items_of(own, text).tolist()
    rows = own.astype(object).where(own.notna(), None).to_dict("records")
    tasks: dict[int, Task] = {}
    answers: dict[tuple[Any, ...], Answer] = {}
    for code, row in zip(codes, rows, strict=True):
        task = tasks.get(code)
        if task is None:
            item = row.get("item_id")
            task = tasks[code] = Task(str(code + 1 if item is None else item), str(row[text]))
            if predictions and row[predictions] is not None:
                task.predicted = str(row[predictions])
                task.score = row.get("confidence")
        if annotated and row["label"] is not None:
            who = None if row["annotator"] is None else str(row["annotator"])
            key = (code, who, row.get("source_ref", len(answers)))
            if key not in answers:
                answers[key] = Answer(who, [], row.get("time"))
                task.answers.append(answers[key])
            answers[key].labels.append(str(row["label"]))
    return iter(tasks.values())
