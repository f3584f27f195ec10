"""Templates: texts with slots, and what must hold when they are filled or changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Final

from stancekit.errors import FormatError
from stancekit.fairness.expect import Expectation
from stancekit.fairness.tsv import rows

_SLOT: Final = re.compile(r"\{(\w+)\}")
_COLUMNS: Final = ("test", "names", "label", "expect", "text", "changed")


@dataclass(frozen=True)
class Template:
    """A text with slots, and what must hold when it changes.

    Attributes
    ----------
    test : str
        Tests are counted by this name.
    names : tuple of str
        The sets of names that fill the slots; none for a text without slots.
    label : str
        What the filled text is by the annotation guide; "" where nobody said.
    expect : Expectation
    text : str
    changed : str
        The changed text, which takes the same names; "" where the names are what changes.
    """

    test: str
    names: tuple[str, ...]
    label: str
    expect: Expectation
    text: str
    changed: str = ""

    @cached_property
    def slots(self) -> frozenset[str]:
        """Names of the slots in the two texts."""
        return frozenset(_SLOT.findall(self.text + self.changed))


def fill(text: str, slots: dict[str, str]) -> str:
    """Put names into a text; a text that begins with one begins with a capital.

    >>> fill("{party} won {tag}", {"party": "the Harbourites", "tag": "#VoteHarbour"})
    'The Harbourites won #VoteHarbour'
    """
    filled = _SLOT.sub(lambda found: slots[found[1]], text)
    return filled[:1].upper() + filled[1:] if text.startswith("{") else filled


def read_templates(path: str | Path | None = None) -> tuple[Template, ...]:
    """Read templates.

    Parameters
    ----------
    path : str or Path, optional
        A file like the package's own, ``stancekit/fairness/data/templates.tsv``, whose head says
        what its columns are; that one if not given.

    Raises
    ------
    FormatError
        If a line cannot be used; says which.

    Examples
    --------
    >>> read_templates()[0].expect
    Expectation(rule='same', label=None)
    """
    source = files("stancekit.fairness") / "data" / "templates.tsv" if path is None else Path(path)
    templates = []
    for where, row in rows(source, _COLUMNS):
        try:
            expect = Expectation.parse(row["expect"])
        except FormatError as error:
            raise FormatError(f"{where}: {error}") from None
        sets = tuple(row["names"].split())
        template = Template(row["test"], sets, row["label"], expect, row["text"], row["changed"])
        if not template.test or not template.text:
            raise FormatError(f"{where}: {'text' if template.test else 'test'} is empty")
        if bool(template.slots) != bool(sets):
            raise FormatError(f"{where}: give slots and the sets of names that fill them, or none")
        if not sets and not template.changed:
            raise FormatError(f"{where}: has neither slots nor a changed text, so nothing changes")
        templates.append(template)
    return tuple(templates)
