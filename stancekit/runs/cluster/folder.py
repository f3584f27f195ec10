"""The folder a run on Dask writes: Parquet parts, and what is known of each while it goes on.

::

    OUT/part-000000.parquet      finished parts, each put there in one step
    OUT/_SUCCESS                 the summary and the list of parts, once all are there
    OUT/_stancekit/run.json      what decides the parts; see `stancekit.runs.identity`
    OUT/_stancekit/*.done        what is known of each finished part
    OUT/_stancekit/*.rejects     its rows that could not be read

The folder ``_stancekit`` goes when the run ends. There is no journal that one process appends to:
a part and what is known of it are set down by the worker that made it, so they stand even if
whoever asked for them is gone, and object stores, which cannot append, will do.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import uuid4

import orjson

from stancekit.errors import InputError, RunError
from stancekit.runs.cluster.files import file_system, is_local
from stancekit.runs.folder import check_parent, saving_run, settle

_OWN: Final = ("_SUCCESS", "_stancekit")


@dataclass(frozen=True)
class PartFolder:
    """Where a run on Dask writes; `url` is a path or a URL of fsspec that every worker sees."""

    url: str

    @property
    def path(self) -> str:
        """The folder within its file system."""
        return file_system(self.url)[1].rstrip("/")

    @property
    def rejects(self) -> str:
        """``OUT.rejects.jsonl``, as the local engine calls it."""
        return f"{self.path}.rejects.jsonl"

    def part(self, index: int) -> str:
        """Labelled posts of one piece."""
        return f"{self.path}/part-{index:06d}.parquet"

    def state(self, name: str) -> str:
        """A file that goes when the run ends."""
        return f"{self.path}/_stancekit/{name}"

    def exists(self, path: str) -> bool:
        """Tell whether there is such a file."""
        return bool(file_system(self.url)[0].exists(path))

    def size(self, path: str) -> int | None:
        """Bytes of a file; None if it is not there."""
        fs, _ = file_system(self.url)
        with contextlib.suppress(FileNotFoundError):
            return int(fs.info(path)["size"])
        return None

    @contextlib.contextmanager
    def writing(self, path: str) -> Iterator[Path]:
        """Give a local file to write; it gets its name, whole, when the block ends."""
        fs, _ = file_system(self.url)
        if is_local(fs):
            final = Path(path)
            temporary = Path(self.state(f"{final.name}.{uuid4().hex}.tmp"))
            with saving_run(final):
                temporary.parent.mkdir(parents=True, exist_ok=True)
                try:
                    yield temporary
                    settle(temporary, final)
                finally:
                    temporary.unlink(missing_ok=True)
            return
        with TemporaryDirectory(prefix="stancekit-") as scratch:
            temporary = Path(scratch, "file")
            yield temporary
            with saving_run(Path(path)):
                fs.put_file(str(temporary), path)  # an object is there whole or not at all

    def write(self, path: str, data: bytes) -> None:
        """Write a small file whole."""
        with self.writing(path) as temporary:
            temporary.write_bytes(data)

    def read(self, path: str) -> bytes | None:
        """Read a small file; None if it is not there."""
        fs, _ = file_system(self.url)
        with contextlib.suppress(FileNotFoundError):
            data: bytes = fs.cat_file(path)
            return data
        return None

    def done(self) -> dict[int, Mapping[str, Any]]:
        """Read what is known of the finished parts, by the number of their piece."""
        fs, _ = file_system(self.url)
        # a listing that fsspec keeps would not know what workers wrote since
        fs.invalidate_cache()
        paths = fs.glob(self.state("*.done"))
        entries = (orjson.loads(data) for path in paths if (data := self.read(path)) is not None)
        return {entry["index"]: entry for entry in entries}

    def clear(self) -> None:
        """Throw away what an earlier run left, its identity last; not the lock."""
        fs, path = file_system(self.url)
        fs.invalidate_cache()
        _remove(fs, fs.find(path, maxdepth=1))  # parts and _SUCCESS: see check_destination
        self.tidy()

    def tidy(self) -> None:
        """Take away what only an unfinished run needs."""
        fs, path = file_system(self.url)
        fs.invalidate_cache()
        held = {Path(p).name: p for p in fs.find(f"{path}/_stancekit")}
        held.pop("lock", None)
        identity = held.pop("run.json", None)
        _remove(fs, list(held.values()))
        _remove(fs, [identity] if identity else [])


def _remove(fs: Any, paths: Sequence[str]) -> None:
    if paths:
        fs.rm(list(paths))


def check_destination(folder: PartFolder, source: str, *, force: bool) -> None:
    """Refuse a place that is no folder for parts, or holds anything else, or a finished run.

    Raises
    ------
    InputError
        When it cannot be used.
    RunError
        When a finished run is there and is not to be replaced.
    """
    fs, path = file_system(folder.url)
    other, origin = file_system(source)
    if type(fs) is type(other) and f"{path}/".startswith(f"{origin.rstrip('/')}/"):
        raise InputError(
            f"{folder.url}: is, or lies in, the source {source}, which is never changed. Choose a "
            "destination outside it."
        )
    if is_local(fs):
        check_parent(Path(path))
    if fs.isfile(path):
        raise InputError(f"{folder.url}: is a file. Dask writes a folder of parts: name a folder.")
    held = [Path(p).name for p in fs.ls(path, detail=False)] if fs.isdir(path) else []
    strange = [n for n in held if n not in _OWN and not n.startswith("part-")]
    if strange or (held and not set(held) & set(_OWN)):
        raise InputError(
            f"{folder.url}: holds files that are no run's ({min(strange or held)}). Name a folder "
            "that is empty or new."
        )
    if "_SUCCESS" in held and not force:
        raise RunError(
            f"{folder.url}: is already there. Choose another name, or replace it with force=True "
            "(--force)."
        )


@contextlib.contextmanager
def locked(folder: PartFolder) -> Iterator[None]:
    """Hold the folder for this process alone, where the file system has locks.

    Raises
    ------
    RunError
        When another process holds it.
    """
    fs, path = file_system(folder.url)
    if not is_local(fs):
        yield  # object stores have no locks
        return
    from filelock import FileLock, Timeout

    lock = Path(folder.state("lock"))
    with saving_run(Path(path)):
        lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        held = FileLock(lock, timeout=0)
        held.acquire()
    except Timeout:
        raise RunError(
            f"{folder.url}: another run is writing it at this moment. Wait for that run to end, "
            "or choose another destination."
        ) from None
    try:
        yield
    finally:
        if not folder.exists(folder.state("run.json")):  # nothing to go on from
            lock.unlink(missing_ok=True)
        held.release()
        with contextlib.suppress(OSError):  # only a folder that holds nothing
            lock.parent.rmdir()
            Path(path).rmdir()
