"""`label_on_cluster`: what was asked for, checked, and carried out by Dask."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from stancekit.errors import ArgumentError, InputError
from stancekit.extras import extra
from stancekit.posts.files.source import Source
from stancekit.runs.arguments import run_for
from stancekit.runs.cluster.engine import SUCCESS, Cluster, is_own
from stancekit.runs.cluster.files import file_system, is_local, place_of
from stancekit.runs.cluster.listing import File, find_files
from stancekit.runs.cluster.pieces import check_divisible, source_of
from stancekit.runs.files import check_parent
from stancekit.runs.folder import RunFolder
from stancekit.runs.run import carry_out
from stancekit.runs.sources import Place, as_places
from stancekit.runs.summary import RunSummary

#: Files that are looked into for the names of a user's own columns.
SAMPLE: Final = 10


def label_on_cluster(
    source: Place | Sequence[Place],
    destination: Place,
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
        A file, a folder or a pattern (``"dumps/*.zst"``), as a path or a URL that fsspec opens;
        or a list of them. Each file is read by itself, and large JSON lines are cut again; posts
        that stand in two files are labelled in both. Every worker must see source and destination
        under the same name.
    destination
        Folder of Parquet parts, all with the same columns: a path or URL. ``_SUCCESS`` in it lists
        the parts once all are there.
    scheduler
        Address of a scheduler (``tcp://host:8786``); None starts processes here.
    workers
        How many processes to start; None for one per CPU core.
    **options
        As `stancekit.label_archive` takes them, but for ``n_jobs``, ``raw`` and ``excel``.

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
    if "n_jobs" in options:
        raise ArgumentError("n_jobs is not for a cluster: say how many processes with workers=")
    for name in {"raw", "excel"} & options.keys():
        raise ArgumentError(f"{name} is for a CSV, and a cluster writes Parquet: leave it out")
    if workers is not None and (scheduler is not None or workers < 1):
        raise ArgumentError(
            f"workers is {workers!r}: give 1 or more, and none with a scheduler, which has its own"
        )
    extra("distributed", "dask")
    places, destination = list(map(_absolute, as_places(source))), _absolute(destination)
    files = find_files(places)
    for place in places if options.get("format") is None else ():
        check_divisible(place, files if len(places) == 1 else find_files([place]))
    holder, output = place_of(destination)
    folder, engine = RunFolder(output, holder), Cluster(tuple(files), scheduler, workers)
    for place in places:
        check_destination(destination, place, folder)
    return carry_out(run_for(places, folder, engine, _first(places, files), **options))


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
    strange = [name for name in held if not is_own(name)]
    if strange or (held and SUCCESS not in held and not folder.exists()):
        raise InputError(
            f"{destination}: holds files that are no run's ({min(strange or held)}). Name a folder "
            "that is empty or new."
        )


def _first(places: Sequence[str], files: Sequence[File]) -> Source | None:
    """Open some of the source as one; None if it can be opened as a whole."""
    fs, _ = file_system(files[0].url)
    if len(files) == 1 and is_local(fs):
        return None
    first = {file.name: file for file in files[:SAMPLE]}
    return Source(Path(places[0]), tuple(first), lambda name: source_of(first[name]).open(name))


def _absolute(place: Place) -> str:
    """Make a path whole: a worker may be at work in another folder."""
    return str(place) if "://" in str(place) else str(Path(place).absolute())
