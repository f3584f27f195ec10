"""Tables that a tool writes under names of its own, by which it is known, as data.

Label Studio's CSV, TSV and JSON-MIN: label-studio-sdk, converter/converter.py. Mechanical Turk's
batch results: its requester documentation. Figure Eight's reports: its documentation of 2019.
Coded segments: exports of MAXQDA ("Coded segments"), ATLAS.ti (quotations), Taguette.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stancekit.posts.tables.names import plain_name
from stancekit.posts.tables.values import flag_of
from stancekit.study.annotations.mark import Row


@dataclass(frozen=True)
class Dialect:
    """What columns of a tool's table are.

    Attributes
    ----------
    name : str
    needs : frozenset of str
        Plain names that a table of the tool has, all of them.
    item, annotator, time, text : tuple of str
        Plain names of the columns, the likeliest first.
    labels : pattern, optional
        Of names of columns that may hold the label.
    others : pattern, optional
        Of names of columns that hold none.
    left_out : callable
        ``left_out(row)`` says why a row is no annotation; nothing if it is one. Rows have plain
        names.
    """

    name: str
    needs: frozenset[str] = frozenset()
    item: tuple[str, ...] = ()
    annotator: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    labels: re.Pattern[str] | None = None
    others: re.Pattern[str] | None = None
    left_out: Callable[[Mapping[str, Any]], str] = field(default=lambda row: "")
    left_out_by: tuple[str, ...] = ()


def _rejected(row: Mapping[str, Any]) -> str:
    rejected = str(row.get("assignment_status") or "").strip().lower() == "rejected"
    marked = str(row.get("reject") or "").strip()
    return "assignments that were rejected" if rejected or marked else ""


def _tested(row: Mapping[str, Any]) -> str:
    if flag_of(row.get("golden")):
        return "test questions (golden)"
    return "judgments that are not trusted (tainted)" if flag_of(row.get("tainted")) else ""


OURS: Final = "stancekit's table for annotators"
DIALECTS: Final = (
    Dialect(
        OURS,
        frozenset(("item_id", "text", "annotator", "label", "annotated_at")),
        labels=re.compile(r"label"),
    ),
    Dialect(
        "Label Studio table",
        frozenset(("annotation_id", "annotator")),
        annotator=("annotator",),
        time=("updated_at", "created_at"),
        others=re.compile(r"(?:annotation_id|annotator|agreement|lead_time|\w+_at|row_id)"),
    ),
    Dialect(
        "Potato table",
        frozenset(("instance_id", "displayed_text", "user")),
        item=("instance_id",),
        annotator=("user",),
        text=("displayed_text",),
    ),
    Dialect(
        "Mechanical Turk batch",
        frozenset(("hit_id", "worker_id", "assignment_status")),
        item=("hit_id",),
        annotator=("worker_id",),
        time=("submit_time",),
        labels=re.compile(r"answer_.*"),
        left_out=_rejected,
        left_out_by=("assignment_status", "reject"),
    ),
    Dialect(
        "Figure Eight judgments",
        frozenset(("unit_id", "worker_id", "trust")),
        item=("unit_id",),
        annotator=("worker_id",),
        time=("created_at",),
        others=re.compile(r"(?:orig_.*|.*_gold(?:_reason)?|channel|country|region|city|ip|trust)"),
        left_out=_tested,
        left_out_by=("golden", "tainted"),
    ),
    Dialect(
        "Figure Eight report",
        frozenset(("unit_id", "golden", "trusted_judgments")),
        item=("unit_id",),
        time=("last_judgment_at",),
        others=re.compile(r"(?:orig_.*|.*_gold(?:_reason)?|unit_state|trusted_judgments|.*_at)"),
        left_out=_tested,
        left_out_by=("golden",),
    ),
    Dialect(
        "coded segments (MAXQDA)",
        frozenset(("code", "segment")),
        annotator=("coder", "created_by", "modified_by", "author"),
        time=("modified_on", "modified", "created_on", "created", "creation_date"),
        text=("segment",),
        labels=re.compile(r"code"),
    ),
    Dialect(
        "quotations (ATLAS.ti)",
        frozenset(("quotation_content", "codes")),
        annotator=("coder", "created_by", "modified_by", "author"),
        time=("modified", "created"),
        text=("quotation_content",),
        labels=re.compile(r"codes"),
    ),
    Dialect(
        "highlights (Taguette)",
        frozenset(("document", "content", "tag")),
        text=("content",),
        labels=re.compile(r"tag"),
    ),
)


def is_known(names: Sequence[str]) -> bool:
    """Tell whether columns are those of a tool's table."""
    return bool(dialect_of(names).needs)


_REPORT: Final = ("_unit_id", "_golden", "_unit_state", "_trusted_judgments", "_last_judgment_at")


def dialect_of(names: Sequence[str]) -> Dialect:
    """Return the dialect of a table with these columns; a plain one if it is no tool's."""
    plain = {plain_name(name) for name in names}
    return next((dialect for dialect in DIALECTS if dialect.needs <= plain), Dialect("table"))


def named(names: Sequence[str], sample: Sequence[Row]) -> dict[str, str]:
    """Name the columns of a Figure Eight report that has lost its header, told by its cells."""
    first = [[str(row.get(name) or "") for name in names[:3]] for row in sample]
    if not first or names[0] != "column_1" or len(names) < 8:
        return {}
    if all(
        one[0].isdigit() and flag_of(one[1]) is not None and one[2] in ("golden", "finalized")
        for one in first
    ):
        return dict(zip(names, (*_REPORT, "label", "label:confidence"), strict=False))
    return {}
