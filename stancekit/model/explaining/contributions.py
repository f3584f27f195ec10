"""Explain one post: what its features contribute, or its words by being there, token by token."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.features.block import Block, Evidence
from stancekit.labels import ClassName
from stancekit.model.explaining.explanation import Explanation
from stancekit.model.explaining.leaving_out import LeftOut
from stancekit.model.explaining.units import Units, units_of
from stancekit.model.linear import LinearModel
from stancekit.model.texts import is_empty
from stancekit.scores.calibration import softmax
from stancekit.text.batch import read_batch
from stancekit.text.codepoints import Index
from stancekit.text.reading.read import Reading

Floats64 = npt.NDArray[np.float64]

#: What stands in the last row of `Explanation.tokens`.
WHOLE: Final = "(whole post)"
#: What stands for the block where words were left out.
LEFT_OUT: Final = "left out"


def check_post(text: object) -> None:
    """Refuse what gets no label.

    Raises
    ------
    InputError
        Says what to give.
    """
    if not isinstance(text, str):
        raise InputError(f"text is {type(text).__name__}: give one post as a str")
    if is_empty(text):
        raise InputError(
            "text is empty: it gets no label, so there is none to explain. Give a post with more "
            "than white space"
        )


def explain_exactly(linear: LinearModel, text: str) -> Explanation:
    """Explain what a linear model says of a post that gets a label."""
    read = linear.read([text])
    batch = read_batch(read.texts)
    units = units_of(batch)
    intercept = linear.intercept.astype(np.float64)
    parts, total = [], intercept
    of_tokens = np.zeros((len(units.start) + 1, len(linear.classes)))
    for name, block in linear.blocks.items():
        found = block.evidence(batch)
        scores = found.value[:, None] * linear.tables[name][found.row].astype(np.float64)
        total = total + scores.sum(axis=0)
        for k, values in enumerate(scores.T):
            shared, rest = units.share_out(block, found, values)
            of_tokens[:-1, k] += shared
            of_tokens[-1, k] += rest.sum()
        parts.append(_that_count(read, name, block, found, scores))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Explanation(
        text,
        linear.classes,
        softmax(total, linear.temperature),
        total,
        intercept,
        _frame(("start", "end", "block", "feature"), columns, linear.classes),
        _frame(("token", "start", "end"), [*_tokens(read, units), of_tokens], linear.classes),
    )


def by_leaving_out(
    classes: tuple[ClassName, ...], text: str, found: LeftOut, beside: Explanation | None
) -> Explanation:
    """Make an approximate explanation of what the scores lose without each stretch of a post.

    What only words together say stands on the whole post.
    """
    start, end = np.array(found.spans, np.int64).reshape(-1, 2).T
    names = _cut(text, start, end)
    parts = [start, end, np.full(len(start), LEFT_OUT, object), _objects(names), found.lost]
    tokens = [_objects([*names, WHOLE]), np.append(start, 0), np.append(end, len(text))]
    scores = np.vstack([found.lost, found.logits - found.lost.sum(axis=0)])
    return Explanation(
        text,
        classes,
        softmax(found.logits),
        found.logits,
        np.zeros(len(classes)),
        _frame(("start", "end", "block", "feature"), parts, classes),
        _frame(("token", "start", "end"), [*tokens, scores], classes),
        exact=False,
        beside=beside,
    )


def _that_count(
    read: Reading, name: str, block: Block, found: Evidence, scores: Floats64
) -> list[npt.NDArray[Any]]:
    """Give start, end, block, feature and scores of a block's contributions that are not 0."""
    counts = np.flatnonzero(scores.any(axis=1))
    start, end = read.places(0, found.start[counts], found.end[counts])
    features = block.row_names(found.row[counts]) or _cut(read.typed[0], start, end)
    return [start, end, np.full(len(counts), name, object), _objects(features), scores[counts]]


def _tokens(read: Reading, units: Units) -> list[npt.NDArray[Any]]:
    """Give token, start and end of each unit, and of the whole post."""
    text, origin = read.typed[0], units.post_start[0]
    start, end = read.places(0, units.start - origin, units.end - origin)
    names = _objects([*_cut(text, start, end), WHOLE])
    return [names, np.append(start, 0), np.append(end, len(text))]


def _cut(text: str, start: Index, end: Index) -> list[str]:
    return [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]


def _objects(strings: list[str]) -> npt.NDArray[np.object_]:
    return np.array(strings, dtype=object)


def _frame(
    names: tuple[str, ...], columns: list[npt.NDArray[Any]], classes: tuple[ClassName, ...]
) -> pd.DataFrame:
    """Make one frame of named columns and, last, the scores of all classes."""
    *first, scores = columns
    # object: pandas' own strings hold no lone surrogates, and posts may
    named: dict[ClassName, pd.Series] = {
        name: pd.Series(column, dtype=column.dtype)
        for name, column in zip(names, first, strict=True)
    }
    return pd.DataFrame({**named, **dict(zip(classes, scores.T, strict=True))})
