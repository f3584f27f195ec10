"""The engine of one machine: this process reads, its workers label, Arrow parts become a file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath

from stancekit.errors import InputError
from stancekit.runs.assemble import assemble
from stancekit.runs.files import check_parent, check_replaceable
from stancekit.runs.folder import RunFolder
from stancekit.runs.identity import source_digest, source_stamps
from stancekit.runs.labeller import Labeller
from stancekit.runs.meter import Meter
from stancekit.runs.output.outputs import Output, is_parts
from stancekit.runs.part import Chunk, Part, label_chunk
from stancekit.runs.reading import Found, read_chunks
from stancekit.runs.run import Run
from stancekit.runs.sources import told_once
from stancekit.runs.summary import RunSummary
from stancekit.runs.workers import label_all


@dataclass(frozen=True)
class Here:
    """Label in processes of this machine; see `stancekit.runs.run.Engine`.

    Attributes
    ----------
    output
        How to write the destination.
    n_jobs
        As `stancekit.label_archive` takes it.
    """

    output: Output
    n_jobs: int | None = None

    def source(self, run: Run) -> Mapping[str, object]:
        """Size and digest of the source."""
        return source_digest(run.reading.source)

    def stamps(self, run: Run) -> object:
        """Sizes and times of the source's files."""
        return source_stamps(run.reading.source)

    def label(self, run: Run, kept: Mapping[int, Part], found: Found) -> Iterator[Part]:
        """Read chunk by chunk; an error comes once the chunks before it are labelled."""
        sizes = [sum(size for _, size, _ in source_stamps([one])) for one in run.reading.source]
        reading = replace(run.reading, meter=Meter(sizes))
        chunks = read_chunks(reading, found, Path(run.folder.rejects), done=kept)
        yield from label_all(partial(_label, run.labeller, run.folder), chunks, self.n_jobs)
        if found.failure is not None:
            raise found.failure
        if run.reading.pseudonyms is None:
            found.notices = told_once(found.notices)

    def intact(self, run: Run, parts: Sequence[Part]) -> list[Part]:
        """Give the parts whose files have the digests that their records tell."""
        return [part for part in parts if _sha256(run, part) == part.sha256]

    def assemble(self, run: Run, parts: Sequence[Part], summary: RunSummary) -> None:
        """Stream the parts into the output."""
        paths = [Path(run.folder.part(part.index)) for part in parts]
        schema = run.schema(part.columns for part in parts)
        assemble(paths, Path(run.folder.output), self.output, schema, run.style)

    def final(self, run: Run) -> PurePath:
        """The destination, which stays as it is until it is replaced."""
        return run.folder.destination

    def clear(self, run: Run) -> None:
        """Nothing: all lies in the run's folder."""


def check_places(source: Path, destination: Path, folder: bool = False) -> None:
    """Refuse places that would harm the source or lose the output.

    Raises
    ------
    InputError
        When the source is not there, or the destination is the source or lies in it, is a
        folder and `folder` does not say that it is to be one, or lies where none can be made.
    """
    if not source.exists():
        raise InputError(f"{source}: no such file or folder. Check the path.")
    whole, target = source.resolve(), destination.resolve()
    if whole == target or whole in target.parents:
        raise InputError(
            f"{destination}: is, or lies in, the source {source}, which is never changed. Choose a "
            "destination outside it."
        )
    if target in whole.parents:
        raise InputError(
            f"{destination}: the source {source} lies in it, which is never changed. Choose "
            "another destination."
        )
    check_parent(destination)
    check_replaceable(destination)
    if target.is_dir() and not folder:
        raise InputError(f"{destination}: is a folder. Give the name of a file to write.")
    if target.is_dir() and not is_parts(target):
        raise InputError(
            f"{destination}: is a folder that holds other things than Parquet parts, which would "
            "be lost. Give the name of a new folder."
        )


def _label(labeller: Labeller, folder: RunFolder, chunk: Chunk) -> Part:
    return folder.record(label_chunk(labeller, chunk, Path(folder.part(chunk.index))))


def _sha256(run: Run, part: Part) -> str:
    path = Path(run.folder.part(part.index))
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
