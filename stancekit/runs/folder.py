"""The folder of an unfinished run, beside its destination, and the lock that guards it."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from stancekit.errors import InputError, RunError

_MEND: Final = "Free some space or mend the cause, and run the same again."
_GO_ON: Final = (
    "Chunks already done are kept: free some space or mend the cause, and run the same again to "
    "go on."
)


@dataclass(frozen=True)
class RunFolder:
    """Where an unfinished run keeps its things; every name hangs on the destination's."""

    destination: Path

    @property
    def path(self) -> Path:
        """``OUT.stancekit-run``: same disk as the destination, so that one rename finishes."""
        return self.destination.with_name(f"{self.destination.name}.stancekit-run")

    @property
    def journal(self) -> Path:
        """The journal; see `stancekit.runs.journal`."""
        return self.path / "journal.jsonl"

    @property
    def lock(self) -> Path:
        """The file whose lock says that a run is at work."""
        return self.path / "lock"

    @property
    def output(self) -> Path:
        """The destination while it is being written."""
        return self.path / f"output{self.destination.suffix}"

    @property
    def rejects(self) -> Path:
        """The rejected rows while they are being found."""
        return self.path / "rejects.jsonl"

    @property
    def final_rejects(self) -> Path:
        """``OUT.rejects.jsonl``, where the user finds them."""
        return self.destination.with_name(f"{self.destination.name}.rejects.jsonl")

    def part(self, index: int) -> Path:
        """Labelled posts of one chunk."""
        return self.path / f"part-{index:05d}.arrow"

    def clear(self) -> None:
        """Throw away what an earlier run left, its journal last; not the lock."""
        for path in self.path.iterdir():
            if path not in (self.lock, self.journal):
                remove(path)
        self.journal.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(folder: RunFolder) -> Iterator[None]:
    """Make the folder if need be, and hold it for this process alone.

    The operating system lets go of the lock when the process ends, however it ends. A folder
    without parts holds nothing worth keeping and is taken away again.

    Raises
    ------
    RunError
        When another process holds it.
    """
    with saving(folder.destination):
        folder.path.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(folder.lock, timeout=0)
        lock.acquire()
    except (Timeout, FileNotFoundError):  # the folder vanishes when the other run ends just now
        raise RunError(
            f"{folder.destination}: another run is writing it at this moment. Wait for that run "
            "to end, or choose another destination."
        ) from None
    try:
        yield
    finally:
        empty = not any(folder.path.glob("part-*.arrow"))
        if empty:
            folder.clear()
            # Unlinked while it is held, the lock cannot be taken by a run that found the old
            # folder. Windows does not unlink an open file: there it is done after letting go.
            _take_away(folder)
        lock.release()
        if empty and os.name == "nt":
            _take_away(folder)


def _take_away(folder: RunFolder) -> None:
    with contextlib.suppress(OSError):
        folder.lock.unlink()
        folder.path.rmdir()


def check_parent(path: Path) -> None:
    """Refuse a place to write whose folder neither is there nor can be made.

    Raises
    ------
    InputError
        Names what stands in the way.
    """
    above = next(folder for folder in path.absolute().parents if folder.exists())
    if not above.is_dir():
        raise InputError(f"{path}: {above} is a file, not a folder. Choose another place.")
    if not os.access(above, os.W_OK):
        raise InputError(f"{path}: you may not write in {above}. Choose another place.")


@contextlib.contextmanager
def saving(path: Path, advice: str = _MEND) -> Iterator[None]:
    """Turn a failed write (disk full, no permission) under `path` into a `RunError`."""
    try:
        yield
    except OSError as error:
        what = error.strerror or error
        raise RunError(f"{path}: could not be written ({what}). {advice}") from error


def saving_run(path: Path) -> contextlib.AbstractContextManager[None]:
    """`saving` for what a run writes: it goes on from the chunks that are done."""
    return saving(path, _GO_ON)


def settle(temporary: Path, final: Path) -> None:
    """Give a complete file or folder its name in one step; it is on the disk before that."""
    for path in temporary.iterdir() if temporary.is_dir() else [temporary]:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    if temporary.is_dir():
        _sync_folder(temporary)
        remove(final)  # no system puts a folder in the place of a full one
    temporary.replace(final)
    _sync_folder(final.parent)


def remove(path: Path) -> None:
    """Take a file or a folder away, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def is_taken(path: Path) -> bool:
    """Tell whether something is there; an empty folder is nothing."""
    return any(path.iterdir()) if path.is_dir() else path.exists()


def size_of(path: Path) -> int:
    """Bytes of a file, or of the files of a folder."""
    found = path.iterdir() if path.is_dir() else [path]
    return sum(one.stat().st_size for one in found)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
