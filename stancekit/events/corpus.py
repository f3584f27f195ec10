"""The posts that events are looked for in, as arrays: who wrote when, at whom, with what label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.events.accounts import NOBODY, Accounts
from stancekit.events.contacts import Contacts, contacts_of
from stancekit.labels import LABEL, LABELS
from stancekit.posts.table import KINDS, column_of

#: The time of a post whose time is not known.
NO_TIME: Final = np.iinfo(np.int64).min
UNKNOWN: Final = -1
DAY: Final = 86_400
REPOST: Final = KINDS.index("repost")
"""Code of a repost in `Corpus.kind`."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Labelled posts, `n` of them, `m` contacts and `a` accounts.

    Attributes
    ----------
    ids : pyarrow.Array of large_string, length n
        Ids of the posts; null where a post has none.
    time : ndarray of int64, shape (n,)
        Seconds since 1970 (UTC); `NO_TIME` where the time is not known, or only the day, as in a
        file all of whose times are midnights.
    author : ndarray of int32, shape (n,)
        Place of the writer in `accounts`; `NOBODY` where there is none.
    kind : ndarray of int8, shape (n,)
        Place in `stancekit.posts.table.KINDS`, -1 where it is not said.
    label : ndarray of int8, shape (n,)
        Place in `stancekit.labels.LABELS`, -1 where a post has no label.
    proba : ndarray of float32, shape (n, 4)
        Probabilities of the labels, 0 and 1 where the table has labels alone; 0 without a label.
    contacts : Contacts
        Whom the posts are at.
    accounts : sequence of str, length a
        Names of accounts, as they were first written.
    chain_known : float
        Share of posts with mentions of which the source tells the writer's own from inherited.
    """

    ids: pa.Array
    time: npt.NDArray[np.int64]
    author: npt.NDArray[np.int32]
    kind: npt.NDArray[np.int8]
    label: npt.NDArray[np.int8]
    proba: npt.NDArray[np.float32]
    contacts: Contacts
    accounts: tuple[str, ...]
    chain_known: float

    def __len__(self) -> int:
        return len(self.time)


def corpus_of(batches: Iterable[pa.RecordBatch]) -> Corpus:
    """Gather the posts of a table; memory grows with their number, not with their texts.

    Parameters
    ----------
    batches
        As `stancekit.events.reading.batches_of` gives them.

    Examples
    --------
    >>> import pandas as pd
    >>> from stancekit.events.reading import batches_of
    >>> posts = pd.DataFrame({"author": ["ada", "bo"], "reply_to_author": [None, "Ada"],
    ...                       "label": ["neutral", "critical"]})
    >>> corpus = corpus_of(batches_of(posts))
    >>> corpus.accounts, corpus.author.tolist(), corpus.contacts.target.tolist()
    (('ada', 'bo'), [0, 1], [0])
    """
    gathering = Gathering()
    for batch in batches:
        gathering.add(batch)
    return gathering.corpus()


class Gathering:
    """Posts that come batch by batch; whoever looks at more of a batch walks beside it."""

    def __init__(self) -> None:
        self._accounts = Accounts()
        self._parts: list[tuple[npt.NDArray[np.generic], ...]] = []
        self._ids: list[pa.Array] = []
        self._answered: list[pa.Array] = []
        self._quoted: list[pa.Array] = []
        self._contacts: list[Contacts] = []
        self._count = self._told = self._mentioning = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in some posts."""
        label, proba = _labels(batch)
        author = self._accounts.authors(column_of(batch, "author"), column_of(batch, "author_id"))
        kind = pc.index_in(column_of(batch, "kind"), pa.array(KINDS)).fill_null(UNKNOWN)
        codes = kind.cast(pa.int8()).to_numpy(zero_copy_only=False)
        self._parts.append((_times(batch), author, codes, label, proba))
        self._ids.append(column_of(batch, "id").cast(pa.large_string()))
        self._answered.append(column_of(batch, "reply_to_id").cast(pa.large_string()))
        self._quoted.append(column_of(batch, "quoted_id").cast(pa.large_string()))
        found, told, mentioning = contacts_of(batch, self._accounts, codes == REPOST)
        self._contacts.append(found.moved(self._count))
        self._told, self._mentioning = self._told + told, self._mentioning + mentioning
        self._count += len(batch)

    def corpus(self) -> Corpus:
        """Give what was gathered."""
        time, author, kind, label, proba = (
            np.concatenate(column) for column in zip(*self._parts, strict=True)
        )
        known = time != NO_TIME
        if known.sum() > 1 and not (time[known] % DAY).any():
            time = np.full(len(time), NO_TIME)  # days, which pandas reads as midnights
        ids = pa.concat_arrays(self._ids)
        found = Contacts.joined(self._contacts)
        found = found.completed(
            ids,
            pa.concat_arrays(self._answered),
            pa.concat_arrays(self._quoted),
            author,
            kind == REPOST,
        )
        same = self._accounts.same()
        author = np.append(same, NOBODY)[author].astype(np.int32)
        return Corpus(
            *(ids, time, author, kind, label, proba),
            contacts=found.between(author, same),
            accounts=self._accounts.names(),
            chain_known=self._told / max(self._mentioning, 1),
        )


def _times(batch: pa.RecordBatch) -> npt.NDArray[np.int64]:
    """Seconds; a time that is a day only (`time_known` false) is none."""
    times = column_of(batch, "created_at").cast(pa.timestamp("us", "UTC")).cast(pa.int64())
    seconds = times.fill_null(0).to_numpy(zero_copy_only=False) // 1_000_000
    known = times.is_valid()
    told = column_of(batch, "time_known")
    known = pc.and_(known, told.cast(pa.bool_()).fill_null(True))
    return np.where(known.to_numpy(zero_copy_only=False), seconds, NO_TIME)


def _labels(batch: pa.RecordBatch) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    code = pc.index_in(column_of(batch, LABEL), pa.array(LABELS)).fill_null(UNKNOWN)
    label = code.cast(pa.int8()).to_numpy(zero_copy_only=False)
    if all(name in batch.schema.names for name in LABELS):
        columns = [
            batch.column(name).cast(pa.float32()).fill_null(0.0).to_numpy(zero_copy_only=False)
            for name in LABELS
        ]
        proba = np.clip(np.nan_to_num(np.stack(columns, axis=1)), 0, 1)
    else:
        proba = np.eye(len(LABELS), dtype=np.float32)[label]
    return label, np.where(label[:, None] >= 0, proba, np.float32(0)).astype(np.float32)


def counted(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """Tell which posts count: all but the copies of a post that stands in the file twice."""
    ids = corpus.ids
    if not len(ids) or ids.null_count == len(ids):
        return np.ones(len(ids), bool)
    coded = ids.dictionary_encode().indices
    known = coded.is_valid().to_numpy(zero_copy_only=False)
    code = pc.fill_null(coded, 0).to_numpy(zero_copy_only=False)
    first = np.zeros(len(ids), bool)
    which = np.flatnonzero(known)
    first[which[np.unique(code[which], return_index=True)[1]]] = True
    return np.asarray(first | ~known, bool)
