"""What the posts lack, and what came of it, in words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from stancekit.events.accounts import NOBODY
from stancekit.events.corpus import NO_TIME
from stancekit.events.storms.looking import Collection


def missing(there: Collection, counted: npt.NDArray[np.bool_]) -> Iterator[str]:
    """Say what the posts lack.

    Parameters
    ----------
    counted : ndarray of bool
        Which posts are no copies of others.
    """
    corpus, clock = there.corpus, there.clock
    told = (
        (corpus.time == NO_TIME, "without a time of the day are in no storm"),
        (~counted, "have the id of another: each counts once"),
        (corpus.author == NOBODY, "have no account: they count as posts, and as nobody's"),
        (corpus.label < 0, "have none of the four labels: they are in no share"),
        (corpus.kind < 0, "are not said to be reposts or not: they count as their writers' own"),
    )
    for which, words in told:
        if which.any():
            yield f"{int(which.sum()):,} of {len(corpus):,} posts {words}"
    if corpus.chain_known < 1 and len(corpus.contacts):
        yield (
            "the source does not tell the writers' own mentions from inherited ones in "
            f"{1 - corpus.chain_known:.0%} of the posts: of those only the account a text begins "
            "with is addressed"
        )
    if len(clock.gaps):
        hours = "1 hour" if len(clock.gaps) == 1 else f"{len(clock.gaps):,} hours"
        yield f"in {hours} nothing was collected: the collection stood still"


def no_storms(what: str, ordinary: int, few: int, floor: int, min_accounts: int) -> Iterator[str]:
    """Say which keys are loud, and no storms.

    Examples
    --------
    >>> list(no_storms("hashtags", 2, 0, 10, 5))
    ['2 hashtags have an hour of 10 posts, but no more than on other days: no storm']
    """
    for count, why in (
        (ordinary, "no more than on other days"),
        (few, f"by fewer than {min_accounts:,} accounts that speak"),
    ):
        if count:
            named = f"{count:,} {what} have" if count > 1 else f"1 {what.removesuffix('s')} has"
            yield f"{named} an hour of {floor:,} posts, but {why}: no storm"
