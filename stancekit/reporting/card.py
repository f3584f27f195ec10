"""What a model's card says of how far to trust it: scores by domain, how made, and caveats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stancekit.model.saved.load import load
from stancekit.model.saved.names import TIERS
from stancekit.model.stance_model import StanceModel

_HEADING: Final = re.compile(r"^## (.+)$", re.M)
_TABLE: Final = re.compile(r"(?:^\|.*\|$\n?)+", re.M)
#: Headings of cards that tell scores by domain.
_SCORES: Final = ("Scores by domain", "Scores on the dev posts")
_CAVEATS: Final = "Caveats"


@dataclass(frozen=True)
class Trust:
    """What there is to bear in mind of a model's labels.

    Attributes
    ----------
    how : str
        How the scores by domain were made; empty where the card has none.
    domains : tuple of tuple of str
        Their table, heading first; empty where the card has none.
    caveats : tuple of str
    """

    how: str = ""
    domains: tuple[tuple[str, ...], ...] = ()
    caveats: tuple[str, ...] = ()


def trust_of(model: StanceModel) -> Trust:
    """Read a model's card; those put together of two have what the cards of both say.

    Examples
    --------
    >>> found = trust_of(load("fast"))
    >>> found.domains[0][:2], "Sarcasm is often missed" in found.caveats[0]
    (('domain', 'dev posts'), True)
    """
    cards = [_sections(str(model.about.get("notes", "")))]
    if model.name in TIERS and load(model.name).digest == model.digest:
        cards += [_sections(str(load(name).about.get("notes", ""))) for name in TIERS]
    how, domains = _domains(cards, model.name)
    written = next((card[_CAVEATS] for card in cards if _CAVEATS in card), "")
    caveats = tuple(
        " ".join(bullet.split()) for bullet in re.split(r"^- ", written, flags=re.M)[1:]
    )
    return Trust(how, domains, caveats)


def _sections(card: str) -> dict[str, str]:
    """Part a card by its headings."""
    parts = _HEADING.split(card)
    return dict(zip(parts[1::2], map(str.strip, parts[2::2]), strict=True))


def _domains(cards: list[dict[str, str]], name: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Find the table of a model's scores by domain, and what is said of how they were made.

    The first card is the model's own: a table in another's is its only under its name.
    """
    for place, card in enumerate(cards):
        for heading in _SCORES:
            section = card.get(heading, "")
            own = re.split(rf"^{re.escape(name)}:$", section, maxsplit=1, flags=re.M)
            if len(own) == 1 and (place or re.search(r"^\w+:$\n\n\|", section, re.M)):
                continue  # of other models
            if table := _TABLE.search(own[-1]):
                how = re.split(r"^\w+:$|^\|", section, maxsplit=1, flags=re.M)[0]
                return _told(how, cards), tuple(_rows(table[0]))
    return "", ()


def _told(how: str, cards: list[dict[str, str]]) -> str:
    """Say how they were made, and by whom the posts were annotated."""
    said = " ".join(how.split())
    by = "The gold posts were annotated by a language model"
    if any(by in section for card in cards for section in card.values()):
        said += f" {by}, not by experts or crowds: every score measures agreement with it."
    return said


def _rows(table: str) -> list[tuple[str, ...]]:
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in table.strip().splitlines()
    ]
    return [row for row in rows if not set("".join(row)) <= set("-: ")]


def facts(model: StanceModel) -> Mapping[str, str]:
    """Say what a model is, in a few words each."""
    about = model.about
    found = {"name": model.name, "digest": model.digest}
    if "posts" in about:
        found["trained on"] = f"{about['posts']:,} posts"
    if about.get("languages"):
        found["languages"] = ", ".join(map(str, about["languages"]))
    return found
