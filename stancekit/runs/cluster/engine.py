"""`label_on_cluster`: Dask maps; a piece of the source becomes a Parquet part of the output."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import Any, Final

import orjson

from stancekit.errors import InputError
from stancekit.extras import extra
from stancekit.posts.files.source import Source
from stancekit.posts.reading import columns_of
from stancekit.runs.arguments import run_for
from stancekit.runs.cluster import pieces as cutting
from stancekit.runs.cluster.connect import connected
from stancekit.runs.cluster.files import file_system, is_local, place_of
from stancekit.runs.cluster.pieces import File, Piece, source_of
from stancekit.runs.cluster.work import conform_part, label_piece, part_path
from stancekit.runs.files import check_parent
from stancekit.runs.folder import RunFolder
from stancekit.runs.part import Part
from stancekit.runs.reading import Found
from stancekit.runs.run import Run, carry_out
from stancekit.runs.summary import RunSummary

#: Files that are looked into for the names of a user's own columns.
SAMPLE: Final = 10
_SUCCESS: Final = "_SUCCESS"


def label_on_cluster(
    source: str | Path,
    destination: str | Path,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    **options: Any,
) -> RunSummary:
    """Label an archive on many machines, or on processes of this one, by Dask.

    Needs the extra ``stancekit[dask]``. Rows are those of `stancekit.label_archive`; stopped, or
    with workers that died, the same call goes on likewise. In a script of your own, call it under
    ``if __name__ == "__main__":``, for the processes import the script. See docs/scaling.md.

    Parameters
    ----------
    source
        A file, a folder or a pattern (``"dumps/*.zst"``), as a path or a URL that fsspec opens.
        Each file is read by itself, and large JSON lines are cut again.
    destination
        Folder of Parquet parts, all with the same columns: a path or URL. ``_SUCCESS`` in it lists
        the parts once all are there. Every worker must see both under the same name.
    scheduler
        Address of a scheduler (``tcp://host:8786``); None starts processes here.
    workers
        How many processes to start; None for one per CPU core.
    **options
        As `stancekit.label_archive` takes them, but for ``n_jobs`` and ``raw``.

    Returns
    -------
    RunSummary
        Counts, raw shares, and what to know about them; ``print`` it.

    Raises
    ------
    InputError
        When an argument cannot be used, or the scheduler cannot be reached.
    FormatError
        When the source cannot be read as posts.
    RunError
        When the destination is taken or locked, or workers die again and again.

    Examples
    --------
    >>> import stancekit
    >>> summary = stancekit.label_on_cluster("dumps/*.zst", "labels", workers=8)  # doctest: +SKIP
    """
    for name in {"n_jobs", "raw"} & options.keys():
        raise InputError(f"{name} is not for a cluster: say workers (--workers) for processes")
    if workers is not None and (scheduler is not None or workers < 1):
        raise InputError(
            f"workers is {workers!r}: give 1 or more, and none with a scheduler, which has its own"
        )
    extra("distributed", "dask")
    source, destination = _absolute(source), _absolute(destination)
    files = cutting.find_files(source)
    if options.get("format") is None:
        cutting.check_divisible(source, files)
    holder, place = place_of(destination)
    folder, engine = RunFolder(place, holder), Cluster(tuple(files), scheduler, workers)
    check_destination(destination, source, folder)
    return carry_out(run_for(source, folder, engine, _first(source, files), **options))


@dataclass(frozen=True)
class Cluster:
    """Label on the workers of Dask; see `stancekit.runs.run.Engine`.

    Parts lie where the output goes, since in an object store nothing can be renamed.

    Attributes
    ----------
    files
        Files of the source.
    scheduler, workers
        As `stancekit.runs.cluster.connect.connected` takes them.
    """

    files: Sequence[File]
    scheduler: str | None = None
    workers: int | None = None

    def source(self, run: Run) -> Mapping[str, object]:
        """Names, sizes and marks of the files, and how they are cut."""
        return {**cutting.listing_digest(self.files), "block": cutting.BLOCK}

    def stamps(self, run: Run) -> object:
        """List the files again."""
        return cutting.find_files(str(run.reading.source))

    def label(self, run: Run, kept: Mapping[int, Part], found: Found) -> Iterator[Part]:
        """Map `label_piece` over the pieces, and make the columns of all parts alike."""
        # imports Dask, which not everybody has
        from stancekit.runs.cluster.tasks import handed_out, mapped, with_run

        parts = dict(kept)
        with (
            connected(self.scheduler, self.workers) as client,
            handed_out(client, run) as name,
        ):
            pieces = self._pieces(run, client)
            missing = [(piece,) for piece in pieces if piece.index not in kept]
            for part in mapped(client, partial(with_run, name, label_piece), missing):
                parts[part.index] = part
                yield part
            whole = [parts[index] for index in sorted(parts)]
            columns = run.schema(part.columns for part in whole if part.size).names
            unlike = [(one, columns) for one in whole if one.size and list(one.columns) != columns]
            for part in mapped(client, partial(with_run, name, conform_part), unlike):
                yield part
        found.chunks = len(pieces)
        found.rejects = sum(part.rejects for part in whole)
        found.notices = told_once(notice for part in whole for notice in part.notices)
        with run.folder.writing(run.folder.rejects) as path, path.open("wb") as file:
            for part in whole:
                if part.rejects:
                    with run.folder.files.open(run.folder.part(part.index, ".rejects")) as one:
                        shutil.copyfileobj(one, file)

    def intact(self, run: Run, parts: Sequence[Part]) -> list[Part]:
        """Give the parts of the size that their records tell: to read them again takes too long."""
        sizes = run.folder.files.sizes(run.folder.destination)
        return [p for p in parts if sizes.get(part_path(run, p.index).name, 0) == p.size]

    def assemble(self, run: Run, parts: Sequence[Part], summary: RunSummary) -> None:
        """List the parts, which are the output, with the summary and what decides them."""
        listed = [
            {
                "part": part_path(run, part.index).name,
                "posts": part.counts.rows,
                "bytes": part.size,
                "source": part.source,
            }
            for part in parts
            if part.size
        ]
        told = {"summary": summary.as_dict(), "run": run.identity, "parts": listed}
        run.folder.files.write(run.folder.output, orjson.dumps(told, option=orjson.OPT_INDENT_2))

    def final(self, run: Run) -> PurePath:
        """``_SUCCESS``, which says that all parts are there."""
        return run.folder.destination / _SUCCESS

    def clear(self, run: Run) -> None:
        """Throw the parts away."""
        destination = run.folder.destination
        held = [name for name in run.folder.files.sizes(destination) if _is_own(name)]
        run.folder.files.remove(*(destination / name for name in held))

    def _pieces(self, run: Run, client: Any) -> list[Piece]:
        """Cut the source; workers look for the line ends."""
        from stancekit.runs.cluster.tasks import explained

        def count(ranges: Sequence[tuple[str, int, int]]) -> Sequence[int]:
            with explained():
                counted: Sequence[int] = client.gather(
                    client.map(cutting.lines_in, ranges, pure=False)
                )
            return counted

        return cutting.cut(
            self.files,
            format=run.reading.format,
            count_lines=count,
            columns=partial(columns_of, format=run.reading.format, **run.reading.options),
            block=cutting.BLOCK,
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


def check_destination(destination: str, source: str, folder: RunFolder) -> None:
    """Refuse a place that is no folder for parts, or holds anything else.

    Raises
    ------
    InputError
        Says why it cannot be used.
    """
    fs, path = file_system(destination)
    other, origin = file_system(source)
    if type(fs) is type(other) and f"{path}/".startswith(f"{origin.rstrip('/')}/"):
        raise InputError(
            f"{destination}: is, or lies in, the source {source}, which is never changed. Choose a "
            "destination outside it."
        )
    if is_local(fs):
        check_parent(Path(path))
    if fs.isfile(path):
        raise InputError(f"{destination}: is a file. Dask writes a folder of parts: name a folder.")
    held = folder.files.sizes(folder.destination)
    strange = [name for name in held if not _is_own(name)]
    if strange or (held and _SUCCESS not in held and not folder.exists()):
        raise InputError(
            f"{destination}: holds files that are no run's ({min(strange or held)}). Name a folder "
            "that is empty or new."
        )


def _is_own(name: str) -> bool:
    return name == _SUCCESS or PurePath(name).match("part-*.parquet")


def _first(source: str, files: Sequence[File]) -> Source | None:
    """Open some of the source as one; None if it can be opened as a whole."""
    fs, _ = file_system(files[0].url)
    if len(files) == 1 and is_local(fs):
        return None
    first = {file.name: file for file in files[:SAMPLE]}
    return Source(Path(source), tuple(first), lambda name: source_of(first[name]).open(name))


def _absolute(place: str | Path) -> str:
    """Make a path whole: a worker may be at work in another folder."""
    return str(place) if "://" in str(place) else str(Path(place).absolute())
