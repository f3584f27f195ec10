"""Part files: one labelled chunk each, trusted only if it is what its record says."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from stancekit.runs.counts import Counts, counts_of
from stancekit.runs.files import DISK
from stancekit.runs.labeller import Labeller


@dataclass(frozen=True)
class Chunk:
    """Posts `index` × chunk size and following, as read."""

    index: int
    posts: pa.RecordBatch


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
    rejects, notices
        Rows that could not be read, and what to know of the piece, where whoever labelled it read
        it too.
    source
        What it was read from, likewise.
    """

    index: int
    size: int = 0
    sha256: str = ""
    columns: Sequence[str] = ()
    counts: Counts = field(default_factory=Counts)
    rejects: int = 0
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
