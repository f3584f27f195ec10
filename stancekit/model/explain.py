"""Why a post got its label: exact contributions on stretches of its text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.features.batch import read_batch
from stancekit.model import explain_tokens, explain_view
from stancekit.model.calibration import softmax
from stancekit.model.linear import LinearModel

Floats64 = npt.NDArray[np.float64]


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
    """

    text: str
    classes: tuple[str, ...]
    proba: Floats64
    logits: Floats64
    intercept: Floats64
    contributions: pd.DataFrame

    @property
    def label(self) -> str:
        """The label the post gets."""
        return self.classes[int(self.proba.argmax())]

    @property
    def tokens(self) -> pd.DataFrame:
        """Contributions brought together on tokens.

        Each contribution is spread evenly over the characters of its stretch, then summed over
        those of each token; spaces share theirs among their post's tokens. What stands on the
        whole post is the row with the whole post's offsets. The rows and the intercept add up
        to the logits.

        Returns
        -------
        DataFrame
            Columns ``token``, ``start``, ``end`` and one for each class.
        """
        return explain_tokens.token_table(self)

    def __str__(self) -> str:
        return explain_view.as_text(self)

    def _repr_html_(self) -> str:
        return explain_view.as_html(self)


def explain(linear: LinearModel, text: str) -> Explanation:
    """Explain one post; see `StanceModel.explain`."""
    if not isinstance(text, str):
        raise InputError(f"text is {type(text).__name__}: give one post as a str")
    batch = read_batch([text])
    frames, total = [], linear.intercept.astype(np.float64)
    for name, block in linear.blocks.items():
        found = block.evidence(batch)
        scores = found.value[:, None] * linear.tables[name][found.row].astype(np.float64)
        total = total + scores.sum(axis=0)
        counts = np.flatnonzero(scores.any(axis=1))
        start, end = found.start[counts], found.end[counts]
        names = block.row_names(found.row[counts])
        features = names or [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]
        # object: pandas' own strings hold no lone surrogates, and posts may
        feature = pd.Series(features, dtype=object)
        frame = pd.DataFrame({"start": start, "end": end, "block": name, "feature": feature})
        frame[list(linear.classes)] = scores[counts]
        frames.append(frame)
    contributions = pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)
    return Explanation(
        text,
        linear.classes,
        softmax(total, linear.temperature),
        total,
        linear.intercept.astype(np.float64),
        contributions,
    )
