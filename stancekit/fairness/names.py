"""Names that go together: of two camps, or of a group and one that nobody piles on."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from stancekit.errors import FormatError
from stancekit.fairness.tsv import rows

#: What {he}, {him} … become; their capitals too ({He}).
PRONOUNS: Final = {
    "f": {"he": "she", "him": "her", "his": "her", "man": "woman"},
    "m": {"he": "he", "him": "him", "his": "his", "man": "man"},
}
_COLUMNS: Final = ("set", "slot", "left", "right", "gender", "held_out", "matched")


@dataclass(frozen=True)
class NamePair:
    """Two names that a label must not depend on.

    Attributes
    ----------
    set : str
        Names that stand for the same two sides: "UK", or "religion".
    slot : str
        Where in a template they stand: ``{person}``.
    left, right : str
    gender : str
        "f", "m" or "".
    held_out : bool
        For audits alone: never to be swapped in training posts.
    matched : str
        What the two have in common.
    """

    set: str
    slot: str
    left: str
    right: str
    gender: str = ""
    held_out: bool = False
    matched: str = ""

    def fillings(self, side: str) -> dict[str, str]:
        """What the slots take on a side, "left" or "right".

        >>> pair = NamePair("invented", "person", "Nina Ostrow", "Lena Varga", "f")
        >>> pair.fillings("left")["surname"], pair.fillings("left")["He"]
        ('Ostrow', 'She')
        """
        name = self.left if side == "left" else self.right
        slots = {self.slot: name}
        if self.slot == "person":
            slots["surname"] = name.split()[-1]
        for word, said in PRONOUNS.get(self.gender, {}).items():
            slots |= {word: said, word.capitalize(): said.capitalize()}
        return slots


def read_names(path: str | Path | None = None) -> tuple[NamePair, ...]:
    """Read pairs of names.

    Parameters
    ----------
    path : str or Path, optional
        A file like the package's own, ``stancekit/fairness/data/names.tsv``, whose head says what
        its columns are; that one if not given.

    Raises
    ------
    FormatError
        If a line cannot be used; says which.

    Examples
    --------
    >>> sorted({pair.set for pair in read_names()})[:3]
    ['UK', 'US', 'disability']
    """
    source = files("stancekit.fairness") / "data" / "names.tsv" if path is None else Path(path)
    pairs = []
    for where, row in rows(source, _COLUMNS):
        for column in ("set", "slot", "left", "right"):
            if not row[column]:
                raise FormatError(f"{where}: {column} is empty")
        for column, known in (("gender", ("", *PRONOUNS)), ("held_out", ("", "yes"))):
            if row[column] not in known:
                raise FormatError(
                    f"{where}: {column} is {row[column]!r}: write "
                    f"{' or '.join(filter(None, known))}, or leave it empty"
                )
        pairs.append(NamePair(**{**row, "held_out": row["held_out"] == "yes"}))  # type: ignore[arg-type]
    return tuple(pairs)
