"""What a source is, told by its contents: the same posts elsewhere are the same source."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from stancekit.errors import InputError, RunError
from stancekit.runs.folder import check_parent
from stancekit.runs.output.outputs import is_parts

#: Photos and films of a personal download carry no post text. They count by name and size only,
#: so a 20 GB archive is known in the time it takes to read its words.
_MEDIA = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"}
    | {".mp4", ".mov", ".webm", ".m4v", ".avi", ".mp3", ".m4a", ".ogg", ".opus"}
)
_BLOCK = 1 << 20

#: File name, size in bytes, and time of the last change in nanoseconds.
Stamp = tuple[str, int, int]


def check_places(source: Path, destination: Path, folder: bool = False) -> None:
    """Refuse places that would harm the source or lose the output.

    Raises
    ------
    InputError
        When the source is not there, or the destination is the source or lies in it, is a
        folder and `folder` does not say that it is to be one, or lies where none can be made.
    """
    if not source.exists():
        raise InputError(f"{source}: no such file or folder. Check the path.")
    whole, target = source.resolve(), destination.resolve()
    if whole == target or whole in target.parents:
        raise InputError(
            f"{destination}: is, or lies in, the source {source}, which is never changed. Choose a "
            "destination outside it."
        )
    if target in whole.parents:
        raise InputError(
            f"{destination}: the source {source} lies in it, which is never changed. Choose "
            "another destination."
        )
    check_parent(destination)
    if target.is_dir() and not folder:
        raise InputError(f"{destination}: is a folder. Give the name of a file to write.")
    if target.is_dir() and not is_parts(target):
        raise InputError(
            f"{destination}: is a folder that holds other things than Parquet parts, which would "
            "be lost. Give the name of a new folder."
        )


def source_digest(source: Path) -> dict[str, object]:
    """Size and SHA-256 of a file, or of a folder's listing and contents.

    Parameters
    ----------
    source
        A file or a folder. Neither its own name nor its place counts.

    Returns
    -------
    dict
        ``size`` in bytes and ``sha256`` in hex.

    Raises
    ------
    RunError
        When the source is not there or cannot be read.
    """
    try:
        if source.is_file():
            return {"size": source.stat().st_size, "sha256": _file_sha256(source)}
        return _folder_digest(source)
    except OSError as error:
        raise unreadable(source, error) from error


def source_stamps(source: Path) -> tuple[Stamp, ...]:
    """Sizes and times of the source's files: cheap enough to compare before and after a run."""
    try:
        return tuple(
            (name, path.stat().st_size, path.stat().st_mtime_ns) for name, path in _files(source)
        )
    except OSError as error:
        raise unreadable(source, error) from error


def unreadable(source: Path, error: OSError) -> RunError:
    """Say that the source went away or cannot be read, and what to do."""
    what = error.strerror or str(error)
    where = error.filename or source
    return RunError(
        f"{where}: cannot be read ({what}). Put the source back where it was and run the same "
        "again: chunks already done are kept."
    )


def _files(source: Path) -> Iterator[tuple[str, Path]]:
    if source.is_file():
        yield source.name, source
        return
    found = [path for path in source.rglob("*") if path.is_file()]
    if not found and not source.is_dir():
        raise FileNotFoundError(2, "no such file or folder", str(source))
    yield from sorted((path.relative_to(source).as_posix(), path) for path in found)


def _folder_digest(folder: Path) -> dict[str, object]:
    total, listing = 0, hashlib.sha256()
    for name, path in _files(folder):
        size = path.stat().st_size
        total += size
        content = "" if path.suffix.lower() in _MEDIA else _file_sha256(path)
        listing.update(f"{name}\0{size}\0{content}\n".encode("utf-8", "surrogateescape"))
    return {"size": total, "sha256": listing.hexdigest()}


def _file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
