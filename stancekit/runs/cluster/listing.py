"""The files of a source, wherever they lie, and what tells one listing from another."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import commonpath
from typing import Any, Final

from stancekit.errors import InputError
from stancekit.posts.files.source import is_junk
from stancekit.runs.cluster.files import file_system

#: What file systems call the mark that changes with a file's content.
_MARKS: Final = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "created")


@dataclass(frozen=True)
class File:
    """One file of the source.

    Attributes
    ----------
    url
        Where it lies, for fsspec.
    name
        Its name within the source, as ``source_ref`` shows it.
    size
        Bytes.
    mark
        What changes when its content does: a tag or a time, as the file system has it.
    """

    url: str
    name: str
    size: int
    mark: str


def find_files(source: str) -> list[File]:
    """List the files of a source in the order in which the local engine would read them.

    Parameters
    ----------
    source
        A file, a folder, or a pattern with ``*``; a path or a URL of fsspec. Files that the
        operating system put there are left out, and those whose name begins with ``_``, as Spark
        and Dask name what is no data.

    Raises
    ------
    InputError
        If nothing is there.
    """
    fs, root = file_system(source)
    if fs.isdir(root):
        infos, base = fs.find(root, detail=True), root
    else:
        found = {root: fs.info(root)} if fs.isfile(root) else fs.glob(root, detail=True)
        infos = {path: info for path, info in found.items() if info["type"] == "file"}
        base = commonpath([str(PurePosixPath(path).parent) for path in infos]) if infos else ""
    files = [
        File(fs.unstrip_protocol(path), _within(path, base), int(info["size"] or 0), _mark(info))
        for path, info in infos.items()
    ]
    files = sorted((file for file in files if _is_data(file.name)), key=lambda file: file.name)
    if not files:
        raise InputError(f"{source}: no such file or folder, or no file in it. Check the path.")
    return files


def listing_digest(files: Sequence[File]) -> dict[str, object]:
    """Describe the source by names, sizes and marks: it may be too large to be read twice."""
    lines = "".join(f"{file.name}\0{file.size}\0{file.mark}\n" for file in files)
    digest = hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
    return {"files": len(files), "size": sum(file.size for file in files), "sha256": digest}


def _is_data(name: str) -> bool:
    return not is_junk(name) and not any(p.startswith("_") for p in PurePosixPath(name).parts)


def _within(path: str, base: str) -> str:
    place = PurePosixPath(path)
    return place.relative_to(base).as_posix() if place.is_relative_to(base) else place.as_posix()


def _mark(info: dict[str, Any]) -> str:
    return next((str(info[name]) for name in _MARKS if info.get(name) is not None), "")
