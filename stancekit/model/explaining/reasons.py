"""What speaks for and against one label: a post's tokens, the strongest of them named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stancekit.model.explaining.evidence import LEAST, summed
from stancekit.show.cells import one_line

#: Tokens named for and against, at most, and the share of the strongest that one needs.
_MOST, _SHARE = 6, 0.05
#: Columns that a token takes.
_TOKEN: Final = 32

#: A token as it is shown, and what it adds to a label's score.
Piece = tuple[str, float]


@dataclass(frozen=True)
class Reasons:
    """What speaks for and against a label; all numbers add up to its logit.

    Attributes
    ----------
    label : str
    proba : float
    scores : sequence of float
        Of each token of the post, in order.
    whole : float
        What stands on the post as a whole.
    intercept : float or None
        What stands on no post; None where words were left out, and `whole` is what only words
        together say.
    towards, against : sequence of Piece
        The tokens that speak most for the label and against it, the strongest first.
    """

    label: str
    proba: float
    scores: Sequence[float]
    whole: float
    intercept: float | None
    towards: Sequence[Piece]
    against: Sequence[Piece]


def reasons(
    label: str,
    proba: float,
    tokens: Sequence[str],
    scores: Sequence[float],
    whole: float,
    intercept: float | None,
) -> Reasons:
    """Find the strongest tokens; those spelt alike are summed."""
    sums = summed(tokens, scores)
    times = Counter(tokens)
    order = sorted(sums, key=sums.__getitem__, reverse=True)
    least = max(LEAST, _SHARE * max(map(abs, sums.values()), default=0.0))
    sides = [
        [
            (one_line(token, _TOKEN) + _again(times[token]), sums[token])
            for token in ranked[:_MOST]
            if sign * sums[token] >= least
        ]
        for sign, ranked in ((1, order), (-1, order[::-1]))
    ]
    return Reasons(label, proba, scores, whole, intercept, *sides)


def _again(times: int) -> str:
    return f" ×{times}" if times > 1 else ""
