"""How many there truly are, when a test with known errors says how many it finds.

References
----------
Rogan & Gladen (1978), Estimating prevalence from the results of a screening test. American Journal
of Epidemiology 107.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Fewer posts truly of a label say too little of how many of them the model finds.
LEAST_TRUE: Final = 50
#: Below it, sensitivity and specificity make a correction that mostly amplifies chance.
LEAST_YOUDEN: Final = 1.3


@dataclass(frozen=True)
class Errors:
    """How a label errs: what was found in so many posts that people checked.

    Attributes
    ----------
    sensitivity : float
        Share of the posts truly of the label that are given it.
    truly : float
        How many posts that is the share of.
    specificity : float
        Share of the other posts that are not given it.
    others : float
        How many posts that is the share of.
    """

    sensitivity: float
    truly: float
    specificity: float
    others: float

    @property
    def why_not(self) -> str:
        """Say why nothing can be corrected with them; empty where it can.

        >>> Errors(0.5, 80, 0.7, 900).why_not
        'sensitivity + specificity is 1.20, below 1.3'
        """
        if self.truly < LEAST_TRUE:
            return f"only {self.truly:.0f} checked posts are truly of it"
        if self.others < LEAST_TRUE:
            return f"only {self.others:.0f} checked posts are truly of others"
        if self.sensitivity + self.specificity < LEAST_YOUDEN:
            return (
                f"sensitivity + specificity is {self.sensitivity + self.specificity:.2f}, below 1.3"
            )
        return ""

    def corrected(
        self,
        q: float,
        count: float,
        rng: np.random.Generator,
        draws: int,
        posts: npt.ArrayLike = (1,),
    ) -> tuple[float, Floats]:
        """Correct a share by Rogan & Gladen (1978), and draw it by Monte Carlo.

        Parameters
        ----------
        q, count : float
            Share given the label, of how many.
        posts : array of int
            Where the share is of accounts, and an account has the label if one of its posts has:
            the posts of each. The more an account writes, the likelier one is wrong.

        Examples
        --------
        >>> errors = Errors(0.8, 400, 0.9, 600)
        >>> share, drawn = errors.corrected(0.31, 1000, np.random.default_rng(0), 1000)
        >>> round(share, 3), bool(drawn.min() >= 0)
        (0.3, True)
        >>> round(errors.corrected(0.31, 1000, np.random.default_rng(0), 1000, [2])[0], 3)
        0.19
        """
        each, often = np.unique(np.asarray(posts, np.int64), return_counts=True)
        weight = often / often.sum()

        def rates(se: npt.ArrayLike, sp: npt.ArrayLike) -> tuple[Floats, Floats]:
            right = np.asarray(sp, np.float64)[..., None] ** (each - 1)
            hit = 1 - (1 - np.asarray(se, np.float64)[..., None]) * right
            return hit @ weight, (right * np.asarray(sp, np.float64)[..., None]) @ weight

        def beta(share: float, n: float) -> Floats:
            return rng.beta(share * n + 0.5, (1 - share) * n + 0.5, draws)

        se, sp = rates(beta(self.sensitivity, self.truly), beta(self.specificity, self.others))
        drawn = np.clip((beta(q, count) + sp - 1) / np.maximum(se + sp - 1, 1e-9), 0, 1)
        hit, miss = rates(self.sensitivity, self.specificity)
        share = float(np.clip((q + miss - 1) / max(float(hit + miss - 1), 1e-9), 0, 1))
        return share, drawn
