"""The four labels, and the label table: what is said of every post, under which names.

Whatever labels posts gives `Labels`, one small value of arrays; the table of `stancekit.classify`,
the batches of a run and all that is counted from them are made of it. The names of its columns
stand here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

SUPPORTIVE: Final = "supportive"
CRITICAL: Final = "critical"
DOG_PILING: Final = "dog-piling"
NEUTRAL: Final = "neutral"

#: What a class is called: what it was called in the labels it was learnt from.
ClassName = str | int

#: The fixed order of the shipped models' classes.
LABELS: Final = (SUPPORTIVE, CRITICAL, DOG_PILING, NEUTRAL)

#: The label column of a table holds codes of 8 bits.
MAX_CLASSES: Final = 127

#: Columns of the label table; those of the probabilities are called like their classes.
LABEL: Final = "label"
CONFIDENCE: Final = "confidence"
REASON: Final = "reason"
EVIDENCE: Final = "evidence"
MODEL: Final = "model"

#: Columns of label tables and explanations, that no label may be called like.
RESERVED: Final = (
    *(LABEL, CONFIDENCE, REASON, EVIDENCE, MODEL),
    *("token", "start", "end", "block", "feature"),
)

#: Why a post has no label, in the column ``reason``.
MISSING: Final = "missing"
EMPTY: Final = "empty"
NOT_TEXT: Final = "not text"
UNSURE: Final = "below min_confidence"
REPOST: Final = "repost"


def columns(
    classes: Sequence[ClassName], *, evidence: bool = False, model: bool = False
) -> tuple[str, ...]:
    """Return the columns of a label table, in order, as a file has them: all names are text.

    >>> columns(["yes", "no"], evidence=True)
    ('label', 'confidence', 'yes', 'no', 'reason', 'evidence')
    """
    asked = ((EVIDENCE, evidence), (MODEL, model))
    return (
        LABEL,
        CONFIDENCE,
        *map(str, classes),
        REASON,
        *(name for name, wanted in asked if wanted),
    )


@dataclass(frozen=True)
class OtherLanguages:
    """How many posts of a sample do not look English.

    Attributes
    ----------
    told : int
        Posts of the sample whose language can be told.
    other : int
        How many of them do not look English.
    """

    told: int = 0
    other: int = 0

    def __add__(self, more: OtherLanguages) -> OtherLanguages:
        return OtherLanguages(self.told + more.told, self.other + more.other)

    @property
    def share(self) -> float:
        """Share of posts that do not look English among those that can be told."""
        return self.other / max(self.told, 1)

    def __str__(self) -> str:
        return (
            f"{self.share:.0%} of the posts do not look English ({self.other:,} of {self.told:,} "
            "looked at): the model was trained on English only, and its labels of other posts mean "
            "little. stancekit.looks_english tells which they are."
        )


@dataclass(frozen=True, eq=False)
class Labels:
    """What a model says of `n` posts, of `k` classes.

    Attributes
    ----------
    classes : tuple of str or int
        Names of the classes, in the order of the columns of `proba`.
    code : ndarray of int64, shape (n,)
        Place of each post's label in `classes`, -1 where it has none.
    confidence : ndarray of float32, shape (n,)
        The greatest probability, which is the label's; NaN where a post cannot be labelled.
    proba : ndarray of float32, shape (n, k)
        Probability of each class; NaN where a post cannot be labelled.
    reason : ndarray of object, shape (n,)
        Why a post has no label, None where it has one.
    evidence : ndarray of object, shape (n,), optional
        Where it was asked for, what speaks most for and against each label, None where there is
        none.
    languages : OtherLanguages
        Of a sample of the posts, for a model that knows English only.
    """

    classes: tuple[ClassName, ...]
    code: npt.NDArray[np.int64]
    confidence: npt.NDArray[np.float32]
    proba: npt.NDArray[np.float32]
    reason: npt.NDArray[np.object_]
    evidence: npt.NDArray[np.object_] | None = None
    languages: OtherLanguages = OtherLanguages()

    def __len__(self) -> int:
        return len(self.code)

    def to_frame(self, index: pd.Index | None = None) -> pd.DataFrame:
        """Return the label table; see `stancekit.classify`.

        Columns of probabilities are called like their classes, also where these are numbers.

        Parameters
        ----------
        index : Index of `n` entries, optional
            Whose posts they are; without, they are counted from 0.
        """
        import pandas as pd  # column names cost nothing

        classes: Any = pd.Index(self.classes)
        table: dict[ClassName, object] = {
            LABEL: pd.Categorical.from_codes(self.code, categories=classes),
            CONFIDENCE: self.confidence,
            **{name: self.proba[:, place] for place, name in enumerate(self.classes)},
            REASON: pd.array(self.reason, dtype="string"),
        }
        if self.evidence is not None:
            table[EVIDENCE] = pd.array(self.evidence, dtype="string")
        return pd.DataFrame(table, index=index)
