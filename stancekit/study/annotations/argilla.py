"""Argilla's records: of version 2, nested or flat, of FeedbackDataset, and of version 1.

argilla-io/argilla, argilla/src/argilla/records/_io/_generic.py
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from stancekit.posts.json.access import mapping_at
from stancekit.posts.times import parse_time
from stancekit.study.annotations.fields import item_of, text_of
from stancekit.study.annotations.mark import Asked, Mark, Part, Row, words

NAME: Final = "Argilla"
#: Of an answer: whether it was given, and where it is none yet.
_DONE: Final = ("submitted", "", None)
_FLAT: Final = ".responses"


def fits(sample: Sequence[Row]) -> bool:
    """Tell records by fields and responses, by answers of users, or by an annotation's agent."""
    return any(
        (isinstance(row.get("fields"), dict) and ("responses" in row or "suggestions" in row))
        or any(key.endswith(_FLAT) for key in row)
        or ("annotation" in row and ("annotation_agent" in row or "prediction" in row))
        or any(_is_answer(value) for value in row.values())
        for row in sample
    )


def marks(row: Row, ref: str, asked: Asked, part: Part) -> Iterator[Mark]:
    """Yield the answers of one record."""
    fields = row.get("fields") if isinstance(row.get("fields"), dict) else row.get("inputs")
    text = text_of({**row, **(fields if isinstance(fields, dict) else {})}, asked)
    item = words(row.get("external_id")) or item_of(row, asked)
    item = item or item_of(mapping_at(row, "metadata"), asked)
    when = parse_time(row.get("event_timestamp") or row.get("updated_at"))
    given = 0
    for question, value, who, status in _answers(row):
        if status not in _DONE and not asked.keep_all:
            part.left_out[f"answers that are {status}"] += 1
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and ("start" in one or "end" in one):
                part.spans += 1
            elif label := words(one):
                given += 1
                yield Mark(item, text, who, label, when, ref, question)
    part.left_out["posts without an answer"] += not given
    part.left_out["suggestions of a model"] += bool(row.get("suggestions") or row.get("prediction"))


def _answers(row: Row) -> Iterator[tuple[str, Any, str | None, str | None]]:
    """Yield question, value, annotator and status of each answer, in any of the versions."""
    responses = row.get("responses")
    if isinstance(responses, dict):
        for question, given in responses.items():
            for one in given if isinstance(given, list) else [given]:
                yield question, one.get("value"), _who(one), one.get("status")
    elif isinstance(responses, list):
        for one in responses:
            if "values" in one:
                for question, held in (one["values"] or {}).items():
                    value = held.get("value") if isinstance(held, dict) else held
                    yield question, value, _who(one), one.get("status")
            else:
                question = str(one.get("question_name") or "")
                yield question, one.get("value"), _who(one), one.get("status")
    elif "annotation" in row:
        status = "discarded" if str(row.get("status")).lower() == "discarded" else None
        yield "", row["annotation"], words(row.get("annotation_agent")), status
    yield from _flat(row)


def _flat(row: Row) -> Iterator[tuple[str, Any, str | None, str | None]]:
    for key, value in row.items():
        if key.endswith(_FLAT) and isinstance(value, list):
            size = len(value)
            who, status = (
                row.get(f"{key}.{part}") or [None] * size for part in ("users", "status")
            )
            for one, name, state in zip(value, who, status, strict=False):
                yield key.removesuffix(_FLAT), one, words(name), state
        elif _is_answer(value):
            held = value if isinstance(value, list) else _turned(value)
            for one in held:
                yield key, one.get("value"), _who(one), one.get("status")


def _is_answer(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and {"user_id", "value", "status"} <= set(first)


def _turned(columns: Mapping[str, Any]) -> list[Row]:
    """Turn columns of answers, as tables of Hugging Face hold them, into answers."""
    names = ("user_id", "value", "status")
    held = [columns[n] if isinstance(columns[n], list) else [columns[n]] for n in names]
    return [dict(zip(names, one, strict=True)) for one in zip(*held, strict=False)]


def _who(answer: Mapping[str, Any]) -> str | None:
    return words(answer.get("user_id") or answer.get("username"))
