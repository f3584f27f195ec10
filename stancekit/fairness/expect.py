"""What must hold between a text and the changed one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.errors import FormatError

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

#: Whether a case fails, of: whether either side has the label, and how its probability changed.
_RULES: Final = MappingProxyType[str, Callable[[Bools, Bools, Floats], Bools]](
    {
        "no new": lambda left, right, change: right & ~left,
        "not": lambda left, right, change: right,
        "is": lambda left, right, change: ~right,
        "more": lambda left, right, change: change <= 0,
        "less": lambda left, right, change: change >= 0,
    }
)


@dataclass(frozen=True)
class Expectation:
    """A rule, and the label it is about; ``same`` is about all of them.

    Examples
    --------
    >>> Expectation.parse("no new dog-piling")
    Expectation(rule='no new', label='dog-piling')
    """

    rule: str
    label: str | None = None

    @classmethod
    def parse(cls, text: str) -> Expectation:
        """Read ``same``, ``no new LABEL``, ``not LABEL``, ``is LABEL``, ``more …``, ``less …``.

        Raises
        ------
        FormatError
            If it is none of these.
        """
        if text == "same":
            return cls("same")
        for rule in _RULES:
            if text.startswith(f"{rule} ") and (label := text.removeprefix(rule).strip()):
                return cls(rule, label)
        rules = ", ".join(f"{rule} LABEL" for rule in _RULES)
        raise FormatError(f"expect is {text!r}: write one of same, {rules}")

    def __str__(self) -> str:
        """As it is written in a file of templates."""
        return self.rule if self.label is None else f"{self.rule} {self.label}"

    @property
    def kind(self) -> str:
        """Which of CheckList's kinds of test: "invariance" or "direction"."""
        return "invariance" if self.rule in ("same", "no new") else "direction"

    def judge(
        self, left: npt.NDArray[Any], right: npt.NDArray[Any], classes: tuple[str, ...]
    ) -> tuple[Bools, Floats]:
        """Say which cases fail, and how far they moved.

        Parameters
        ----------
        left, right : ndarray of float, shape (cases, classes)
            Probabilities of the two sides.

        Returns
        -------
        failed : ndarray of bool, shape (cases,)
        change : ndarray of float64, shape (cases,)
            Of the label's probability; for ``same`` the greatest of any label's, without sign.

        Examples
        --------
        >>> judge = Expectation("more", "yes").judge
        >>> failed, change = judge(np.array([[0.75, 0.25]]), np.array([[0.5, 0.5]]), ("no", "yes"))
        >>> failed.tolist(), change.tolist()
        ([False], [0.25])
        """
        moved = right.astype(np.float64) - left
        first, second = left.argmax(axis=1), right.argmax(axis=1)
        if self.label is None:
            return first != second, np.abs(moved).max(axis=1)
        place = classes.index(self.label)
        change = moved[:, place]
        return _RULES[self.rule](first == place, second == place, change), change
