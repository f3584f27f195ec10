"""The files of a source, wherever they lie, and what tells one listing from another."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from stancekit.errors import InputError
from stancekit.posts.files.source import is_junk
from stancekit.runs.cluster.files import file_system
from stancekit.runs.sources import folder_of, within

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


def find_files(places: Sequence[str]) -> list[File]:
    """List the files of a source in the order in which the local engine would read them.

    Parameters
    ----------
    places
        Files, folders, or patterns with ``*``; paths or URLs of fsspec, of one kind. Files that
        the operating system put there are left out, and those whose name begins with ``_``, as
        Spark and Dask name what is no data.

    Raises
    ------
    InputError
        If nothing is there, or they lie in different stores.
    """
    found: dict[str, tuple[Any, dict[str, Any]]] = {}
    roots: list[str] = []
    for place in places:
        fs, root = file_system(place)
        if any(type(fs) is not type(other) for other, _ in found.values()):
            raise InputError(f"{place}: lies in another store than {places[0]}. Read them apart.")
        infos = _infos(fs, root)
        if not infos:
            raise _nothing(place)
        roots += [root] if fs.isdir(root) else infos
        found |= {path: (fs, infos[path]) for path in sorted(infos) if path not in found}
    base = roots[0] if len(roots) == 1 and roots[0] not in found else folder_of(roots)
    files = [
        File(fs.unstrip_protocol(path), within(path, base), int(info["size"] or 0), _mark(info))
        for path, (fs, info) in found.items()
    ]
    files = [file for file in files if _is_data(file.name)]
    if not files:
        raise _nothing(places[0])
    return files


def _infos(fs: Any, root: str) -> dict[str, Any]:
    if fs.isdir(root):
        found: dict[str, Any] = fs.find(root, detail=True)
        return found
    found = {root: fs.info(root)} if fs.isfile(root) else fs.glob(root, detail=True)
    return {path: info for path, info in found.items() if info["type"] == "file"}


def _nothing(place: str) -> InputError:
    return InputError(f"{place}: no such file or folder, or no file in it. Check the path.")


def listing_digest(files: Sequence[File]) -> dict[str, object]:
    """Describe the source by names, sizes and marks: it may be too large to be read twice."""
    lines = "".join(f"{file.name}\0{file.size}\0{file.mark}\n" for file in files)
    digest = hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
    return {"files": len(files), "size": sum(file.size for file in files), "sha256": digest}


def _is_data(name: str) -> bool:
    return not is_junk(name) and not any(p.startswith("_") for p in PurePosixPath(name).parts)


def _mark(info: dict[str, Any]) -> str:
    return next((str(info[name]) for name in _MARKS if info.get(name) is not None), "")
