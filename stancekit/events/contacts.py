"""Whom a post is at: answered, quoted or addressed by the writer's own hand; or only inherited.

A mention that a reply inherits from its thread says nothing about whom the writer meant: of the
replies to a much-answered politician more inherit her name than answer her.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.events.accounts import Accounts
from stancekit.posts.table import column_of

ANSWERED: Final = 0
QUOTED: Final = 1
ADDRESSED: Final = 2
INHERITED: Final = 3

Ints = npt.NDArray[np.int32]

#: The account that a text begins with.
_FIRST: Final = r"^[\s.\"“']*@(?P<first>[\w.-]+(?:@[\w.-]+)?)"

#: An account in a text, which no letter stands before: not the end of an address.
_NAME: Final = re.compile(r"(?<![\w@/])@(\w[\w-]*(?:\.\w+)*(?:@\w[\w-]*(?:\.\w+)+)?)")


@dataclass(frozen=True, eq=False)
class Contacts:
    """Posts and whom they are at, a row a post and target, ordered by post; no row twice.

    Attributes
    ----------
    post, target : ndarray of int32, shape (m,)
        Place of the post in the corpus, and of the account it is at among the accounts.
    how : ndarray of int8, shape (m,)
        `ANSWERED`, `QUOTED`, `ADDRESSED` or, which weighs nothing, `INHERITED`.
    """

    post: Ints
    target: Ints
    how: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.post)

    @property
    def direct(self) -> Contacts:
        """Those that weigh: all but the inherited."""
        return self[self.how != INHERITED]

    def __getitem__(self, which: npt.NDArray[np.bool_]) -> Contacts:
        return Contacts(self.post[which], self.target[which], self.how[which])

    def moved(self, by: int) -> Contacts:
        """Count the posts from another start."""
        return Contacts(self.post + np.int32(by), self.target, self.how)

    @staticmethod
    def joined(parts: Sequence[Contacts]) -> Contacts:
        """Put some after one another."""
        return Contacts(
            np.concatenate([part.post for part in parts]),
            np.concatenate([part.target for part in parts]),
            np.concatenate([part.how for part in parts]),
        )

    def completed(
        self,
        ids: pa.Array,
        answered: pa.Array,
        quoted: pa.Array,
        author: Ints,
        repost: npt.NDArray[np.bool_],
    ) -> Contacts:
        """Add the writers of posts that are answered or quoted by their ids alone."""
        more = [self]
        for how, column in ((ANSWERED, answered), (QUOTED, quoted)):
            if column.null_count == len(column):
                continue
            named = np.zeros(len(author), bool)
            named[self.post[self.how == how]] = True
            place = pc.index_in(column, ids, skip_nulls=True).fill_null(-1)
            at = place.to_numpy(zero_copy_only=False)
            post = np.flatnonzero((at >= 0) & ~named & ~repost).astype(np.int32)
            more.append(_contacts(post, author[at[post]], how))
        return Contacts.joined(more)

    def between(self, author: Ints, same: Ints) -> Contacts:
        """Leave out nobody, oneself, and all but the strongest of a post's contacts with one."""
        kept = self[(self.target >= 0)]
        kept = Contacts(kept.post, same[kept.target], kept.how)
        kept = kept[kept.target != author[kept.post]]
        order = np.lexsort((kept.how, kept.target, kept.post))
        kept = Contacts(kept.post[order], kept.target[order], kept.how[order])
        new = np.ones(len(kept), bool)
        new[1:] = (np.diff(kept.post) != 0) | (np.diff(kept.target) != 0)
        return kept[new]


def contacts_of(
    batch: pa.RecordBatch, accounts: Accounts, repost: npt.NDArray[np.bool_]
) -> tuple[Contacts, int, int]:
    """Give the contacts of some posts; a repost is at nobody.

    Where the source does not tell own mentions from inherited ones (`inherited` missing), only the
    account that a text begins with counts as addressed. Where it does and has no column of
    mentions, they are read from the text.

    Returns
    -------
    contacts, told, mentioning
        And how many posts have mentions, and of how many of those the source tells which are
        inherited.
    """
    answered = accounts.places(column_of(batch, "reply_to_author"))
    quoted = accounts.places(column_of(batch, "quoted_author"))
    inherited = column_of(batch, "inherited")
    tells = inherited.is_valid().to_numpy(zero_copy_only=False)
    begun = pc.struct_field(pc.extract_regex(column_of(batch, "text"), _FIRST), "first")
    first = accounts.places(pc.utf8_rtrim(begun, ".-"))
    named, whose = _mentioned(batch, tells, accounts)
    passed, by = _flat(inherited, accounts)
    every = np.arange(len(batch), dtype=np.int32)
    own = ~np.isin(_pair(whose, named), _pair(by, passed))
    parts = [
        _contacts(every, answered, ANSWERED),
        _contacts(every, quoted, QUOTED),
        _contacts(whose[own & tells[whose]], named[own & tells[whose]], ADDRESSED),
        _contacts(every[~tells], first[~tells], ADDRESSED),
        _contacts(by, passed, INHERITED),
        _contacts(whose[~tells[whose]], named[~tells[whose]], INHERITED),
    ]
    found = Contacts.joined(parts)
    mentioning = np.zeros(len(batch), bool)
    mentioning[whose] = True
    kept = found[~repost[found.post] & (found.target >= 0)]
    return kept, int((tells & mentioning).sum()), int(mentioning.sum())


def _mentioned(
    batch: pa.RecordBatch, tells: npt.NDArray[np.bool_], accounts: Accounts
) -> tuple[Ints, Ints]:
    """Places of the accounts mentioned, and of the posts they are in."""
    mentions, text = column_of(batch, "mentions"), column_of(batch, "text")
    unsaid = pc.and_(mentions.is_null(), pc.match_substring(text, "@")).fill_null(False)
    rows = np.flatnonzero(unsaid.to_numpy(zero_copy_only=False) & tells)
    names = [_NAME.findall(one) for one in text.take(pa.array(rows)).to_pylist()]
    read = accounts.places(pa.array([name for each in names for name in each], pa.string()))
    whose = np.repeat(rows, [len(each) for each in names]).astype(np.int32)
    given = _flat(mentions, accounts)
    return np.concatenate([given[0], read]), np.concatenate([given[1], whose])


def _contacts(post: Ints, target: Ints, how: int) -> Contacts:
    return Contacts(post, target, np.full(len(post), how, np.int8))


def _flat(lists: pa.Array, accounts: Accounts) -> tuple[Ints, Ints]:
    """Places of the accounts in a column of lists, and of the posts they are in."""
    if not pa.types.is_list(lists.type):
        lists = pa.nulls(len(lists), pa.list_(pa.string()))
    rows = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int32)
    return accounts.places(pc.list_flatten(lists).cast(pa.string())), rows


def _pair(post: Ints, target: Ints) -> npt.NDArray[np.int64]:
    return (post.astype(np.int64) << 32) | target.astype(np.int64)
