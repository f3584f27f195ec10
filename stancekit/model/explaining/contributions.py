"""Explain one post: the exact contributions of its features, on stretches of its text."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.features.block import Block, Evidence
from stancekit.labels import ClassName
from stancekit.model.explaining.explanation import Explanation
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


def explain(linear: LinearModel, text: str) -> Explanation:
    """Explain one post; see `StanceModel.explain`."""
    if not isinstance(text, str):
        raise InputError(f"text is {type(text).__name__}: give one post as a str")
    if is_empty(text):
        raise InputError(
            "text is empty: it gets no label, so there is none to explain. Give a post with more "
            "than white space"
        )
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
