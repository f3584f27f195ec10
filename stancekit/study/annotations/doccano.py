"""doccano's JSON and JSON lines of text classification, of version 1 and later, and their like.

doccano/doccano, backend/data_export/pipeline. Its CSV is a table; one file a member in a zip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from stancekit.study.annotations.fields import item_of, text_of
from stancekit.study.annotations.mark import Asked, Mark, Part, Row, words

NAME: Final = "doccano"
_LABELS: Final = ("label", "labels", "cats", "annotations", "annotators")
_WHO: Final = ("user", "annotator", "annotator_id", "created_by")
_SPANS: Final = ("entities", "spans", "relations")


def fits(sample: Sequence[Row]) -> bool:
    """Tell records by a list of labels or of parts of the text."""
    return any(
        isinstance(row.get("text", row.get("data", "")), str)
        and any(isinstance(row.get(key), list) for key in (*_LABELS, *_SPANS))
        for row in sample
    )


def marks(row: Row, ref: str, asked: Asked, part: Part) -> Iterator[Mark]:
    """Yield the labels of one example."""
    found = 0
    own = {k: v for k, v in row.items() if k not in _LABELS}
    text, item = text_of(own, asked), item_of(row, asked)
    for key in (*_LABELS, *_SPANS):
        for entry in row[key] if isinstance(row.get(key), list) else ():
            label, who = _label(entry, key)
            if label is None:
                part.spans += 1
                continue
            found += 1
            yield Mark(item, text, who or words(row.get("annotator")), label, None, ref)
    if not found:
        part.left_out["posts without a label"] += 1


def _who(entry: Row) -> str | None:
    return next((name for key in _WHO if (name := words(entry.get(key)))), None)


def _label(entry: Any, key: str) -> tuple[str | None, str | None]:
    """Return a label and who gave it; no label for one of a part of the text."""
    if isinstance(entry, dict):
        if key in _SPANS or "start_offset" in entry or "start" in entry:
            return None, None
        return words(entry.get("label", entry.get("text"))), _who(entry)
    if isinstance(entry, list) or key in _SPANS:
        return None, None
    return words(entry), None
