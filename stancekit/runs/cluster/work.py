"""What a worker does: label one piece into one Parquet part, with the local engine's own steps."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from pathlib import Path, PurePath, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from stancekit.errors import RunError
from stancekit.posts.files.opening import open_source
from stancekit.posts.files.source import COMPRESSED, Source
from stancekit.runs.assemble import assemble, conform
from stancekit.runs.cluster.files import file_system, is_local
from stancekit.runs.cluster.listing import File
from stancekit.runs.cluster.pieces import Piece, source_of
from stancekit.runs.output.outputs import to_file
from stancekit.runs.output.writers import write_parquet
from stancekit.runs.part import Counts, Part, label_chunk
from stancekit.runs.reading import Found, Reading, read_chunks
from stancekit.runs.run import Run
from stancekit.runs.sources import renamed


def part_path(run: Run, index: int) -> PurePath:
    """Where the part of a piece goes: in the destination itself, for objects cannot be renamed."""
    return run.folder.destination / f"part-{index:06d}.parquet"


def label_piece(run: Run, piece: Piece) -> Part:
    """Label a piece and set its part down, with what is known of it last."""
    with TemporaryDirectory(prefix="stancekit-") as name:
        scratch, found = Path(name), Found()
        rejects = scratch / "rejects.jsonl"
        parts: list[Part] = []
        with opened(piece, scratch, run.reading.source) as source:
            reading = replace(run.reading, opened=source, options=_options(run.reading, piece))
            with closing(read_chunks(reading, found, rejects, done=())) as chunks:  # type: ignore[type-var]
                parts.extend(
                    label_chunk(run.labeller, chunk, _chunk(scratch, chunk.index))
                    for chunk in chunks
                )
        if found.failure is not None:
            raise found.failure
        part = Part(
            index=piece.index,
            counts=sum((one.counts for one in parts), Counts()),
            rejects=found.rejects,
            unread=asdict(found.unread),
            notices=found.notices,
            source=piece.key,
        )
        if parts:
            part = _write(run, part, parts, scratch)
        if found.rejects:
            path = run.folder.part(piece.index, ".rejects")
            run.folder.files.write(path, rejects.read_bytes())
    return run.folder.record(part)


def conform_part(run: Run, part: Part, columns: Sequence[str]) -> Part:
    """Write a part again with the columns that all parts shall have."""
    import pyarrow.parquet as pq

    path, schema = part_path(run, part.index), run.schema([columns])
    with run.folder.writing(path) as output, run.folder.files.open(path) as old:
        batches = (conform(batch, schema) for batch in pq.ParquetFile(old).iter_batches())
        to_file(write_parquet)(output, schema, batches, run.style)
        size = output.stat().st_size
    return run.folder.record(replace(part, size=size, columns=schema.names))


@contextmanager
def opened(piece: Piece, scratch: Path, places: Sequence[str]) -> Iterator[Source]:
    """Open a piece as a source; a file that lies elsewhere is first brought to this machine.

    Its files are called as the local engine calls them when it reads the same `places`.
    """
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
        yield _called(source, file, places)


def _called(source: Source, file: File, places: Sequence[str]) -> Source:
    fs, root = file_system(places[0])
    if len(places) == 1 and file_system(file.url)[1] == root:
        return source  # all there is: an archive's files have names of their own
    packed = PurePosixPath(file.name).suffix.lower() in COMPRESSED
    if len(places) == 1 and packed and len(source.names) == 1 and fs.isdir(root):
        (own,) = source.names  # among the files of a folder it keeps its ending
        return replace(source, names=(file.name,), opener=lambda _: source.open(own))
    return renamed(source, file.name)


def _write(run: Run, part: Part, chunks: Sequence[Part], scratch: Path) -> Part:
    schema = run.schema(chunk.columns for chunk in chunks)
    paths = [_chunk(scratch, chunk.index) for chunk in chunks]
    with run.folder.writing(part_path(run, part.index)) as output:
        assemble(paths, output, to_file(write_parquet), schema, run.style)
        size = output.stat().st_size
    return replace(part, size=size, columns=schema.names)


def _chunk(scratch: Path, index: int) -> Path:
    return scratch / f"{index}.arrow"


def _options(reading: Reading, piece: Piece) -> Mapping[str, Any]:
    if piece.length is None:
        return reading.options
    known = {} if piece.columns is None else {"columns": piece.columns}
    return {**reading.options, **known, "first_line": piece.first_line}
