"""Pile-ons: one value to print, show, draw, or take the numbers of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import ArgumentError
from stancekit.events.pileons.levels import (
    CRITICAL_STORM,
    HOSTILE_SURGE,
    LEVELS,
    PILE_ON,
    REPEATED,
    SURGE,
)
from stancekit.events.pileons.picture import draw
from stancekit.show.cells import one_line, short
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stancekit.show.tables import Rows

#: What each level is in words; no word says what anybody wanted.
WORDS: Final = {
    PILE_ON: "consistent with a pile-on",
    HOSTILE_SURGE: "more hostile than usual, below what a pile-on takes",
    CRITICAL_STORM: "mostly criticism, not abuse",
    SURGE: "many accounts, with praise, news or questions, or too mixed to tell",
    REPEATED: "the same one or two accounts again and again, which is no pile-on",
}
_SHOWN: Final = 20
_LEGEND: Final = (
    "share: of accounts with a post labelled dog-piling (hostile); at least: its lower 95% bound; "
    "critical: of accounts critical or worse.",
    "Before you write of an episode, read the posts that `evidence` names in to_frame() or in "
    "the file of -o.",
)


@dataclass(frozen=True, eq=False, repr=False)
class PileOns(OnSheet):
    """Episodes in which many accounts wrote at one target; made by `stancekit.find_pileons`.

    Attributes
    ----------
    episodes : DataFrame
        See `to_frame`.
    hours : tuple of ndarray of int64, shape (k, 3)
        For each episode, from a day before to a day after: hours since 1970, place of the label
        among LABELS (-1 for none), accounts.
    declined : str
        Why nothing can be found in such a file; empty where something can.
    notes : tuple of str
        What is not known of the file.
    tested : int
        Targets with accounts enough to be looked at.
    targets, posts : int
        Targets and posts of the file.
    usual : float
        The file's usual share of hostile accounts: the median over targets of their days with ten
        accounts or more; NaN where there are fewer than five such targets or days.
    """

    episodes: pd.DataFrame
    hours: tuple[npt.NDArray[np.int64], ...]
    declined: str
    notes: tuple[str, ...]
    tested: int
    targets: int
    posts: int
    usual: float

    def to_frame(self) -> pd.DataFrame:
        """Give a row for each episode, those of the highest level first.

        Returns
        -------
        pandas.DataFrame
            ``target``; ``kind`` (as the caller said); ``level``; ``start``, ``end``;
            ``accounts``, ``hostile`` (distinct, with a post labelled dog-piling); ``share`` of
            hostile accounts, its one-sided 95 % lower bound ``share_low``, the share
            ``corrected`` for wrong labels, ``corrected_low``, ``corrected_by``;
            ``critical_share`` (critical or worse), ``critical_low``; ``p`` of the scan that
            found it, ``q`` (Benjamini–Hochberg over targets). Apart from the definition:
            ``supporters`` (share of accounts); ``strangers`` (share of hostile accounts that had
            not met the target in the file); ``posts``, ``posts_per_account``, ``repeaters``
            (accounts with five hostile posts or more); ``replies``, ``quotes``, ``mentions``
            (shares of posts); ``amplifier``, ``amplifier_reach``, ``amplifier_post``;
            ``coordinated`` (pairs of accounts that did the same within a minute three times),
            ``coordinated_expected`` by chance; ``target_posts_before``, ``target_posts_after``
            (a day, in the weeks around); ``evidence`` (ids of posts); ``past`` (days of the
            target's own); ``may_be_collection`` (why); ``missing``.
        """
        return self.episodes.copy()

    def __repr__(self) -> str:
        return f"PileOns({self._title()})"

    def plot(self, ax: Axes | None = None, *, episode: int = 0) -> Axes:
        """Draw an episode: accounts by hour and label.

        Parameters
        ----------
        ax : matplotlib Axes, optional
        episode : int
            Its row in the frame.

        Raises
        ------
        ArgumentError
            When there is no such episode.
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        if not 0 <= episode < len(self.episodes):
            raise ArgumentError(
                f"episode {episode}: there are {len(self.episodes)}, counted from 0"
                + (f" ({self.declined})" if self.declined else "")
            )
        return draw(self.episodes.iloc[episode], self.hours[episode], ax)

    def _sheet(self) -> Sheet:
        lines = [self._title()]
        if self.declined:
            lines.append(f"Nothing can be said: {self.declined}.")
        if len(self.episodes):
            lines += [*self._counts(), *_LEGEND]
        lines += [f"Note: {one_line(note)}." for note in self.notes]
        tables = [Table(self._rows(), self._caption())] if len(self.episodes) else []
        return Sheet(lines, tables)

    def _title(self) -> str:
        size = f"{self.posts:,} posts, {self.targets:,} targets, {self.tested:,} with enough posts"
        if self.declined:
            return f"Pile-ons: not looked for in {self.posts:,} posts"
        count = int((self.episodes["level"] == PILE_ON).sum())
        found = f"{count or 'nothing'} consistent with a pile-on"
        return f"Pile-ons: {found} ({size})"

    def _counts(self) -> Iterator[str]:
        perhaps = self.episodes["may_be_collection"].notna()
        for level in (*LEVELS[::-1], REPEATED):
            which = self.episodes["level"] == level
            if which.any():
                doubt = int((which & perhaps).sum())
                tail = f"; {doubt} may come of how posts were collected" if doubt else ""
                yield f"{which.sum():,} × {level}: {WORDS[level]}{tail}"

    def _caption(self) -> str:
        more = len(self.episodes) - _SHOWN
        return f"Episodes, the first {_SHOWN}; {more:,} more in to_frame()" if more > 0 else ""

    def _rows(self) -> Rows:
        rows = [
            [
                *("target", "level", "start (UTC)", "hours", "accounts", "hostile", "share"),
                *("at least", "corrected", "critical", "q"),
            ]
        ]
        for row in self.episodes.head(_SHOWN).to_dict("records"):
            hours = (row["end"] - row["start"]).total_seconds() / 3600
            mark = "" if pd.isna(row["may_be_collection"]) else " (collection?)"
            rows.append(
                [
                    short(row["target"]),
                    f"{row['level']}{mark}",
                    f"{row['start']:%Y-%m-%d %H:%M}",
                    f"{hours:.1f}",
                    f"{row['accounts']:,}",
                    f"{row['hostile']:,}",
                    _share(row["share"]),
                    _share(row["share_low"]),
                    _share(row["corrected"]),
                    _share(row["critical_share"]),
                    "–" if pd.isna(row["q"]) else f"{max(row['q'], 1e-99):.1g}",
                ]
            )
        return rows


def _share(value: float) -> str:
    """Give a share with two digits, as ".25".

    >>> _share(0.254), _share(1.0), _share(float("nan"))
    ('.25', '1.00', '–')
    """
    return "–" if pd.isna(value) else f"{value:.2f}".removeprefix("0")
