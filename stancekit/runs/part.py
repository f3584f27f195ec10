"""Parts: labelled chunks of a source, what is counted of them, and what their records say."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stancekit.labels import LABEL, REASON, OtherLanguages
from stancekit.posts.table import column_of
from stancekit.runs.files import DISK
from stancekit.runs.labeller import Labelled, Labeller, count


@dataclass(frozen=True)
class Chunk:
    """Posts `index` × chunk size and following, as read."""

    index: int
    posts: pa.RecordBatch


@dataclass(frozen=True)
class Counts:
    """Counts of posts.

    Attributes
    ----------
    rows, reposts
        Posts in the output, and how many of them are reposts.
    labels, repost_labels
        How many posts, and how many reposts among them, got each label.
    reasons
        How many posts got no label, by reason.
    left_out
        How many posts the filters left out, by reason; `rows` does not count them.
    told, other
        Of a sample of texts, how many's language can be told, and how many do not look English;
        0 for a model that is not known to know English only.
    authors
        Up to two author ids: enough to see whether a source has one author.
    """

    rows: int = 0
    reposts: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    repost_labels: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    told: int = 0
    other: int = 0
    authors: Sequence[str] = ()

    @property
    def read(self) -> int:
        """Posts that were read, in the output or left out."""
        return self.rows + sum(self.left_out.values())

    @property
    def languages(self) -> OtherLanguages:
        """What the sample says of languages."""
        return OtherLanguages(self.told, self.other)

    def __add__(self, more: Counts) -> Counts:
        pairs = ((f.name, getattr(self, f.name), getattr(more, f.name)) for f in fields(self))
        return Counts(**{name: _sum(one, other) for name, one, other in pairs})


@dataclass(frozen=True)
class Part:
    """A finished chunk of a source, or piece of one: what its record says of it.

    Attributes
    ----------
    index
        Its place in the source.
    size, sha256
        Bytes of its file, 0 if there is none, and their digest where parts are read again.
    columns
        Names of its columns.
    counts
        What is counted of its posts.
    rejects, unread, notices
        Rows that could not be read, what is not read at all, and what to know of the piece, where
        whoever labelled it read it too.
    source
        What it was read from, likewise.
    """

    index: int
    size: int = 0
    sha256: str = ""
    columns: Sequence[str] = ()
    counts: Counts = field(default_factory=Counts)
    rejects: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)
    notices: Sequence[str] = ()
    source: Mapping[str, Any] = field(default_factory=dict)


def label_chunk(labeller: Labeller, chunk: Chunk, path: Path) -> Part:
    """Label `chunk` and write it to `path`, whole or not at all."""
    labelled = labeller(chunk.posts)
    table, sink = labelled.table, pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_batch(table)
    data = sink.getvalue()
    DISK.write(path, data)
    return Part(
        index=chunk.index,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        columns=table.schema.names,
        counts=counts_of(labelled),
    )


def counts_of(labelled: Labelled) -> Counts:
    """Count what a labelled chunk holds."""
    table = labelled.table
    labels = table.column(LABEL).cast(pa.string())
    reposts = pc.equal(column_of(table, "kind"), "repost").fill_null(False)
    authors = pc.coalesce(column_of(table, "author_id"), column_of(table, "author"))
    return Counts(
        rows=table.num_rows,
        reposts=pc.sum(reposts).as_py() or 0,
        labels=count(labels),
        repost_labels=count(labels.filter(reposts)),
        reasons=count(table.column(REASON).filter(pc.is_null(labels))),
        left_out=labelled.left_out,
        told=labelled.languages.told,
        other=labelled.languages.other,
        authors=sorted(pc.unique(authors.drop_null()).to_pylist()[:2]),
    )


def _sum(one: Any, other: Any) -> Any:
    if isinstance(one, Mapping):
        return dict(Counter(one) + Counter(other))
    return one + other if isinstance(one, int) else sorted({*one, *other})[:2]
