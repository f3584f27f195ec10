"""Files wherever fsspec finds them."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any

from stancekit.errors import InputError
from stancekit.extras import extra
from stancekit.runs.files import DISK, Files, saving_run


def file_system(url: str) -> tuple[Any, str]:
    """Give the fsspec file system of a path or URL, and the path within it.

    Raises
    ------
    InputError
        If the protocol is not known, or needs a library that is not installed.
    """
    try:
        fs, path = extra("fsspec.core", "dask").url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}. Give a path, or a URL that fsspec can open") from error
    return fs, str(path)


def is_local(fs: Any) -> bool:
    """Tell whether a file system is the one that Python's own `open` sees."""
    return "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)


def place_of(url: str) -> tuple[Files, PurePath]:
    """Give what holds the files at a path or URL, and the path within it."""
    fs, path = file_system(url)
    if is_local(fs):
        return DISK, Path(path)
    return _ObjectStore(fs), PurePosixPath(path)


class _ObjectStore:
    """An object is there whole or not at all, and nothing can be renamed or locked."""

    def __init__(self, fs: Any) -> None:
        self._fs = fs

    def title(self, path: PurePath) -> str:
        return str(self._fs.unstrip_protocol(str(path)))

    def exists(self, path: PurePath) -> bool:
        return bool(self._fs.exists(str(path)))

    def sizes(self, folder: PurePath) -> dict[str, int]:
        self._fs.invalidate_cache()  # a listing that fsspec keeps does not know what workers wrote
        with contextlib.suppress(FileNotFoundError):
            held = self._fs.ls(str(folder), detail=True)
            return {PurePosixPath(one["name"]).name: int(one["size"] or 0) for one in held}
        return {}

    def open(self, path: PurePath) -> IO[bytes]:
        stream: IO[bytes] = self._fs.open(str(path), "rb")
        return stream

    def write(self, path: PurePath, data: bytes) -> None:
        with saving_run(path):
            self._fs.pipe_file(str(path), data)

    @contextlib.contextmanager
    def writing(self, path: PurePath, scratch: PurePath) -> Iterator[Path]:
        with TemporaryDirectory(prefix="stancekit-") as here:
            yield Path(here, "file")
            with saving_run(path):
                self._fs.put_file(str(Path(here, "file")), str(path))

    def move(self, path: PurePath, final: PurePath) -> None:
        with saving_run(final):
            self._fs.mv(str(path), str(final))

    def remove(self, *paths: PurePath) -> None:
        present = [str(path) for path in paths if self.exists(path)]
        if present:
            self._fs.rm(present)

    @contextlib.contextmanager
    def locked(self, folder: PurePath, keep: Callable[[], bool]) -> Iterator[None]:
        try:
            yield
        finally:
            keep()
