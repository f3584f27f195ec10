"""Label Studio's JSON: tasks with their annotations (label-studio-sdk's converter writes it).

JSON-MIN and CSV are tables: see `stancekit.study.annotations.dialects`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from stancekit.posts.times import parse_time
from stancekit.study.annotations.fields import item_of, text_of
from stancekit.study.annotations.mark import Asked, Mark, Part, Row, words

NAME: Final = "Label Studio JSON"
_ANSWERS: Final = ("textarea", "chatmessage", "pairwise")
_OF_POSTS: Final = ("choices", "taxonomy", "rating", "number")


def fits(sample: Sequence[Row]) -> bool:
    """Tell tasks by their annotations and data, or single annotations by their task."""
    return any(
        isinstance(row.get("data") or row.get("task"), dict)
        and isinstance(row.get("annotations", row.get("completions", row.get("result"))), list)
        for row in sample
    )


def marks(row: Row, ref: str, asked: Asked, part: Part) -> Iterator[Mark]:
    """Yield the labels of one task, or of one annotation that has its task inside."""
    task = row if "data" in row else row["task"]
    data = task["data"]
    annotations = row.get("annotations", row.get("completions"))
    if annotations is None:
        annotations = [row]
    part.left_out["predictions of a model"] += len(task.get("predictions") or ())
    if not annotations:
        part.left_out["posts that nobody annotated"] += 1
    text, item = text_of(data, asked), item_of(data, asked) or item_of(task, asked)
    for annotation in annotations:
        if not asked.keep_all and (annotation.get("was_cancelled") or annotation.get("skipped")):
            part.left_out["annotations that were cancelled or skipped"] += 1
            continue
        found = list(_labels(annotation.get("result") or (), part))
        if not found:
            part.left_out["annotations without a label of the post"] += 1
        who = _annotator(annotation)
        when = parse_time(annotation.get("updated_at") or annotation.get("created_at"))
        for question, label in found:
            yield Mark(item, text, who, label, when, f"{ref}/{annotation.get('id', 0)}", question)


def _labels(results: Sequence[Row], part: Part) -> Iterator[tuple[str, str]]:
    for result in results:
        value = result.get("value")
        if not isinstance(value, dict):
            continue
        kind = str(result.get("type") or "").lower()
        held = next((key for key in _OF_POSTS if key in value), None)
        if "start" in value or (
            held is None and kind not in ("textarea", "chatmessage", "pairwise")
        ):
            part.spans += 1
        elif held:
            for label in _each(value[held]):
                yield str(result.get("from_name") or held), label


def _each(value: Any) -> Iterator[str]:
    """Yield each choice; of a taxonomy, which gives ways down a tree, each way."""
    for one in value if isinstance(value, list) else [value]:
        label = " / ".join(map(str, one)) if isinstance(one, list) else words(one)
        if label:
            yield label


def _annotator(annotation: Row) -> str | None:
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        name = f"{who.get('first_name') or ''} {who.get('last_name') or ''}".strip()
        return words(who.get("email") or who.get("username") or name or who.get("id"))
    return words(who if who is not None else annotation.get("created_username"))
