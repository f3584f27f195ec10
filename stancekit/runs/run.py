"""One run from its first chunk to the finished file, with every point where it may be resumed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, Any, Final

from stancekit.errors import RunError
from stancekit.progress import progress_bar
from stancekit.runs.assemble import assemble
from stancekit.runs.folder import RunFolder, is_taken, locked, saving_run, settle, size_of
from stancekit.runs.identity import identity_of, notes_for, source_stamps
from stancekit.runs.journal import (
    Identity,
    Journal,
    note,
    read_journal,
    same_run,
    writing_journal,
)
from stancekit.runs.labeller import Labeller
from stancekit.runs.output.outputs import Output
from stancekit.runs.output.writers import Style
from stancekit.runs.part import Chunk, Part, is_intact, label_chunk
from stancekit.runs.reading import Found, Reading, read_chunks
from stancekit.runs.summary import RunSummary, notices_of, totals
from stancekit.runs.workers import label_all

_BAR: Final[dict[str, Any]] = {"desc": "labelling", "unit": " posts", "unit_scale": True}


@dataclass(frozen=True)
class Run:
    """All that `label_archive` was asked to do, checked and loaded."""

    reading: Reading
    labeller: Labeller
    folder: RunFolder
    output: Output
    select: Sequence[str] | None = None
    raw: bool = False
    resume: bool = True
    force: bool = False
    n_jobs: int | None = None
    progress: bool | None = None


def carry_out(run: Run) -> RunSummary:
    """Label what is missing, write the destination, and take the run folder away."""
    started = time.monotonic()
    folder = run.folder
    if not folder.path.exists():
        check_free(run)
    identity = identity_of(run.reading, run.labeller, run.select)
    with locked(folder):
        journal = _earlier(run, identity)
        summary = _already_finished(run, journal)
        if summary is None:
            check_free(run)
            with writing_journal(folder.journal, journal, identity) as log:
                parts, found = _label_missing(run, journal, log)
                summary = _summary(run, journal, parts, found, time.monotonic() - started)
                _write(run, parts, identity)
                summary = replace(summary, seconds=time.monotonic() - started)
                _publish(run, summary, log)
        folder.clear()
    return summary


def check_free(run: Run) -> None:
    """Refuse to write over a finished destination.

    Raises
    ------
    RunError
        Unless the run is forced.
    """
    if is_taken(run.folder.destination) and not run.force:
        raise RunError(
            f"{run.folder.destination}: is already there. Choose another name, or replace it with "
            "force=True (--force)."
        )


def _earlier(run: Run, identity: Identity) -> Journal:
    """Keep what an interrupted attempt left that can be trusted; throw all else away."""
    folder = run.folder
    journal = read_journal(folder.journal)
    if not run.force:
        same_run(journal, identity, folder.path)
    if not run.resume or journal.identity != identity:
        folder.clear()
        return Journal()
    intact = {
        index: entry
        for index, entry in journal.chunks.items()
        if is_intact(folder.part(index), entry["sha256"])
    }
    whole = journal.read is not None and len(intact) == journal.read["chunks"]
    return replace(journal, chunks=intact, read=journal.read if whole else None)


def _already_finished(run: Run, journal: Journal) -> RunSummary | None:
    """Give the summary of an attempt that was stopped between renaming and tidying up."""
    done, folder = journal.finished, run.folder
    if done is None or folder.output.exists() or not folder.destination.exists():
        return None
    if size_of(folder.destination) != done["size"]:
        return None
    return RunSummary(**done["summary"])


def _label_missing(run: Run, journal: Journal, log: IO[bytes]) -> tuple[list[Part], Found]:
    parts = {index: Part(**entry) for index, entry in journal.chunks.items()}
    if journal.read is not None and run.folder.rejects.exists():
        return _in_order(parts), Found(**journal.read)
    found = Found()
    stamps = source_stamps(run.reading.source)
    chunks = read_chunks(run.reading, found, run.folder.rejects, done=frozenset(parts))
    label = partial(_label_one, run.labeller, run.folder)
    resumed = sum(part.rows for part in parts.values())
    with progress_bar(run.progress, initial=resumed, **_BAR) as bar:
        for part in label_all(label, chunks, run.n_jobs):
            note(log, "chunk", part.as_entry())
            parts[part.index] = part
            bar.update(part.rows + sum(part.left_out.values()))
    if found.failure is not None:
        raise found.failure
    if source_stamps(run.reading.source) != stamps:
        raise RunError(
            f"{run.reading.source}: was changed while it was read. Let it come to rest, and start "
            "over with force=True (--force)."
        )
    note(log, "read", found.as_entry())
    return _in_order(parts), found


def _label_one(labeller: Labeller, folder: RunFolder, chunk: Chunk) -> Part:
    return label_chunk(labeller, chunk, folder.part(chunk.index))


def _in_order(parts: dict[int, Part]) -> list[Part]:
    return [parts[index] for index in sorted(parts)]


def _summary(
    run: Run, journal: Journal, parts: Sequence[Part], found: Found, seconds: float
) -> RunSummary:
    folder = run.folder
    return RunSummary(
        **totals(parts, run.labeller.model.classes),
        rejects=found.rejects,
        seconds=seconds,
        resumed=sum(entry["rows"] for entry in journal.chunks.values()),
        source=str(run.reading.source),
        destination=str(folder.destination),
        rejects_file=str(folder.final_rejects) if found.rejects else None,
        model=run.labeller.mark,
        notices=[
            *found.notices,
            *notices_of(parts, found.rejects, run.labeller.pseudonyms is not None),
        ],
    )


def _write(run: Run, parts: Sequence[Part], identity: Identity) -> None:
    assemble(
        [run.folder.part(part.index) for part in parts],
        run.folder.output,
        run.output,
        added=run.labeller.schema,
        select=run.select,
        style=Style(run.raw, notes_for(identity)),
    )


def _publish(run: Run, summary: RunSummary, log: IO[bytes]) -> None:
    """Give rejects and destination their names; from the note on, nothing need be done twice."""
    folder = run.folder
    with saving_run(folder.destination):
        size = size_of(folder.output)
        note(log, "finished", {"size": size, "summary": summary.as_dict()})
        if summary.rejects:
            settle(folder.rejects, folder.final_rejects)
        else:
            folder.final_rejects.unlink(missing_ok=True)
        settle(folder.output, folder.destination)
