"""What comes in at each target: contacts as arrays, sorted by target and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stancekit.events.corpus import NO_TIME, Corpus
from stancekit.labels import CRITICAL, DOG_PILING, LABELS, SUPPORTIVE

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Incoming:
    """Contacts that weigh, of posts with a time and a writer; sorted by target, then time.

    Attributes
    ----------
    target, account, time, post : ndarray of int64, shape (m,)
        Places of target and writer among the accounts; seconds since 1970; place of the post.
    how : ndarray of int8, shape (m,)
        As in `stancekit.events.contacts`.
    label : ndarray of int8, shape (m,)
        Place of the post's label, -1 where it has none.
    """

    target: Ints
    account: Ints
    time: Ints
    post: Ints
    how: npt.NDArray[np.int8]
    label: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.target)

    def __getitem__(self, which: Any) -> Incoming:
        return Incoming(
            *(self.target[which], self.account[which], self.time[which], self.post[which]),
            *(self.how[which], self.label[which]),
        )

    @property
    def hostile(self) -> Bools:
        """Which are dog-piling."""
        return np.equal(self.label, LABELS.index(DOG_PILING))

    @property
    def against(self) -> Bools:
        """Which are critical or worse."""
        return self.hostile | np.equal(self.label, LABELS.index(CRITICAL))

    @property
    def supportive(self) -> Bools:
        """Which are supportive."""
        return np.equal(self.label, LABELS.index(SUPPORTIVE))

    def at(self, target: int, start: int, end: int) -> Incoming:
        """Give those at a target from `start` to `end`, both included."""
        low, high = np.searchsorted(self.target, [target, target + 1])
        first = low + np.searchsorted(self.time[low:high], start)
        last = low + np.searchsorted(self.time[low:high], end, "right")
        return self[slice(first, last)]


def incoming_of(corpus: Corpus, counts: Bools) -> Incoming:
    """Give the contacts that weigh.

    Parameters
    ----------
    counts : ndarray of bool, shape (n,)
        Which posts count; see `counted`.
    """
    contacts = corpus.contacts.direct
    usable = counts & (corpus.time != NO_TIME) & (corpus.author >= 0)
    contacts = contacts[usable[contacts.post]]
    post = contacts.post.astype(np.int64)
    time = corpus.time[post]
    # Where moments are equal, what a post is decides, and not its place in the file.
    order = np.lexsort((corpus.label[post], time, contacts.target))
    post = post[order]
    return Incoming(
        target=contacts.target[order].astype(np.int64),
        account=corpus.author[post].astype(np.int64),
        time=time[order],
        post=post,
        how=contacts.how[order],
        label=corpus.label[post],
    )
