"""What a run on Dask was asked to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.runs.cluster.folder import PartFolder
from stancekit.runs.labeller import Labeller
from stancekit.runs.reading import Reading


@dataclass(frozen=True)
class ClusterRun:
    """All that was asked for, checked and loaded.

    Attributes
    ----------
    source
        A file, a folder or a pattern; a path or a URL of fsspec.
    reading
        How to read a piece; its own source is not looked at.
    labeller
        How to label.
    folder, select, resume, force, progress
        As `stancekit.runs.run.Run` has them.
    scheduler, workers
        As `stancekit.runs.cluster.connect.connected` takes them.
    """

    source: str
    reading: Reading
    labeller: Labeller
    folder: PartFolder
    select: Sequence[str] | None = None
    resume: bool = True
    force: bool = False
    progress: bool | None = None
    scheduler: str | None = None
    workers: int | None = None
