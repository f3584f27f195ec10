"""One pass over labelled posts, on which all that is counted of them is counted together.

What counts something is a `Counter`: it sees the posts batch by batch and holds no text but what
it is to show, so that a million posts take no more room than ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.events.reading import batches_of, check_table
from stancekit.labels import CONFIDENCE, LABEL, LABELS, REASON
from stancekit.posts.removed import removal
from stancekit.posts.table import column_of
from stancekit.runs.output.read_back import labelled_batches
from stancekit.surrogates import without_surrogates
from stancekit.text.batch import Batch, read_batch, slices

#: A labelled table, or the path of one that a run wrote.
Posts = pd.DataFrame | str | Path
Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
#: Identities of accounts: 64-bit hashes.
Hashes = npt.NDArray[np.uint64]

#: The time of a post that has none.
NO_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True, eq=False)
class Seen:
    """Some labelled posts, `n` of them.

    Attributes
    ----------
    batch : pyarrow.RecordBatch
    classes : tuple of str
        The labels that the table may hold.
    first : int
        How many posts came before.
    """

    batch: pa.RecordBatch
    classes: tuple[str, ...]
    first: int

    def __len__(self) -> int:
        return len(self.batch)

    @cached_property
    def label(self) -> Codes:
        """Place of each label among the classes, -1 where a post has none; shape (n,)."""
        found = pc.index_in(self.batch.column(LABEL), pa.array(self.classes, pa.string()))
        return _ints(found.fill_null(-1))

    @cached_property
    def repost(self) -> Mask:
        """Whether each post is a repost, shape (n,)."""
        kind = column_of(self.batch, "kind")
        return _bools(pc.equal(kind.cast(pa.string()), "repost").fill_null(False))

    @cached_property
    def text(self) -> pa.Array:
        """The texts, null where there is none."""
        return column_of(self.batch, "text").cast(pa.string())

    @cached_property
    def seconds(self) -> Codes:
        """Seconds since 1970 (UTC), `NO_TIME` where the time is not known; shape (n,)."""
        times = column_of(self.batch, "created_at").cast(pa.timestamp("us", "UTC")).cast(pa.int64())
        told = column_of(self.batch, "time_known").cast(pa.bool_()).fill_null(True)
        known = _bools(pc.and_(times.is_valid(), told))
        return np.where(known, _ints(times.fill_null(0)) // 1_000_000, NO_TIME)

    @cached_property
    def confidence(self) -> npt.NDArray[np.float64]:
        """How sure each label is, NaN where nothing is said; shape (n,)."""
        column = column_of(self.batch, CONFIDENCE).cast(pa.float64())
        return np.asarray(column.to_numpy(zero_copy_only=False), np.float64)

    @cached_property
    def account(self) -> tuple[Hashes, Mask]:
        """Who wrote each post, and whether that is known; the unknown are each somebody else."""
        name = pc.utf8_lower(column_of(self.batch, "author").cast(pa.string()))
        name = pc.utf8_ltrim(pc.utf8_trim_whitespace(name), "@")
        gone = [one for one in pc.unique(name).to_pylist() if one and is_gone(one)]
        nobody = pc.is_in(name, pa.array(["", *gone], pa.string()))
        writer = pc.coalesce(
            pc.if_else(nobody, None, name),
            column_of(self.batch, "author_id").cast(pa.string()),
        )
        known = _bools(writer.is_valid())
        numbered = [f"\0{place}" for place in range(self.first, self.first + len(self))]
        return hashes(pc.coalesce(writer, pa.array(numbered, pa.string()))), known

    def parts(self) -> Iterator[tuple[slice, Batch]]:
        """Give the posts segmented and normalised, some thousand at a time: all are large."""
        texts = ["" if text is None else text for text in self.text.to_pylist()]
        for part in slices(texts):
            yield part, read_batch(texts[part])


class Counter(Protocol):
    """What counts something of posts that come batch by batch."""

    def add(self, seen: Seen) -> None:
        """Take in some posts."""


#: What is counted from; a table may lack any but the label.
COLUMNS = (
    *("id", "text", "author_id", "author", "created_at", "kind", "reply_to_id"),
    *("reply_to_author", "quoted_id", "quoted_author", "repost_of", "conversation_id"),
    *("mentions", "inherited", "hashtags", "urls", "time_known", "source_format"),
    *(LABEL, *LABELS, CONFIDENCE, REASON, "evidence", "model"),
)


def walk(posts: Posts, counters: Sequence[Counter], columns: Iterable[str] = COLUMNS) -> None:
    """Show every counter all posts of a labelled table, or of the path of one.

    Raises
    ------
    InputError
        When the table has no column of labels.
    FormatError
        When there is no such table at the path.
    """
    classes, first = classes_of(posts), 0
    for batch in batches_of(posts, tuple(columns)):
        if not len(batch):
            continue
        seen = Seen(batch, classes, first)
        for counter in counters:
            counter.add(seen)
        first += len(batch)


def classes_of(posts: Posts) -> tuple[str, ...]:
    """Return the labels that a table may hold, in the order of the model's classes.

    Of a file the columns between confidence and reason; of a table in memory the categories of
    its labels, or those labels that there are: the four first, others by name.
    """
    if isinstance(posts, (str, Path)):
        names = next(labelled_batches(posts)).schema.names
        return tuple(names[names.index(CONFIDENCE) + 1 : names.index(REASON)])
    check_table(posts)
    given: Any = posts.get(LABEL)
    if given is None:
        return LABELS  # what reads the table says what is missing
    if hasattr(given, "cat"):
        return tuple(map(str, given.cat.categories))
    found = set(map(without_surrogates, set(map(str, given.dropna()))))
    return LABELS if found <= set(LABELS) else tuple(sorted(found))


def distinct(values: Hashes) -> Hashes:
    """Sort values and leave out what comes twice; `values` is changed.

    NumPy's own ``unique`` holds a hash table from 2.3 on, of many times their size.

    >>> distinct(np.array([3, 1, 3], np.uint64)).tolist()
    [1, 3]
    """
    values.sort()
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values[new]


def is_gone(name: str) -> bool:
    """Tell whether a name is only what stands for many accounts that are gone, as events do.

    >>> is_gone("[deleted]"), is_gone("[ana]")
    (True, False)
    """
    return name.startswith("[") and removal(name) is not None


def hashes(names: pa.Array) -> Hashes:
    """Return a 64-bit hash of each text, the same on every machine."""
    coded = names.dictionary_encode()
    own = np.array(coded.dictionary.to_pylist(), object)
    found: Hashes = pd.util.hash_array(own, categorize=False)[_ints(coded.indices)]
    return found


def _ints(column: pa.Array) -> Codes:
    return np.asarray(column.to_numpy(zero_copy_only=False), np.int64)


def _bools(column: pa.Array) -> Mask:
    return np.asarray(column.to_numpy(zero_copy_only=False), np.bool_)
