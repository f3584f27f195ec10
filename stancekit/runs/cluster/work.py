"""What a worker does: label one piece into one Parquet part, with the local engine's own steps."""

import base64
import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pyarrow as pa

from stancekit.errors import RunError
from stancekit.posts.files.opening import open_source
from stancekit.posts.files.source import Source
from stancekit.runs.assemble import assemble, conform
from stancekit.runs.cluster.connect import versions
from stancekit.runs.cluster.files import file_system, is_local
from stancekit.runs.cluster.folder import PartFolder
from stancekit.runs.cluster.pieces import Piece, renamed, source_of
from stancekit.runs.labeller import Labeller
from stancekit.runs.output.outputs import to_file
from stancekit.runs.output.writers import Style, write_parquet
from stancekit.runs.part import Part, label_chunk
from stancekit.runs.reading import Found, Reading, read_chunks


@dataclass(frozen=True)
class Job:
    """All a worker must be told once.

    Attributes
    ----------
    reading
        How to read a piece.
    labeller
        How to label.
    folder
        Where parts go.
    select
        As `stancekit.runs.assemble` takes it.
    notes
        Metadata of every part.
    versions
        Those of the client; a worker that joins late is held against them.
    """

    reading: Reading
    labeller: Labeller
    folder: PartFolder
    select: Sequence[str] | None
    notes: Mapping[str, str]
    versions: Mapping[str, str]


@dataclass(frozen=True)
class Report:
    """What became of a piece.

    Attributes
    ----------
    index, key
        The piece.
    part
        Counts, as the journal of the local engine keeps them.
    size
        Bytes of the part; 0 if the piece held no posts, and there is no part.
    schema
        Its columns, as Arrow serialises them, in base 64.
    rejects, notices
        Rows that could not be read, and what to know about the piece.
    """

    index: int
    key: Mapping[str, Any]
    part: Mapping[str, Any]
    size: int
    schema: str
    rejects: int
    notices: Sequence[str]

    @property
    def columns(self) -> pa.Schema:
        """The part's columns."""
        return pa.ipc.read_schema(pa.py_buffer(base64.b64decode(self.schema)))


def label_piece(job: Job, piece: Piece) -> Report:
    """Label a piece and set its part down, with what is known of it last."""
    if (here := versions()) != job.versions:
        raise RunError(
            f"a worker that joined has other versions ({here}) than the client "
            f"({dict(job.versions)}). Install the same on both."
        )
    labeller = job.labeller
    with TemporaryDirectory(prefix="stancekit-") as name:
        scratch = Path(name)
        rejects, found = scratch / "rejects.jsonl", Found()
        with opened(piece, scratch) as source:
            reading = replace(job.reading, opened=source, options=_options(job.reading, piece))
            parts: list[Part] = []
            paths: list[Path] = []
            with closing(read_chunks(reading, found, rejects, done=())) as chunks:  # type: ignore[type-var]
                for chunk in chunks:
                    paths.append(scratch / f"{chunk.index}.arrow")
                    parts.append(label_chunk(labeller, chunk, paths[-1]))
        if found.failure is not None:
            raise found.failure
        schema = _write(job, labeller, piece, paths)
        if found.rejects:
            job.folder.write(job.folder.state(f"{piece.index:06d}.rejects"), rejects.read_bytes())
    report = Report(
        index=piece.index,
        key=piece.key,
        part=added_up(piece.index, parts).as_entry(),
        size=job.folder.size(job.folder.part(piece.index)) or 0 if paths else 0,
        schema=_packed(schema),
        rejects=found.rejects,
        notices=found.notices,
    )
    set_down(job.folder, report)
    return report


def conform_part(job: Job, report: Report, columns: bytes) -> Report:
    """Write a part again with the columns that all parts shall have."""
    import pyarrow.parquet as pq

    folder, schema = job.folder, pa.ipc.read_schema(pa.py_buffer(columns))
    path = folder.part(report.index)
    fs, _ = file_system(folder.url)
    with folder.writing(path) as output, fs.open(path, "rb") as old, output.open("wb") as file:
        batches = (conform(batch, schema) for batch in pq.ParquetFile(old).iter_batches())
        write_parquet(file, schema, batches, Style(notes=job.notes))
    report = replace(report, size=folder.size(path) or 0, schema=_packed(schema))
    set_down(folder, report)
    return report


def set_down(folder: PartFolder, report: Report) -> None:
    """Note a part as finished."""
    folder.write(folder.state(f"{report.index:06d}.done"), orjson.dumps(asdict(report)))


@contextmanager
def opened(piece: Piece, scratch: Path) -> Iterator[Source]:
    """Open a piece as a source; a file that lies elsewhere is first brought to this machine."""
    file = piece.file
    if piece.length is not None:
        yield source_of(file, piece.start, piece.length)
        return
    fs, path = file_system(file.url)
    if not is_local(fs):
        near = scratch / PurePosixPath(file.name).name
        try:
            fs.get_file(path, str(near))
        except OSError as error:
            raise RunError(f"{file.url}: could not be fetched ({error}). Run it again.") from error
        path = str(near)
    with open_source(path) as source:
        yield renamed(source, file.name)


def added_up(index: int, parts: Sequence[Part]) -> Part:
    """Make one part's numbers of its chunks': counts are added, authors brought together.

    >>> chunk = Part(0, 2, "", {"neutral": 2}, {}, {}, 0, ["a"])
    >>> added_up(7, [chunk, chunk]).labels
    {'neutral': 4}
    """
    empty = Part(index, 0, "", {}, {}, {}, 0, ())
    whole = functools.reduce(_sum, map(asdict, parts), asdict(empty))
    authors = sorted({author for part in parts for author in part.authors})[:2]
    return Part(**{**whole, "index": index, "sha256": "", "authors": authors})


def _sum(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    both = {}
    for name in (field.name for field in fields(Part)):
        a, b = one[name], other[name]
        both[name] = dict(Counter(a) + Counter(b)) if isinstance(a, dict) else _plus(a, b)
    return both


def _plus(one: Any, other: Any) -> Any:
    return one + other if isinstance(one, int) else one


def _write(job: Job, labeller: Labeller, piece: Piece, paths: Sequence[Path]) -> pa.Schema:
    if not paths:
        return pa.schema([])
    import pyarrow.parquet as pq

    with job.folder.writing(job.folder.part(piece.index)) as output:
        assemble(
            paths,
            output,
            to_file(write_parquet),
            added=labeller.schema,
            select=job.select,
            style=Style(notes=job.notes),
        )
        return pq.read_schema(output).remove_metadata()


def _options(reading: Reading, piece: Piece) -> Mapping[str, Any]:
    if piece.length is None:
        return reading.options
    known = {} if piece.columns is None else {"columns": piece.columns}
    return {**reading.options, **known, "first_line": piece.first_line}


def _packed(schema: pa.Schema) -> str:
    return base64.b64encode(schema.serialize().to_pybytes()).decode()
