"""What a file lacks: without some of it no pile-on can be found, without other less is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.events.clock import HOUR, Clock
from stancekit.events.corpus import NO_TIME, Corpus
from stancekit.events.pileons.exposure import DAY
from stancekit.events.pileons.finding import Episode
from stancekit.events.pileons.incoming import Incoming
from stancekit.events.pileons.scan import LEAST

#: With so large a share of posts from one account the file is that account's archive.
_ONE_ACCOUNT: Final = 0.95
#: A share below which something is not worth a word.
_WORTH_A_WORD: Final = 0.02
#: Where fewer posts are at somebody, and nobody has many, the file does not say whom they are at.
_FEW: Final = 0.02
#: Days below which a file has no past to speak of.
_SHORT: Final = 3


def declined(corpus: Corpus, incoming: Incoming) -> str:
    """Say why nobody can be found to be piled on, whatever happened; empty if somebody can."""
    if not len(corpus):
        return "there are no posts"
    written = corpus.author >= 0
    if not written.any():
        return (
            "no post says who wrote it (columns author, author_id): whether many accounts wrote, "
            "or one, cannot be told"
        )
    if np.bincount(corpus.author[written]).max() >= _ONE_ACCOUNT * len(corpus) and len(corpus) > 1:
        return (
            "nearly all posts are one account's: a personal archive holds what its owner wrote, "
            "and not what others wrote at somebody"
        )
    if (corpus.time == NO_TIME).all():
        return (
            "no post says when it was written (column created_at), or only the day: "
            "a surge cannot be told from years of posts"
        )
    at = len(np.unique(incoming.post))
    often = np.unique(incoming.target, return_counts=True)[1]
    if not len(corpus.contacts) or (at < _FEW * len(corpus) and often.max(initial=0) < LEAST):
        return (
            f"{at or 'none'} of {len(corpus):,} posts say whom they are at "
            "(columns reply_to_author, quoted_author, reply_to_id, quoted_id, mentions; names that "
            "texts begin with). Comments under a post or a video are at whoever made it: put that "
            "account in a column reply_to_author"
        )
    if not len(incoming):
        return (
            "no post that is at somebody says who wrote it and when, or all mentions are inherited "
            "from the thread"
        )
    return ""


def lacking(corpus: Corpus, counts: npt.NDArray[np.bool_]) -> Iterator[str]:
    """Say what is not known of a file, or of part of it."""
    posts = len(corpus)
    timed = corpus.time != NO_TIME
    for which, words in (
        (~timed, "have no time, or only a day, and are left out"),
        (corpus.author < 0, "have no author and are left out"),
        (corpus.label < 0, "have no label and count as neither hostile nor critical"),
        (~counts, "stand in the file twice and count once"),
    ):
        if which.mean() >= _WORTH_A_WORD:
            yield f"{which.sum():,} of {posts:,} posts {words}"
    contacts = len(corpus.contacts)
    direct = len(corpus.contacts.direct)
    if corpus.chain_known < 1 - _WORTH_A_WORD and direct < contacts:
        yield (
            f"{1 - corpus.chain_known:.0%} of the posts with mentions do not tell the writer's own "
            "from inherited ones: of these only the name that a text begins with counts"
        )
    if timed.any():
        days = float(np.ptp(corpus.time[timed])) / DAY
        if days < _SHORT:
            yield f"the file is {days:.1f} days long, which is hardly a past to compare with"


def still(clock: Clock, one: Episode) -> Iterator[str]:
    """Say for how long the collection stood still while an episode went on."""
    hours = clock.missed(one.start // HOUR, one.end // HOUR + 1)
    if hours:
        yield f"hours of it in which nothing was collected: {hours:,}"
