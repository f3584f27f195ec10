"""Levels: what an episode is called, and from which lower bounds on. Numbers: decision 41."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from stancekit.events.pileons.incoming import Incoming
from stancekit.scores.metrics import wilson_interval

SURGE: Final = "surge"
CRITICAL_STORM: Final = "critical storm"
HOSTILE_SURGE: Final = "hostile surge"
PILE_ON: Final = "pile-on"
REPEATED: Final = "repeated hostility"

#: From the least to the most; repeated hostility is none of them.
LEVELS: Final = (SURGE, CRITICAL_STORM, HOSTILE_SURGE, PILE_ON)

#: Least lower bounds of shares: accounts critical or worse; dog-piling accounts.
CRITICAL: Final = 0.5
HOSTILE: Final = 0.10
HOSTILE_BY_USUAL: Final = 2.0
PILED_ON: Final = 0.25
#: Hostile posts, the accounts they come from, and their part of all hostile ones, that are repeated
#: hostility.
REPEATED_POSTS: Final = 5
REPEATED_ACCOUNTS: Final = 2
REPEATED_SHARE: Final = 0.8

#: A Wilson interval of 90 % has a lower end that is below the share 95 % of the time.
_TWO_SIDED: Final = 0.90


@dataclass(frozen=True)
class Tally:
    """Distinct accounts of some contacts.

    Attributes
    ----------
    accounts, hostile, against, supportive : int
        All; those with a post that is dog-piling, critical or worse, supportive.
    """

    accounts: int
    hostile: int
    against: int
    supportive: int

    @property
    def share(self) -> float:
        """Share of hostile accounts."""
        return self.hostile / self.accounts

    @property
    def share_low(self) -> float:
        """One-sided 95 % lower bound of it (Wilson)."""
        return low(self.share, self.accounts)

    @property
    def critical_share(self) -> float:
        """Share of accounts that are critical or worse."""
        return self.against / self.accounts

    @property
    def critical_low(self) -> float:
        """One-sided 95 % lower bound of it (Wilson)."""
        return low(self.critical_share, self.accounts)


def tally(contacts: Incoming) -> Tally:
    """Count the accounts of some contacts, each once whatever it wrote."""
    return Tally(
        *(
            len(np.unique(contacts.account[which]))
            for which in (
                np.ones(len(contacts), bool),
                contacts.hostile,
                contacts.against,
                contacts.supportive,
            )
        )
    )


def low(share: float, count: float) -> float:
    """Give the one-sided 95 % lower bound of a share (Wilson 1927).

    >>> round(low(0.3, 100), 3)
    0.231
    """
    return float(wilson_interval(share, count, _TWO_SIDED)[0])


def hostile_level(found: Tally, usual: float) -> str | None:
    """Give the level of a surge in hostile accounts, None if their share is too small for one.

    Parameters
    ----------
    usual : float
        The file's usual share of hostile accounts.

    Examples
    --------
    >>> hostile_level(Tally(100, 40, 60, 10), 0.08), hostile_level(Tally(100, 25, 60, 10), 0.08)
    ('pile-on', 'hostile surge')
    >>> hostile_level(Tally(100, 25, 60, 10), 0.12) is None
    True
    """
    if found.share_low >= PILED_ON:
        return PILE_ON
    if found.share_low >= max(HOSTILE, HOSTILE_BY_USUAL * usual):
        return HOSTILE_SURGE
    return None
