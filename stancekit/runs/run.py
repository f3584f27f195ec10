"""One run from its first piece to the finished output, with every point where it may be resumed."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePath
from typing import Final, Protocol

import pyarrow as pa

from stancekit.errors import RunError
from stancekit.runs.assemble import output_schema
from stancekit.runs.bar import bar_of
from stancekit.runs.folder import Identity, RunFolder, State, same_run
from stancekit.runs.identity import identity_of, notes_for
from stancekit.runs.labeller import Labeller
from stancekit.runs.output.writers import Style
from stancekit.runs.part import Part
from stancekit.runs.reading import Found, Reading
from stancekit.runs.sources import told
from stancekit.runs.summary import RunSummary, summary_of

_AT_ONCE: Final = frozenset({".xlsx", ".xlsm"})
_PACKED: Final = frozenset({".zip", ".gz", ".zst", ".tgz"})
#: What is said of a run that takes long because an encoder reads posts.
_FASTER: Final = '. Many times as fast, and less often right: model="fast"'


@dataclass(frozen=True)
class Run:
    """All that was asked for, checked and loaded.

    Attributes
    ----------
    reading, labeller
        How to read the source, and how to label a chunk of it.
    folder
        Where parts, their records and the output go.
    engine
        Who labels, and what becomes of the parts.
    select
        Columns to keep, in this order; None keeps all.
    raw, excel
        As `stancekit.runs.output.writers.Style` takes them.
    resume, force, progress
        As `stancekit.label_archive` takes them.
    identity
        What decides the parts; known once the source was looked at.
    """

    reading: Reading
    labeller: Labeller
    folder: RunFolder
    engine: "Engine"
    select: Sequence[str] | None = None
    raw: bool = False
    excel: str = ""
    resume: bool = True
    force: bool = False
    progress: bool | None = None
    identity: Identity = field(default_factory=dict)

    @property
    def style(self) -> Style:
        """How the output is written."""
        return Style(self.raw, notes_for(self.identity), self.excel)

    def schema(self, parts: Iterable[Sequence[str]]) -> pa.Schema:
        """Give the columns of the output, from those of its parts."""
        return output_schema(parts, self.labeller.schema, self.select)


class Engine(Protocol):
    """Who labels the pieces of a source, and what becomes of their parts.

    `stancekit.runs.here` and `stancekit.runs.cluster.engine` are the two there are.
    """

    def source(self, run: Run) -> Mapping[str, object]:
        """What the source is known by, ``sha256`` among it: plain values."""

    def stamps(self, run: Run) -> object:
        """What is cheap to look at, and changes when the source does."""

    def label(self, run: Run, kept: Mapping[int, Part], found: Found) -> Iterator[Part]:
        """Label the pieces of which no part is `kept`, and give each part when it is recorded.

        A part that had to be written again is given again. At the end `found` says what the
        reading found besides posts.
        """

    def intact(self, run: Run, parts: Sequence[Part]) -> list[Part]:
        """Give those of the recorded parts that can be trusted."""

    def assemble(self, run: Run, parts: Sequence[Part], summary: RunSummary) -> None:
        """Write the folder's `output`, which makes the run complete once it has its name."""

    def final(self, run: Run) -> PurePath:
        """Give that name."""

    def clear(self, run: Run) -> None:
        """Throw away parts that lie outside the run's folder."""


def carry_out(run: Run) -> RunSummary:
    """Label what is missing, write the destination, and take the run folder away."""
    try:
        return _carried_out(run, started=time.monotonic())
    except KeyboardInterrupt:
        place = run.folder.files.title(run.folder.path)
        kept = f"; what is done is kept in {place}" if run.folder.exists() else ""
        raise KeyboardInterrupt(f"stopped{kept}. Run the same again to go on.") from None


def _carried_out(run: Run, started: float) -> RunSummary:
    if not run.folder.exists():
        _check_free(run)
    identity = identity_of(run.reading, run.labeller, run.select, run.engine.source(run))
    run = replace(run, identity=identity, folder=run.folder.of(identity))
    with run.folder.locked():
        state, kept = _earlier(run)
        summary = _already_finished(run, state)
        if summary is None:
            _check_free(run)
            summary = _finish(run, state, kept, started)
        run.folder.clear()
    return summary


def _check_free(run: Run) -> None:
    if run.folder.files.sizes(run.engine.final(run)) and not run.force:
        place = run.folder.files.title(run.folder.destination)
        raise RunError(
            f"{place}: is already there. Choose another name, or replace it with force=True."
        )


def _earlier(run: Run) -> tuple[State, dict[int, Part]]:
    """Keep what an interrupted attempt left that can be trusted; throw all else away."""
    state = run.folder.state()
    if not run.force:
        same_run(state, run.identity, run.folder)
    if not run.resume or state.run != run.identity:
        run.engine.clear(run)
        run.folder.clear()
        return State(run.identity), {}
    parts = {part.index: part for part in run.engine.intact(run, run.folder.parts())}
    if state.read is not None and not _is_whole(run, Found.of_entry(state.read), parts):
        state = replace(state, read=None)
    return state, parts


def _is_whole(run: Run, found: Found, parts: Mapping[int, Part]) -> bool:
    return len(parts) == found.chunks and found.rejects_sha256 == _rejects_digest(run, found)


def _rejects_digest(run: Run, found: Found) -> str:
    """Give the digest of the file of rejects; none if there are none, or it is gone."""
    if not found.rejects or not run.folder.files.exists(run.folder.rejects):
        return ""
    digest = hashlib.sha256()
    with run.folder.files.open(run.folder.rejects) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _already_finished(run: Run, state: State) -> RunSummary | None:
    """Give the summary of an attempt that was stopped between the last renaming and tidying up."""
    there = run.folder.files.exists
    if state.finished is None or there(run.folder.output) or not there(run.engine.final(run)):
        return None
    return RunSummary(**state.finished)


def _finish(run: Run, state: State, kept: Mapping[int, Part], started: float) -> RunSummary:
    folder, parts = run.folder, dict(kept)
    state = folder.note(replace(state, finished=None))
    found = Found() if state.read is None else Found.of_entry(state.read)
    if state.read is None:
        _label_missing(run, parts, found)
        found.rejects_sha256 = _rejects_digest(run, found)
        state = folder.note(replace(state, read=found.as_entry()))
    ordered = [parts[index] for index in sorted(parts)]
    summary = summary_of(
        [part.counts for part in ordered],
        run.labeller.model.classes,
        found.notices,
        pseudonyms=run.labeller.pseudonyms is not None,
        rejects=found.rejects,
        unread=asdict(found.unread),
        source_size=_size(run),
        seconds=time.monotonic() - started,
        resumed=sum(part.counts.rows for part in kept.values()),
        source=told(run.reading.source),
        files=found.files,
        destination=folder.files.title(folder.destination),
        rejects_file=folder.files.title(folder.final_rejects) if found.rejects else None,
        model=run.labeller.mark,
    )
    run.engine.assemble(run, ordered, summary)
    summary = replace(summary, seconds=time.monotonic() - started)
    folder.note(replace(state, finished=summary.as_dict()))
    if found.rejects:
        folder.files.move(folder.rejects, folder.final_rejects)
    else:
        folder.files.remove(folder.final_rejects)
    folder.files.move(folder.output, run.engine.final(run))
    return summary


def _size(run: Run) -> int | None:
    """Give the bytes of the source, unless they are packed."""
    size = run.identity.get("source", {}).get("size")
    packed = any(PurePath(place).suffix.lower() in _PACKED for place in run.reading.source)
    return size if isinstance(size, int) and not packed else None


def _bytes_to_read(run: Run) -> int | None:
    """Give the bytes of the source; None if a workbook is among it, which is read at once."""
    size = run.identity.get("source", {}).get("size")
    if any(PurePath(place).suffix.lower() in _AT_ONCE for place in run.reading.source):
        return None
    return size if isinstance(size, int) else None


def _label_missing(run: Run, parts: dict[int, Part], found: Found) -> None:
    stamps = run.engine.stamps(run)
    resumed = sum(part.counts.read for part in parts.values())
    faster = _FASTER if run.labeller.model.scorer.work.costly else ""
    with bar_of(run.progress, _bytes_to_read(run), resumed, faster) as bar:
        kept = set(parts)
        for part in run.engine.label(run, dict(parts), found):
            for index in kept & found.shares.keys():
                bar.kept(found.shares.pop(index))
            if part.index not in parts:
                bar.add(part.counts.read, found.shares.pop(part.index, 0))
            parts[part.index] = part
        bar.done()
    if run.engine.stamps(run) != stamps:
        raise RunError(
            f"{told(run.reading.source)}: was changed while it was read. Let it come to rest, and "
            "start over with force=True."
        )
