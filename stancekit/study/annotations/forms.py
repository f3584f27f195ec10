"""Tasks as the records that annotation tools take: one function a tool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from stancekit.study.annotations.handout import Handout, Task

Record = dict[str, Any]
#: What a model is called in a tool.
_AGENT: Final = "stancekit"


def label_studio(posts: Handout) -> Iterator[Record]:
    """Yield Label Studio's tasks; see `label_studio_config`."""
    number = 0
    for place, task in enumerate(posts.tasks, 1):
        annotations = []
        for answer in task.answers:
            number += 1
            who = {} if answer.annotator is None else {"completed_by": {"email": answer.annotator}}
            when = {} if answer.time is None else {"created_at": answer.time.isoformat()}
            result = [_choices(answer.labels, posts.question)]
            annotations.append({"id": number, **who, **when, "result": result})
        predicted = []
        if task.predicted is not None:
            score = {} if task.score is None else {"score": float(task.score)}
            result = [_choices([task.predicted], posts.question)]
            predicted.append({"model_version": _AGENT, **score, "result": result})
        yield {
            "id": place,
            "data": {"text": task.text, "item_id": task.item},
            "annotations": annotations,
            "predictions": predicted,
        }


def _choices(labels: list[str], question: str) -> Record:
    value = {"choices": labels}
    return {"from_name": question, "to_name": "text", "type": "choices", "value": value}


def label_studio_config(posts: Handout) -> str:
    """Write the labelling interface that goes with the tasks."""
    choices = "\n".join(f"    <Choice value={quoteattr(label)}/>" for label in posts.labels)
    return (
        '<View>\n  <Text name="text" value="$text"/>\n'
        f'  <Choices name={quoteattr(posts.question)} toName="text" choice="single">\n'
        f"{choices}\n  </Choices>\n</View>\n"
    )


def doccano(posts: Handout) -> Iterator[Record]:
    """Yield doccano's examples: a line an answer; a prediction is a label already set."""
    for task in posts.tasks:
        own = {"text": task.text, "item_id": task.item}
        for answer in task.answers:
            yield {**own, "label": answer.labels, "annotator": answer.annotator}
        if not task.answers:
            yield {**own, "label": [] if task.predicted is None else [task.predicted]}


def prodigy(posts: Handout) -> Iterator[Record]:
    """Yield Prodigy's tasks for the recipe ``choice``; a prediction is chosen already."""
    options = [{"id": label, "text": label} for label in posts.labels]
    for task in posts.tasks:
        own = {"text": task.text, "item_id": task.item, "options": options}
        for answer in task.answers:
            when = None if answer.time is None else answer.time.timestamp()
            done = {"accept": answer.labels, "answer": "accept", "_timestamp": when}
            yield {**own, **done, "_annotator_id": answer.annotator}
        if not task.answers:
            yield {**own, **({} if task.predicted is None else {"accept": [task.predicted]})}


def argilla(posts: Handout) -> Iterator[Record]:
    """Yield Argilla's records, as its version 2 writes them."""
    for task in posts.tasks:
        given = [{"value": _one(a.labels), "user_id": a.annotator} for a in task.answers]
        yield {
            "id": task.item,
            "fields": {"text": task.text},
            "metadata": {},
            "suggestions": _suggested(task, posts.question),
            "responses": {posts.question: given} if given else {},
        }


def _one(labels: list[str]) -> str | list[str]:
    return labels[0] if len(labels) == 1 else labels


def _suggested(task: Task, question: str) -> Record:
    if task.predicted is None:
        return {}
    score = None if task.score is None else float(task.score)
    return {question: {"value": task.predicted, "score": score, "agent": _AGENT}}


TABLE: Final = ("item_id", "text", "annotator", "label", "annotated_at")
"""Columns of a table for annotators; with predictions, two more."""


def table(posts: Handout) -> tuple[list[str], list[list[str | None]]]:
    """Give the columns and rows of a table: a row an answer, or one to be filled in."""
    predicted = any(task.predicted is not None for task in posts.tasks)
    rows: list[list[str | None]] = []
    for task in posts.tasks:
        score = None if task.score is None else f"{task.score:.4g}"
        more = [task.predicted, score] if predicted else []
        own = [task.item, task.text]
        for answer in task.answers:
            when = None if answer.time is None else answer.time.isoformat()
            rows += [[*own, answer.annotator, label, when, *more] for label in answer.labels]
        if not task.answers:
            rows.append([*own, None, None, None, *more])
    return [*TABLE, *(("predicted", "confidence") if predicted else ())], rows
