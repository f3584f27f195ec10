"""Part files: one labelled chunk each, written by a worker, trusted only if its digest fits."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stancekit.labels import LABEL, REASON
from stancekit.posts.table import column_of
from stancekit.runs.folder import saving_run
from stancekit.runs.labeller import Labelled, Labeller, count


@dataclass(frozen=True)
class Chunk:
    """Posts `index` × chunk size and following, as read."""

    index: int
    posts: pa.RecordBatch


@dataclass(frozen=True)
class Part:
    """A finished chunk: what the journal says of it.

    Attributes
    ----------
    index, rows, sha256
        Number of the chunk, its posts, and the digest of its file.
    labels, repost_labels
        How many posts, and how many reposts among them, got each label.
    reasons
        How many posts got no label, by reason.
    reposts
        How many posts are reposts.
    authors
        Up to two of the chunk's author ids: enough to see whether a source has one author.
    told, other
        Of a sample, how many posts' language can be told, and how many do not look English;
        0 for a model that is not known to know English only.
    left_out
        How many posts the filters left out, by reason; `rows` does not count them.
    """

    index: int
    rows: int
    sha256: str
    labels: Mapping[str, int]
    repost_labels: Mapping[str, int]
    reasons: Mapping[str, int]
    reposts: int
    authors: Sequence[str]
    told: int = 0
    other: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    def as_entry(self) -> dict[str, Any]:
        """Give the fields as the journal keeps them."""
        return asdict(self)


def label_chunk(labeller: Labeller, chunk: Chunk, path: Path) -> Part:
    """Label `chunk` and write it to `path`, whole or not at all."""
    labelled = labeller(chunk.posts)
    table = labelled.table
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_batch(table)
    data = sink.getvalue()
    # The process number keeps apart a worker that outlived a killed run and this run's.
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with saving_run(path):
        temporary.write_bytes(data)
        temporary.replace(path)
    return _describe(chunk.index, labelled, hashlib.sha256(data).hexdigest())


def is_intact(path: Path, sha256: str) -> bool:
    """Tell whether a part file is the one the journal speaks of."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _describe(index: int, labelled: Labelled, sha256: str) -> Part:
    table = labelled.table
    labels = table.column(LABEL).cast(pa.string())
    reposts = pc.equal(column_of(table, "kind"), "repost").fill_null(False)
    authors = pc.coalesce(column_of(table, "author_id"), column_of(table, "author"))
    return Part(
        index=index,
        rows=table.num_rows,
        sha256=sha256,
        labels=count(labels),
        repost_labels=count(labels.filter(reposts)),
        reasons=count(table.column(REASON).filter(pc.is_null(labels))),
        reposts=pc.sum(reposts).as_py() or 0,
        authors=sorted(pc.unique(authors.drop_null()).to_pylist()[:2]),
        told=labelled.languages.told,
        other=labelled.languages.other,
        left_out=labelled.left_out,
    )
