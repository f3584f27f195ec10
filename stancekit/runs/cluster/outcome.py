"""What came of a run on Dask: the summary, the rejects, the list of parts."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from stancekit.runs.cluster.files import file_system
from stancekit.runs.cluster.run import ClusterRun
from stancekit.runs.cluster.work import Report
from stancekit.runs.journal import Identity
from stancekit.runs.part import Part
from stancekit.runs.summary import RunSummary, notices_of, totals


def summary_of(
    run: ClusterRun, reports: Sequence[Report], resumed: int, seconds: float
) -> RunSummary:
    """Add the reports up; `resumed` posts were labelled by an earlier run."""
    parts = [Part(**report.part) for report in reports]
    rejects = sum(report.rejects for report in reports)
    return RunSummary(
        **totals(parts, run.labeller.model.classes),
        rejects=rejects,
        seconds=seconds,
        resumed=resumed,
        source=run.source,
        destination=run.folder.url,
        rejects_file=run.folder.rejects if rejects else None,
        model=run.labeller.mark,
        notices=[
            *told_once(n for r in reports for n in r.notices),
            *notices_of(parts, rejects, run.labeller.pseudonyms is not None),
        ],
    )


def told_once(notices: Iterable[str]) -> list[str]:
    """Say what is true of many files once.

    >>> told_once(["a.csv: no times", "b.csv: no times", "b.csv: no ids"])
    ['a.csv: no times (and 1 more file)', 'b.csv: no ids']
    """
    files: dict[str, dict[str, None]] = {}
    for notice in notices:
        file, _, message = notice.partition(": ")
        files.setdefault(message, {})[file] = None
    told = []
    for message, (first, *more) in files.items():
        also = f" (and {len(more):,} more file{'s' * (len(more) > 1)})" if more else ""
        told.append(f"{first}: {message}{also}")
    return told


def publish(
    run: ClusterRun, reports: Sequence[Report], summary: RunSummary, identity: Identity
) -> None:
    """Bring the rejects together, and say in ``_SUCCESS`` that all parts are there."""
    folder = run.folder
    fs, _ = file_system(folder.url)
    if summary.rejects:
        with folder.writing(folder.rejects) as path, path.open("wb") as file:
            for report in reports:
                if report.rejects:
                    file.write(folder.read(folder.state(f"{report.index:06d}.rejects")) or b"")
    elif folder.exists(folder.rejects):
        fs.rm_file(folder.rejects)
    parts = [
        {"part": Path(folder.part(r.index)).name, "posts": r.part["rows"], "bytes": r.size,
         "source": r.key}
        for r in reports if r.size
    ]  # fmt: skip
    told = {"summary": summary.as_dict(), "run": identity, "parts": parts}
    folder.write(f"{folder.path}/_SUCCESS", orjson.dumps(told, option=orjson.OPT_INDENT_2))
    folder.tidy()
