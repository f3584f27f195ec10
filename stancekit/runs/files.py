"""Write files whole or not at all, hold a folder for one process, and say what went wrong."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any, Final, Protocol
from uuid import uuid4

from filelock import FileLock, Timeout

from stancekit.errors import InputError, RunError

_MEND: Final = "Free some space or mend the cause, and run the same again."
_GO_ON: Final = (
    "Chunks already done are kept: free some space or mend the cause, and run the same again to "
    "go on."
)
LOCK: Final = "lock"


class Files(Protocol):
    """Where a run keeps its files: on a `DISK`, or in an object store that fsspec knows."""

    def title(self, path: Any) -> str:
        """How a path is told to people."""

    def exists(self, path: Any) -> bool:
        """Tell whether there is a file or folder."""

    def sizes(self, folder: Any) -> dict[str, int]:
        """Names in a folder and their bytes, or those of a file; none if nothing is there."""

    def open(self, path: Any) -> IO[bytes]:
        """Open a file for reading."""

    def write(self, path: Any, data: bytes) -> None:
        """Write a file whole. After a power cut it may be torn: it is for what is checked."""

    def writing(self, path: Any, scratch: Any) -> AbstractContextManager[Path]:
        """Give a local file to fill; it gets its name, whole and for good, when the block ends.

        Until then it lies in `scratch`, a folder beside, or on this machine.
        """

    def move(self, path: Any, final: Any) -> None:
        """Give a finished file or folder its name, in the place of what had it."""

    def remove(self, *paths: Any) -> None:
        """Take files and folders away, if they are there."""

    def locked(self, folder: Any, keep: Callable[[], bool]) -> AbstractContextManager[None]:
        """Make a folder and hold it for this process alone; it goes after that unless to keep.

        Raises
        ------
        RunError
            When another process holds it.
        """


class _Disk:
    def title(self, path: Path) -> str:
        return str(path)

    def exists(self, path: Path) -> bool:
        return path.exists()

    def sizes(self, folder: Path) -> dict[str, int]:
        sizes = {}
        with contextlib.suppress(FileNotFoundError):
            for path in folder.iterdir() if folder.is_dir() else [folder]:
                with contextlib.suppress(FileNotFoundError):
                    sizes[path.name] = path.stat().st_size
        return sizes

    def open(self, path: Path) -> IO[bytes]:
        return path.open("rb")

    def write(self, path: Path, data: bytes) -> None:
        temporary = path.with_name(f"{path.name}.{uuid4().hex}.tmp")  # no other writer has it
        with saving_run(path):
            temporary.write_bytes(data)
            temporary.replace(path)

    @contextlib.contextmanager
    def writing(self, path: Path, scratch: Path) -> Iterator[Path]:
        temporary = scratch / f"{path.name}.{uuid4().hex}.tmp"
        with saving_run(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                yield temporary
                settle(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)

    def move(self, path: Path, final: Path) -> None:
        with saving_run(final):
            final.parent.mkdir(parents=True, exist_ok=True)
            settle(path, final)

    def remove(self, *paths: Path) -> None:
        for path in paths:
            remove(path)

    @contextlib.contextmanager
    def locked(self, folder: Path, keep: Callable[[], bool]) -> Iterator[None]:
        with saving(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        try:
            lock.acquire()
        except (Timeout, FileNotFoundError):  # the folder goes when the other run ends just now
            raise RunError(
                f"{folder}: another run is writing here at this moment. Wait for that run to end, "
                "or choose another destination."
            ) from None
        try:
            yield
        finally:  # the system lets go of the lock when the process ends, however it ends
            empty = not keep()
            if empty:
                # Unlinked while it is held, the lock cannot be taken by a run that found the old
                # folder. Windows does not unlink an open file: there it is done after letting go.
                _take_away(folder)
            lock.release()
            if empty and os.name == "nt":
                _take_away(folder)


DISK: Final[Files] = _Disk()


def _take_away(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / LOCK).unlink()
        folder.rmdir()


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


def check_replaceable(path: Path) -> None:
    """Refuse a device or a pipe as a place to write: a rename would put a file in its place.

    Raises
    ------
    InputError
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise InputError(f"{path}: is no regular file, and is not replaced. Choose another name.")


@contextlib.contextmanager
def saving(path: Any, advice: str = _MEND) -> Iterator[None]:
    """Turn a failed write (disk full, no permission) under `path` into a `RunError`."""
    try:
        yield
    except OSError as error:
        what = error.strerror or error
        raise RunError(f"{path}: could not be written ({what}). {advice}") from error


def saving_run(path: Any) -> AbstractContextManager[None]:
    """`saving` for what a run writes: it goes on from the chunks that are done."""
    return saving(path, _GO_ON)


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a file beside `path` to fill: it gets that name when the block ends, or goes.

    Raises
    ------
    RunError
        When it cannot be written.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    with saving(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        remove(temporary)
        try:
            yield temporary
            settle(temporary, path)
        finally:
            remove(temporary)


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


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
