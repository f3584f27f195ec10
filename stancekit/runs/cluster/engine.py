"""`label_archive` with ``engine="dask"``: from the source's pieces to the summary."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import orjson

from stancekit.errors import FormatError, RunError
from stancekit.extras import extra
from stancekit.posts.files.source import Source
from stancekit.runs.arguments import checked_select
from stancekit.runs.cluster import pieces as cutting
from stancekit.runs.cluster.connect import connected
from stancekit.runs.cluster.files import file_system, is_local
from stancekit.runs.cluster.folder import PartFolder, check_destination, locked
from stancekit.runs.cluster.labelling import cut_up, label_pieces
from stancekit.runs.cluster.outcome import publish, summary_of
from stancekit.runs.cluster.pieces import File, source_of
from stancekit.runs.cluster.run import ClusterRun
from stancekit.runs.cluster.work import Report
from stancekit.runs.identity import identity_of
from stancekit.runs.journal import Identity, Journal, same_run
from stancekit.runs.labeller import Labeller
from stancekit.runs.reading import Reading
from stancekit.runs.summary import RunSummary

#: Files that are looked into for the names of a user's own columns.
SAMPLE: Final = 10


def carry_out(run: ClusterRun) -> RunSummary:
    """Label what is missing, make all parts alike, and write down what came of it."""
    started = time.monotonic()
    extra("distributed", "dask")
    check_destination(run.folder, run.source, force=run.force)
    files = cutting.find_files(run.source)
    if run.reading.format is None:
        cutting.check_divisible(run.source, files)
    run = replace(run, select=_select(run, files))
    identity = _identity(run, files)
    with locked(run.folder):
        check_destination(run.folder, run.source, force=run.force)
        earlier = _earlier(run, identity)
        with connected(run.scheduler, run.workers) as client:
            run.folder.write(run.folder.state("run.json"), orjson.dumps(identity))
            pieces = cut_up(run, files, client)
            kept = {p.index: earlier[p.index] for p in pieces
                    if p.index in earlier and earlier[p.index].key == p.key}  # fmt: skip
            reports = label_pieces(run, pieces, kept, identity, client)
        if cutting.find_files(run.source) != files:
            raise RunError(
                f"{run.source}: was changed while it was read. Let it come to rest, and start over "
                "with force=True (--force)."
            )
        resumed = sum(report.part["rows"] for report in kept.values())
        summary = summary_of(run, reports, resumed, time.monotonic() - started)
        publish(run, reports, summary, identity)
    return summary


def _select(run: ClusterRun, files: Sequence[File]) -> Sequence[str] | None:
    """See that columns asked for are in one of the first files, where these can be looked into."""
    fs, path = file_system(files[0].url)
    if len(files) == 1 and is_local(fs):
        return checked_select(run.select, replace(run.reading, source=Path(path)))
    first = {file.name: file for file in files[:SAMPLE]}
    source = Source(Path(run.source), tuple(first), lambda name: source_of(first[name]).open(name))
    try:
        return checked_select(run.select, replace(run.reading, opened=source))
    except FormatError:  # packed, or of several formats: each piece will be read for itself
        return list(run.select or ())


def _identity(run: ClusterRun, files: Sequence[File]) -> dict[str, Any]:
    """Say what decides the parts: here also their columns and how the source is cut."""
    identity = identity_of(run.reading, run.labeller, run.select, cutting.listing_digest(files))
    return {**identity, "block": cutting.BLOCK}


def _earlier(run: ClusterRun, identity: Identity) -> dict[int, Report]:
    """Keep what an interrupted attempt left that can be trusted; throw all else away."""
    folder = run.folder
    known = folder.read(folder.state("run.json"))
    before = None if known is None else orjson.loads(known)
    finished = folder.exists(f"{folder.path}/_SUCCESS")
    if not run.force:
        same_run(Journal(before), identity, Path(folder.url))
    if not run.resume or finished or before != identity:
        folder.clear()
        return {}
    reports = {index: Report(**entry) for index, entry in folder.done().items()}
    return {
        index: report
        for index, report in reports.items()
        if (folder.size(folder.part(index)) or 0) == report.size or not report.size
    }


def label_on_dask(
    source: str | Path,
    destination: str | Path,
    *,
    reading: Reading,
    labeller: Labeller,
    select: Sequence[str] | None,
    resume: bool,
    force: bool,
    progress: bool | None,
    scheduler: str | None,
    workers: int | None,
) -> RunSummary:
    """Label an archive on a cluster; see `stancekit.label_archive`."""
    run = ClusterRun(
        source=_absolute(source),
        reading=reading,
        labeller=labeller,
        folder=PartFolder(_absolute(destination)),
        select=select,
        resume=resume,
        force=force,
        progress=progress,
        scheduler=scheduler,
        workers=workers,
    )
    try:
        return carry_out(run)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"stopped; finished parts are kept in {run.folder.url}. Run the same again to go on."
        ) from None


def _absolute(place: str | Path) -> str:
    """Make a path whole: a worker may be at work in another folder."""
    return str(place) if "://" in str(place) else str(Path(place).absolute())
