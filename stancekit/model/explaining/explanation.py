"""Why a post got its label: one value to print, show or look into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.labels import ClassName
from stancekit.model.explaining import view
from stancekit.model.explaining.evidence import in_short
from stancekit.model.explaining.reasons import Reasons, reasons
from stancekit.show import plots
from stancekit.show.cells import short
from stancekit.show.shown import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats64 = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Explanation(Shown):
    """What in a post speaks for and against each label.

    Attributes
    ----------
    text : str
        The post.
    classes : tuple of str or int
    proba : ndarray of float64, shape (k,)
        Probability of each class.
    logits : ndarray of float64, shape (k,)
        Before the temperature; the intercept and all contributions add up to them. Where not
        `exact`, the logarithms of `proba`, less their mean.
    intercept : ndarray of float64, shape (k,)
        0 where not `exact`.
    contributions : DataFrame
        A row for each n-gram, cue and known word that counts: ``start`` and ``end`` (offsets into
        the text), ``block``, ``feature``, and a column for each class. Where not `exact`, a row
        for each stretch that was left out.
    tokens : DataFrame
        The contributions brought together on what a reader sees as one: words with their hyphens
        and apostrophes, hashtags with their sign, mentions, links, emoji sequences. Columns
        ``token``, ``start``, ``end`` and one for each class; the last row is what stands on the
        whole post. The rows and the intercept add up to the logits.
    exact : bool
        Whether the model's scores are sums, so that this is how the label was made. If not, it is
        approximate: a token's number is what the score loses when the token is left out, and the
        last row what only tokens together say. Of long posts several tokens are one row.
    beside : Explanation or None
        Where not `exact`: what the linear model beside the encoder says, exactly.
    """

    text: str
    classes: tuple[ClassName, ...]
    proba: Floats64
    logits: Floats64
    intercept: Floats64
    contributions: pd.DataFrame
    tokens: pd.DataFrame
    exact: bool = True
    beside: Explanation | None = None

    @property
    def label(self) -> ClassName:
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
        >>> found = stancekit.load("fast").explain("Thank you, that was brave").to_frame()
        >>> found.query("label == 'supportive' and direction == 'for' and rank < 5").shape
        (4, 7)
        """
        scores = self.tokens[list(self.classes)].to_numpy().T
        label, row = np.nonzero(scores)
        score = scores[label, row]
        order = np.lexsort((-abs(score), score < 0, label))
        label, row, score = label[order], row[order], score[order]
        side = 2 * label + (score < 0)
        categories: Any = pd.Index(self.classes)
        frame = pd.DataFrame({"label": pd.Categorical.from_codes(label, categories)})
        frame[["token", "start", "end"]] = (
            self.tokens[["token", "start", "end"]].iloc[row].reset_index(drop=True)
        )
        frame["contribution"] = score
        frame["direction"] = pd.Categorical.from_codes(side % 2, pd.Index(["for", "against"]))
        frame["rank"] = np.arange(1, len(side) + 1) - np.searchsorted(side, side)
        return frame

    def __str__(self) -> str:
        return view.as_text(self.text, *self._shown(), self._notes())

    def _repr_html_(self) -> str:
        tokens = self.tokens.iloc[:-1]
        spans = list(zip(tokens["start"].tolist(), tokens["end"].tolist(), strict=True))
        return view.as_html(self.text, spans, *self._shown(), self._notes())

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the tokens that speak most for the post's label, and against it, as bars.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            In a new figure if not given.

        Returns
        -------
        Axes

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        top = self._reasons(int(self.proba.argmax()))
        pieces = [*top.towards, *top.against[::-1]]
        ax = plots.axes(ax, (6.4, 1.6 + 0.3 * len(pieces)))
        plots.bars([token for token, _ in pieces], [score for _, score in pieces], ax)
        ax.set(
            xlabel="added to the label's score" if self.exact else "lost without it, approximately",
            title=f"{plots.label(top.label)}, {top.proba:.0%}",
        )
        return ax

    def _shown(self) -> tuple[list[Reasons], list[float]]:
        """Give the reasons of the most probable labels, and the probabilities of the others."""
        ranked = (-self.proba).argsort(kind="stable").tolist()
        first, others = ranked[: view.LABELS], ranked[view.LABELS :]
        return [self._reasons(k) for k in first], self.proba[others].tolist()

    def _reasons(self, k: int) -> Reasons:
        *tokens, _ = self.tokens["token"]
        *scores, whole = self.tokens[self.classes[k]].tolist()
        intercept = float(self.intercept[k]) if self.exact else None
        name = str(self.classes[k])
        return reasons(name, float(self.proba[k]), tokens, scores, whole, intercept)

    def _notes(self) -> list[str]:
        """Say how it was found, if not exactly, and what the words alone say."""
        if self.exact:
            return []
        said = ["approximate: what each label's score loses when the words are left out"]
        if (words := self.beside) is not None:
            told = f"{short(str(words.label))} {words.proba.max():.0%} {words.evidence}"
            said.append(f"by its words alone: {told.strip()}")
        return said
