"""Why a post got its label: exact contributions on stretches of its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.features.block import Block, Evidence
from stancekit.model.explaining import view as explain_view
from stancekit.model.explaining.evidence import in_short
from stancekit.model.explaining.units import Units, units_of
from stancekit.model.linear import LinearModel
from stancekit.model.texts import is_empty
from stancekit.scores.calibration import softmax
from stancekit.text.batch import read_batch
from stancekit.text.codepoints import Index

Floats64 = npt.NDArray[np.float64]

#: What stands in the last row of `Explanation.tokens`.
WHOLE: Final = "(whole post)"


@dataclass(frozen=True, eq=False)
class Explanation:
    """What in a post speaks for and against each label.

    Attributes
    ----------
    text : str
        The post.
    classes : tuple of str
    proba : ndarray of float64, shape (k,)
        Probability of each class.
    logits : ndarray of float64, shape (k,)
        Before the temperature; the intercept and all contributions add up to them.
    intercept : ndarray of float64, shape (k,)
    contributions : DataFrame
        A row for each n-gram, cue and known word that counts: ``start`` and ``end`` (offsets into
        the text), ``block``, ``feature``, and a column for each class.
    tokens : DataFrame
        The contributions brought together on what a reader sees as one: words with their hyphens
        and apostrophes, hashtags with their sign, mentions, links, emoji sequences. Columns
        ``token``, ``start``, ``end`` and one for each class; the last row is what stands on the
        whole post. The rows and the intercept add up to the logits.
    """

    text: str
    classes: tuple[str, ...]
    proba: Floats64
    logits: Floats64
    intercept: Floats64
    contributions: pd.DataFrame
    tokens: pd.DataFrame

    @property
    def label(self) -> str:
        """The label the post gets."""
        return self.classes[int(self.proba.argmax())]

    @property
    def evidence(self) -> str:
        """The tokens that speak most for (+) and against (−) the label.

        The same as in the column that ``stancekit.classify(..., explain=True)`` adds.
        """
        tokens = self.tokens.iloc[:-1]
        return in_short(tokens["token"], tokens[self.label])

    def to_frame(self) -> pd.DataFrame:
        """Give all evidence for and against each label, the strongest first.

        Returns
        -------
        DataFrame
            A row for each label and token that says something of it: ``label`` (Categorical),
            ``token``, ``start``, ``end`` (offsets into the text), ``contribution`` (float64, to
            the label's logit), ``direction`` ("for" or "against", Categorical) and ``rank``
            (from 1, within label and direction). Labels stand in the model's order; those of
            a label and the intercept add up to its logit.

        Examples
        --------
        >>> import stancekit
        >>> found = stancekit.load().explain("Thank you, that was brave").to_frame()
        >>> found.query("label == 'supportive' and direction == 'for' and rank < 5").shape
        (4, 7)
        """
        scores = self.tokens[list(self.classes)].to_numpy().T
        label, row = np.nonzero(scores)
        score = scores[label, row]
        order = np.lexsort((-abs(score), score < 0, label))
        label, row, score = label[order], row[order], score[order]
        side = 2 * label + (score < 0)
        frame = pd.DataFrame({"label": pd.Categorical.from_codes(label, pd.Index(self.classes))})
        frame[["token", "start", "end"]] = (
            self.tokens[["token", "start", "end"]].iloc[row].reset_index(drop=True)
        )
        frame["contribution"] = score
        frame["direction"] = pd.Categorical.from_codes(side % 2, pd.Index(["for", "against"]))
        frame["rank"] = np.arange(1, len(side) + 1) - np.searchsorted(side, side)
        return frame

    def __str__(self) -> str:
        return explain_view.as_text(self)

    def _repr_html_(self) -> str:
        return explain_view.as_html(self)


def explain(linear: LinearModel, text: str) -> Explanation:
    """Explain one post; see `StanceModel.explain`."""
    if not isinstance(text, str):
        raise InputError(f"text is {type(text).__name__}: give one post as a str")
    if is_empty(text):
        raise InputError(
            "text is empty: it gets no label, so there is none to explain. Give a post with more "
            "than white space"
        )
    batch = read_batch([text])
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
        parts.append(_that_count(text, name, block, found, scores))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Explanation(
        text,
        linear.classes,
        softmax(total, linear.temperature),
        total,
        intercept,
        _frame(("start", "end", "block", "feature"), columns, linear.classes),
        _frame(("token", "start", "end"), [*_tokens(text, units), of_tokens], linear.classes),
    )


def _that_count(
    text: str, name: str, block: Block, found: Evidence, scores: Floats64
) -> list[npt.NDArray[Any]]:
    """Give start, end, block, feature and scores of a block's contributions that are not 0."""
    counts = np.flatnonzero(scores.any(axis=1))
    start, end = found.start[counts], found.end[counts]
    features = block.row_names(found.row[counts]) or _cut(text, start, end)
    return [start, end, np.full(len(counts), name, object), _objects(features), scores[counts]]


def _tokens(text: str, units: Units) -> list[npt.NDArray[Any]]:
    """Give token, start and end of each unit, and of the whole post."""
    start, end = units.start - units.post_start[0], units.end - units.post_start[0]
    names = _objects([*_cut(text, start, end), WHOLE])
    return [names, np.append(start, 0), np.append(end, len(text))]


def _cut(text: str, start: Index, end: Index) -> list[str]:
    return [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]


def _objects(strings: list[str]) -> npt.NDArray[np.object_]:
    return np.array(strings, dtype=object)


def _frame(
    names: tuple[str, ...], columns: list[npt.NDArray[Any]], classes: tuple[str, ...]
) -> pd.DataFrame:
    """Make one frame of named columns and, last, the scores of all classes."""
    *first, scores = columns
    # object: pandas' own strings hold no lone surrogates, and posts may
    named = {
        name: pd.Series(column, dtype=column.dtype)
        for name, column in zip(names, first, strict=True)
    }
    return pd.DataFrame({**named, **dict(zip(classes, scores.T, strict=True))})
