"""What a report says, as values: whatever stands on its page is in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from stancekit.events.pileons.result import PileOns
from stancekit.events.storms.result import Storms
from stancekit.reporting.card import Trust
from stancekit.reporting.cells import records
from stancekit.reporting.counting.addressed import Addressed
from stancekit.reporting.counting.examples import Example
from stancekit.reporting.counting.tally import Tally
from stancekit.reporting.counting.timeline import Timeline
from stancekit.reporting.counting.words import Distinguishing, MostUsed, Of
from stancekit.reporting.episodes import Shown
from stancekit.show.cells import one_line
from stancekit.show.sheet import Sheet
from stancekit.show.shown import OnSheet
from stancekit.study.shares.result import Shares
from stancekit.study.writing.methods_text import MethodsText

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False, repr=False)
class Findings(OnSheet):
    """What is to be seen in labelled posts; an `Overview` writes it.

    Attributes
    ----------
    title : str
    tally : Tally
        What the table holds: `stancekit.reporting.tally`.
    shares : Shares, optional
        Corrected shares, where checked posts were given: `stancekit.estimate_shares`.
    timeline : Timeline
        `stancekit.timeline`.
    storms : Storms, optional
        `stancekit.find_storms`, with the names that are shown.
    pileons : PileOns, optional
        `stancekit.find_pileons`, with the names that are shown.
    episodes : tuple of Shown
        What is shown beside of the first episodes: the target's own posts, some evidence.
    distinguishing : mapping of str to Distinguishing
        Words, hashtags and emoji: `stancekit.distinguishing`; empty where there are no texts.
    hashtags : MostUsed, optional
        `stancekit.reporting.most_used`.
    addressed : Addressed, optional
        `stancekit.reporting.most_addressed`, with the names that are shown.
    examples : tuple of Example
        `stancekit.reporting.examples`, names put out of them unless asked for.
    methods : MethodsText, optional
        `stancekit.methods`.
    trust : Trust
        What the model's card says.
    accounts : mapping of str to str
        How accounts are called on the page, by their names: not on the page itself.
    missing : tuple of str
        What could not be said, and why.
    """

    title: str
    tally: Tally
    timeline: Timeline
    shares: Shares | None = None
    storms: Storms | None = None
    pileons: PileOns | None = None
    episodes: tuple[Shown, ...] = ()
    distinguishing: Mapping[Of, Distinguishing] = field(default_factory=dict)
    hashtags: MostUsed | None = None
    addressed: Addressed | None = None
    examples: tuple[Example, ...] = ()
    methods: MethodsText | None = None
    model: Mapping[str, str] = field(default_factory=dict)
    trust: Trust = field(default_factory=Trust)
    accounts: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return a row a number: ``section``, ``what``, ``of``, ``value``; parts have their own."""
        rows: list[tuple[str, str, str, Any]] = [
            ("tally", row.what, row.of, row.posts) for row in records(self.tally.to_frame())
        ]
        rows += [("shares", "counted", name, share) for name, share in self.tally.shares.items()]
        if self.shares is not None:
            own = self.shares.to_frame()
            own = own[own["group"].isna()]
            rows += [("shares", row.method, str(row.label), row.share) for row in records(own)]
        return pd.DataFrame(rows, columns=["section", "what", "of", "value"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the shares: corrected where checked posts were given, else counted."""
        return (self.shares or self.tally).plot(ax)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.title!r}: {self.tally.posts:,} posts)"

    def _sheet(self) -> Sheet:
        own = (self.shares or self.tally)._sheet()
        lines = [one_line(self.title), *own.lines, *map(one_line, self.missing)]
        return Sheet(lines, own.tables)
