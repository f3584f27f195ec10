"""One storm, as it was found: plain values and small arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.events.storms.concentration import Concentration
from stancekit.scores.metrics import wilson_interval

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Counted(NamedTuple):
    """A name, and how many: posts of a spelling, or accounts that address a target."""

    name: str
    number: int

    def __str__(self) -> str:
        return f"{self.name} ({self.number:,})"


class PileOn(NamedTuple):
    """A pile-on that a storm goes with: `accounts` of the storm address its target."""

    target: str
    level: str
    start: pd.Timestamp
    end: pd.Timestamp
    accounts: int

    def __str__(self) -> str:
        return f"{self.target} ({self.level})"


@dataclass(frozen=True, eq=False)
class Hourly:
    """The hours of a storm, with twelve before and after it.

    Attributes
    ----------
    hour : ndarray of int64, shape (h,)
        Since 1970 (UTC), without gaps between them.
    posts, accounts : ndarray of int64, shape (h,)
        Posts with the key, reposts among them; and the accounts they are by.
    labels : ndarray of int64, shape (h, 4)
        Posts of each label, reposts left out.
    missed : ndarray of bool, shape (h,)
        Whether the collection stood still.
    """

    hour: Longs
    posts: Longs
    accounts: Longs
    labels: Longs
    missed: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Storm:
    """A storm of one key.

    Attributes
    ----------
    key : str
        The hashtag without its sign, the phrase, or the link.
    variants : tuple of Counted
        Other spellings that were merged into it, with their posts in the whole collection.
    start, end : Timestamp
        Of its first and its last post, UTC.
    peak : Timestamp
        Begin of the hour with most posts, where an account counts for three at most.
    posts, originals, reposts : int
        Posts with the key from start to end; those of their writers' own; and reposts.
    accounts, voices : int
        Accounts that posted or reposted, and those of them with a post of their own.
    nameless : int
        Posts whose account is not known.
    concentration : Concentration
        How posts are parted among accounts.
    labels : tuple of int
        Posts of their writers' own by label, in the order of `stancekit.LABELS`.
    targets : tuple of Counted
        Accounts that most others address (answer, quote or name by their own hand).
    first_hour_share : float
        Share of the posts that came in the first hour.
    minutes_to_peak : float
        From the first post to the begin of the ten minutes with most posts.
    announced : int
        Posts with the key that name a time or an evening, from 72 hours to half an hour before.
    announced_ids : tuple of str
        The first five of them, to look at.
    floor, rise : float
        Posts that an hour of the storm has at least; posts of its day, for one of a usual day.
    begins_before_file, ends_after_file : bool
        Whether it is under way when the collection begins, or ends.
    gap_hours : int
        Hours within it in which the collection stood still.
    in_every_post : bool
        Whether nearly all posts of the collection have the key.
    rival_of, counter_storm_of : tuple of str
        Keys of rival storms; and of those that this one follows within 48 hours.
    rival_targets, camps : tuple of str
        What rivals are of opposite stance to; and on which side it is: ``"for @name"``.
    pileons : tuple of PileOn
        Where pile-ons were given.
    hourly : Hourly
        What `Storms.hours` is made of.
    """

    key: str
    variants: tuple[Counted, ...]
    start: pd.Timestamp
    peak: pd.Timestamp
    end: pd.Timestamp
    posts: int
    originals: int
    accounts: int
    voices: int
    nameless: int
    concentration: Concentration
    labels: tuple[int, ...]
    targets: tuple[Counted, ...]
    first_hour_share: float
    minutes_to_peak: float
    announced: int
    announced_ids: tuple[str, ...]
    floor: float
    rise: float
    begins_before_file: bool
    ends_after_file: bool
    gap_hours: int
    in_every_post: bool
    hourly: Hourly
    rival_of: tuple[str, ...] = ()
    counter_storm_of: tuple[str, ...] = ()
    rival_targets: tuple[str, ...] = ()
    camps: tuple[str, ...] = ()
    pileons: tuple[PileOn, ...] = ()

    @property
    def reposts(self) -> int:
        """Posts that are reposts of others."""
        return self.posts - self.originals

    @property
    def shares(self) -> tuple[Floats, Floats, Floats]:
        """Shares of the labels, and the ends of their 95 % Wilson intervals."""
        counts = np.array(self.labels, np.float64)
        share = counts / counts.sum() if counts.sum() else np.full(len(counts), np.nan)
        return share, *wilson_interval(share, counts.sum())

    @property
    def notes(self) -> tuple[str, ...]:
        """What to bear in mind, in words."""
        told = (
            (self.begins_before_file, "its start lies before the file"),
            (self.ends_after_file, "its end lies after the file"),
            (self.gap_hours > 0, "the collection stood still in the midst of it"),
            (self.in_every_post, "in every post: it may be what was searched for"),
            (self.nameless * 2 > self.posts, "accounts not known: it may be the work of one"),
            (self.voices * 10 < self.accounts, "mostly reposts: few posts, widely shared"),
            (np.isnan(self.rise), "too few other days to tell what is usual"),
        )
        return tuple(words for true, words in told if true)

    @property
    def note(self) -> str:
        """The notes in one line."""
        return "; ".join(self.notes)
