"""Prodigy's JSON lines: ``db-out`` of text classification and of choices.

https://prodi.gy/docs/api-interfaces (the tasks), https://prodi.gy/docs/text-classification
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from stancekit.posts.json.access import mapping_at
from stancekit.posts.times import parse_time
from stancekit.study.annotations.fields import item_of, text_of
from stancekit.study.annotations.mark import Asked, Mark, Part, Row, words

NAME: Final = "Prodigy"
_DONE: Final = {"reject": "rejected", "ignore": "ignored"}
_ANSWERS: Final = ("accept", "reject", "ignore")
_REFUSED: Final = "refused"
#: What a label is called that the annotator says a post does not have.
NOT: Final = "not "


def fits(sample: Sequence[Row]) -> bool:
    """Tell tasks by the answer, and the hashes that Prodigy adds or what there was to choose."""
    return any(
        (isinstance(row.get("options"), list) and "text" in row)
        or (
            row.get("answer") in _ANSWERS
            and ("_task_hash" in row or "_input_hash" in row or "accept" in row)
        )
        for row in sample
    )


def marks(row: Row, ref: str, asked: Asked, part: Part) -> Iterator[Mark]:
    """Yield the labels of one task."""
    answer, label = row.get("answer"), words(row.get("label"))
    choice = isinstance(row.get("options"), list) or isinstance(row.get("accept"), list)
    if not choice and (row.get("spans") or (label is None and "tokens" in row)):
        part.spans += max(1, len(row.get("spans") or ()))
        return
    if answer not in _ANSWERS[:2] or (answer == "reject" and choice):
        why = (
            "rejected" if answer == "reject" else "ignored" if answer == "ignore" else "unanswered"
        )
        part.left_out[f"tasks that were {why}"] += 1
        if not (asked.keep_all and choice):
            return
    if choice:
        labels = [*_chosen(row)]
        if not labels:
            part.left_out["tasks without a choice"] += 1
    else:
        labels = [] if label is None else [label]
    item = item_of({k: v for k, v in row.items() if k != "label"}, asked)
    item = item or item_of(mapping_at(row, "meta"), asked) or words(row.get("_input_hash"))
    who = words(row.get("_annotator_id") or row.get("_session_id"))
    for one in labels:
        question = _REFUSED if answer == "reject" else ""
        yield Mark(item, text_of(row, asked), who, one, _time(row), ref, question)


def _chosen(row: Row) -> Iterator[str]:
    options = {o.get("id"): o.get("text") for o in row.get("options") or () if isinstance(o, dict)}
    accept = row.get("accept")
    for chosen in accept if isinstance(accept, list) else [accept]:
        named = words(chosen)
        if named and named.lstrip("-").isdigit():  # a number stands for what was shown
            named = words(options.get(chosen)) or named
        if named:
            yield named


def _time(row: Row) -> datetime | None:
    return parse_time(row.get("_timestamp"))


def settle(part: Part) -> None:
    """With one label asked yes or no, no is a label, too; with several it says only what is not."""
    refused = [mark for mark in part.marks if mark.question == _REFUSED]
    if not refused:
        return
    if len({mark.label for mark in part.marks}) > 1:
        part.left_out["rejections, which say only what a post is not"] += len(refused)
        part.marks = [mark for mark in part.marks if mark.question != _REFUSED]
    else:
        part.marks = [
            mark._replace(label=NOT + mark.label, question="") if mark.question else mark
            for mark in part.marks
        ]
