"""Which columns of a table of annotations are what: guessed, said, and overridable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stancekit.errors import ArgumentError, InputError
from stancekit.posts.tables.names import TEXT_NAMES, plain_name
from stancekit.posts.tables.text_column import text_by_cells, text_column
from stancekit.posts.tables.values import quoted, values_of
from stancekit.study.annotations.dialects import Dialect
from stancekit.study.annotations.fields import ITEM_NAMES
from stancekit.study.annotations.label_columns import Labels, label_columns
from stancekit.study.annotations.mark import Asked, Row
from stancekit.study.annotations.names import ANNOTATORS, TEXTS, TIMES


@dataclass(frozen=True)
class Plan:
    """Which column of a table is what.

    Attributes
    ----------
    dialect : Dialect
    labels : Labels or None
        None for a table that has no labels, only texts.
    item, text, annotator, time : str or None
    """

    dialect: Dialect
    labels: Labels | None
    item: str | None
    text: str | None
    annotator: str | None
    time: str | None

    def __str__(self) -> str:
        taken = {"item": self.item, "text": self.text, "annotator": self.annotator}
        said = [f"{use}={name!r}" for use, name in taken.items() if name]
        if self.time:
            said.append(f"time={self.time!r}")
        return f"{self.dialect.name}: {', '.join([*said, str(self.labels or 'no labels')])}"


def plan_of(
    names: Sequence[str], sample: Sequence[Row], asked: Asked, where: str, dialect: Dialect
) -> Plan:
    """Say which columns are what.

    Raises
    ------
    ArgumentError
        If a column that was named is not there.
    InputError
        If more than one could hold the labels.
    """
    for name in (asked.item, asked.text, *asked.label, *asked.annotator):
        if name is not None and name not in names:
            raise ArgumentError(f"{where}: no column {name!r}; there are {quoted(names)}")
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(plain_name(name), name)

    def first(*groups: Sequence[str]) -> str | None:
        return next((plain[n] for group in groups for n in group if n in plain), None)

    several = len(asked.annotator) > 1 or len(asked.label) > 1
    annotator = None if several else (asked.annotator[0] if asked.annotator else None)
    if annotator is None and not several:
        annotator = first(dialect.annotator, ANNOTATORS)
        if annotator and not values_of(annotator, sample):
            annotator = None
    text = asked.text or first(dialect.text) or _text(plain, sample, where, dialect)
    item = asked.item or _item(plain, sample, dialect, text)
    time = first(dialect.time, TIMES)
    used = {name for name in (text, item, annotator, time) if name}
    labels = label_columns(names, sample, asked, where, dialect, annotator, used)
    if labels and text in labels.columns:
        text = None
    return Plan(dialect, labels, item, text, annotator, time)


_SPEAKING: Final = re.compile(
    r"(?:^|_)(?:text|tweet|post|message|sentence|content|body|words|data)(?:_|$)"
)


def _text(plain: dict[str, str], sample: Sequence[Row], where: str, dialect: Dialect) -> str | None:
    """Find the texts: by a name of texts, a name that speaks of them, or what cells look like."""
    held = {
        name.removeprefix("input_"): own
        for name, own in plain.items()
        if not (dialect.labels and dialect.labels.fullmatch(name))
    }
    likely = {n: own for n, own in held.items() if any(n in group for group in TEXT_NAMES[:2])}
    held = {n: own for n, own in held.items() if _holds_words(own, sample)}
    speaking = [own for n, own in held.items() if n in TEXTS or _SPEAKING.search(n)]
    try:
        if found := text_column(likely, sample, where):
            return found
        if speaking:
            return max(speaking, key=lambda own: _mean_words(own, sample))
        return text_column(held, sample, where) or text_by_cells(held, sample, where)
    except InputError:  # nobody can tell; an id says which post it is, where there is one
        return None


def _mean_words(name: str, sample: Sequence[Row]) -> float:
    cells = values_of(name, sample)
    return sum(len(str(cell).split()) for cell in cells if str(cell)[:1] != "[") / len(cells)


def _holds_words(name: str, sample: Sequence[Row]) -> bool:
    """Tell whether cells look like posts: texts, of several words here and there, mostly unlike."""
    cells = values_of(name, sample)
    texts = [cell for cell in cells if isinstance(cell, str) and not _NUMBER.fullmatch(cell)]
    if not texts or 2 * len(texts) < len(cells):
        return False
    return len(set(texts)) > 1 and any(" " in text.strip() or len(text) > 12 for text in texts)


_NUMBER: Final = re.compile(r"[-+\d.,\s]+|\[[\d.,\s-]+\]")


def _item(
    plain: dict[str, str], sample: Sequence[Row], dialect: Dialect, text: str | None
) -> str | None:
    names = (*dialect.item, *ITEM_NAMES, "number", "nr", "no", "index", "idx", "qid", "row_id")
    names = (*names, "document_name", "document", "filename", "file_name", "column_1")
    for name in names:
        own = plain.get(name) or plain.get(f"input_{name}")
        cells = [str(cell) for cell in values_of(own, sample)] if own and own != text else []
        if own and cells and (name != "column_1" or all(cell.isdigit() for cell in cells)):
            return own
    named = (own for name, own in plain.items() if _ID.search(name) and not _NO_POST.search(name))
    return next((own for own in named if values_of(own, sample)), None)


_ID: Final = re.compile(r"(?:^|_)id$")
#: Ids of people and of the work, not of posts.
_NO_POST: Final = re.compile(
    r"annotat|worker|coder|rater|judge|label|user|author|batch|project|task|session|assignment|topic"
)
