"""Why a post got its label: exact contributions on stretches of its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.features.batch import read_batch
from stancekit.features.block import Block, Evidence
from stancekit.model import explain_view
from stancekit.model.calibration import softmax
from stancekit.model.evidence import in_short
from stancekit.model.explain_units import Units, units_of
from stancekit.model.linear import LinearModel
from stancekit.model.posts import is_empty

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
        >>> found.query("label == 'supportive' and rank == 1").token.tolist()[0]
        'Thank'
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
    frames, total = [], intercept
    table = np.zeros((len(units.start) + 1, len(linear.classes)))
    for name, block in linear.blocks.items():
        found = block.evidence(batch)
        scores = found.value[:, None] * linear.tables[name][found.row].astype(np.float64)
        total = total + scores.sum(axis=0)
        for k, values in enumerate(scores.T):
            shared, rest = units.share_out(block, found, values)
            table[:-1, k] += shared
            table[-1, k] += rest.sum()
        frames.append(_frame(text, linear.classes, name, block, found, scores))
    return Explanation(
        text,
        linear.classes,
        softmax(total, linear.temperature),
        total,
        intercept,
        pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True),
        _token_table(text, linear.classes, units, table),
    )


def _frame(
    text: str,
    classes: tuple[str, ...],
    name: str,
    block: Block,
    found: Evidence,
    scores: Floats64,
) -> pd.DataFrame:
    """Give the contributions of a block that count."""
    counts = np.flatnonzero(scores.any(axis=1))
    start, end = found.start[counts], found.end[counts]
    names = block.row_names(found.row[counts])
    features = names or [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]
    # object: pandas' own strings hold no lone surrogates, and posts may
    feature = pd.Series(features, dtype=object)
    frame = pd.DataFrame({"start": start, "end": end, "block": name, "feature": feature})
    frame[list(classes)] = scores[counts]
    return frame


def _token_table(
    text: str, classes: tuple[str, ...], units: Units, scores: Floats64
) -> pd.DataFrame:
    start, end = units.start - units.post_start[0], units.end - units.post_start[0]
    words = [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]
    names = pd.Series([*words, WHOLE], dtype=object)
    table = pd.DataFrame({"token": names, "start": [*start, 0], "end": [*end, len(text)]})
    table[list(classes)] = scores
    return table
