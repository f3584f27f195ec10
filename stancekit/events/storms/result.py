"""Storms: one value to print, show, draw, or take the numbers of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from stancekit.errors import InputError
from stancekit.events.storms.links import canonical
from stancekit.events.storms.mix import hourly_frame
from stancekit.events.storms.picture import draw, draw_mix
from stancekit.events.storms.rows import frame_of
from stancekit.events.storms.storm import Storm
from stancekit.events.storms.uses import folded
from stancekit.labels import LABELS
from stancekit.show.cells import short
from stancekit.show.sheet import Sheet, Table
from stancekit.show.shown import OnSheet
from stancekit.text.duplicates import canonical_texts, plain_texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Storms that are printed; the frame has them all.
_SHOWN: Final = 20
_RIVALS: Final = (
    "Rivals: opposite stance to one target (odds ratio: of using both; supporters: share of the "
    "accounts of either at the target)"
)
_NAMED: Final = 4
_SIGN: Final = {"hashtags": "#"}
_FOLDS: Final[Mapping[str, Callable[[str], str]]] = {
    "hashtags": lambda name: folded(name.lstrip("#＃")),
    "links": canonical,
    "phrases": lambda text: canonical_texts(plain_texts([text]))[0],
}

RIVALS: Final = {
    "first": "string",
    "second": "string",
    "target": "string",
    "hours_apart": "float64",
    "odds_ratio": "float64",
    "odds_low": "float64",
    "odds_high": "float64",
    "first_supportive": "float64",
    "second_supportive": "float64",
    "first_accounts": "int64",
    "second_accounts": "int64",
}


@dataclass(frozen=True, repr=False, eq=False)
class Storms(OnSheet):
    """Storms in a collection of posts; made by `stancekit.find_storms`.

    Attributes
    ----------
    of : str
        What they are of: hashtags, phrases or links.
    storms : tuple of Storm
        The largest first.
    rivals : tuple of dict
        Rows of `rivals_frame`.
    posts : int
        Posts that were looked at.
    floor, min_accounts : int
        Posts that an hour of a storm has at least, and accounts that speak in it.
    gap_hours : int
        Hours in which the collection stood still.
    missing : tuple of str
        What the posts lack, in words.
    no_storms : tuple of str
        How many keys are loud and no storms, and why, in words.
    """

    of: str
    storms: tuple[Storm, ...]
    rivals: tuple[dict[str, Any], ...]
    posts: int
    floor: int
    min_accounts: int
    gap_hours: int
    missing: tuple[str, ...]
    no_storms: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.storms)

    def __iter__(self) -> Iterator[Storm]:
        return iter(self.storms)

    def __getitem__(self, key: str) -> Storm:
        """Give the largest storm of a key, in any spelling that was merged into it."""
        return self._of(key)[0]

    def to_frame(self) -> pd.DataFrame:
        """Give a row a storm, the largest first.

        Returns
        -------
        pandas.DataFrame
            - ``key``; ``variants``, other spellings with their posts in the collection;
            - ``start``, ``peak`` (begin of the loudest hour), ``end``;
            - ``posts``, ``originals``, ``reposts``, ``repost_share``;
            - ``accounts``, ``voices`` (those with a post of their own), ``posts_per_account``;
            - ``gini`` and ``top1_share`` of posts over accounts (NaN with fewer than 100 accounts:
              ``posts_by_account`` then has the counts, ``"9, 4, 1 × 12"``);
            - ``labelled``, originals with a label, and of them the share of each label with the
              ends of its 95 % Wilson interval: ``supportive``, ``supportive_low``,
              ``supportive_high`` … ; these allow for chance and not for the model's mistakes;
            - ``rival_of``, ``counter_storm_of`` (rivals that it follows within 48 hours),
              ``rival_targets`` (what their stances differ on) and ``camps`` (on which side of it
              most accounts of the storm are: ``for @name``, ``against #tag``);
            - ``targets``, accounts that most accounts of the storm address, and how many do;
            - ``pileons``, where `find_storms` was given them;
            - ``first_hour_share`` of the posts, ``minutes_to_peak``, ``announced`` (posts with the
              key that name a time, up to 72 hours before), ``announced_ids``: numbers of a planned
              blast, which prove none;
            - ``floor``, least posts in an hour of it; ``rise``, posts of its day for one of a usual
              day, NaN where there are too few others;
            - ``begins_before_file``, ``ends_after_file``, ``gap_hours``, ``note``.
        """
        return frame_of(self.storms)

    def rivals_frame(self) -> pd.DataFrame:
        """Give a row a pair of rival storms.

        Returns
        -------
        pandas.DataFrame
            ``first`` and ``second`` key, by onset; ``target``, what their stances differ on;
            ``hours_apart``; ``odds_ratio`` of using the one if one uses the other, with its 95 %
            interval; the share of accounts supportive of the target, of those with a stance toward
            it, and how many have one.
        """
        frame = pd.DataFrame(list(self.rivals), columns=list(RIVALS))
        return frame.astype(RIVALS)

    def hours(self, key: str, errors: Any = None) -> pd.DataFrame:
        """Give the label mix of a key's storms by hour, with twelve hours before and after.

        Parameters
        ----------
        key : str
            Of a storm.
        errors : optional
            How labels err on posts like these: the report that `stancekit.evaluate` makes, or by
            label the `stancekit.scores.prevalence.Errors`, or four numbers: sensitivity,
            specificity, and how many checked posts were truly of the label, and of others.

        Returns
        -------
        pandas.DataFrame
            A row an hour and label: ``hour``; ``storm``, which of the key's storms, counted from
            1, <NA> outside; ``missed``, whether the collection stood still; ``posts`` and
            ``accounts``, reposts among them; ``labelled``, originals with a label; ``label``;
            ``share``, ``low`` and ``high``, with the 95 % Wilson interval of counting.
            With `errors` also ``corrected`` by Rogan & Gladen (1978), ``corrected_low`` and
            ``corrected_high`` (95 %, Monte Carlo), which allow for chance and for the errors of
            the labels, and ``why_not`` where there is none.

        Raises
        ------
        InputError
            If there is no storm of that key.
        ArgumentError
            If `errors` is no such thing.
        """
        return hourly_frame(self._of(key), errors)

    def plot(self, ax: Axes | None = None, *, key: str | None = None, errors: Any = None) -> Axes:
        """Draw the largest ten storms, one below the other: posts by hour, parted by label.

        Parameters
        ----------
        ax : matplotlib Axes, optional
        key : str, optional
            Of a storm: draw the shares of labels of this one by hour, with their bands.
        errors : optional
            As `hours` takes them.

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """
        if key is not None:
            name = f"{_SIGN.get(self.of, '')}{self[key].key}"
            return draw_mix(self.hours(key, errors), name, ax)
        return draw(self.storms, ax, _SIGN.get(self.of, ""))

    def __repr__(self) -> str:
        return f"Storms({self._title()})"

    def _of(self, key: str) -> list[Storm]:
        fold = _FOLDS[self.of]
        wanted = fold(key)
        found = [
            storm
            for storm in self.storms
            if wanted in {fold(name) for name in (storm.key, *(it.name for it in storm.variants))}
        ]
        if not found:
            raise InputError(f"there is no storm of {key!r}: to_frame() lists those that there are")
        return found

    def _title(self) -> str:
        count = len(self.storms)
        what = self.of.removesuffix("s")
        whose = f"1 storm of a {what}" if count == 1 else f"{count:,} storms of {self.of}"
        return f"{whose if count else f'No storm of a {what}'} in {self.posts:,} posts"

    def _sheet(self) -> Sheet:
        rule = (
            f"An hour of a storm has {self.floor:,} posts at least and a fifth of its peak; "
            f"{self.min_accounts:,} accounts or more have posts of their own in it."
        )
        lines = [self._title(), rule, *self.missing, *self.no_storms, *self._noted()]
        if self.storms:
            lines.append("Labels are shares of the posts that are no reposts.")
        tables = []
        if self.storms:
            more = len(self.storms) - _SHOWN
            caption = f"The largest {_SHOWN}; {more:,} more in to_frame()" if more > 0 else ""
            tables.append(Table(list(self._rows()), caption))
        if self.rivals:
            tables.append(Table(list(self._rival_rows()), _RIVALS))
        return Sheet(lines, tables)

    def _noted(self) -> Iterator[str]:
        """Say each note once, of all storms shown that it is of."""
        of: dict[str, dict[str, None]] = {}
        for storm in self.storms[:_SHOWN]:
            for note in storm.notes:
                of.setdefault(note, {})[short(storm.key)] = None
        for note, keys in of.items():
            named = list(keys)[:_NAMED]
            more = f" and {len(keys) - _NAMED:,} more" if len(keys) > _NAMED else ""
            yield f"{note}: {', '.join(named)}{more}"

    def _rows(self) -> Iterator[list[str]]:
        yield [
            *(self.of.removesuffix("s"), "start (UTC)", "hours", "posts", "reposts", "accounts"),
            *("supportive", "critical", "dog-piling"),
        ]
        for storm in self.storms[:_SHOWN]:
            hours = (storm.end - storm.start).total_seconds() / 3600
            shares = dict(zip(LABELS, storm.shares[0], strict=True))
            yield [
                short(_SIGN.get(self.of, "") + storm.key),
                f"{storm.start:%Y-%m-%d %H:%M}",
                f"{hours:,.1f}",
                f"{storm.posts:,}",
                f"{storm.reposts / storm.posts:.0%}",
                f"{storm.accounts:,}",
                *(_percent(shares[label]) for label in ("supportive", "critical", "dog-piling")),
            ]

    def _rival_rows(self) -> Iterator[list[str]]:
        yield ["first", "second", "target", "hours apart", "odds ratio", "supporters"]
        for row in self.rivals:
            yield [
                short(row["first"]),
                short(row["second"]),
                short(row["target"]),
                f"{row['hours_apart']:.1f}",
                f"{row['odds_ratio']:.2f} ({row['odds_low']:.2f} to {row['odds_high']:.2f})",
                f"{row['first_supportive']:.0%} and {row['second_supportive']:.0%}",
            ]


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{share:.0%}"
