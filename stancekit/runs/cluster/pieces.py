"""What a source is cut into: files, and large files of JSON lines cut again at line ends."""

import contextlib
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from io import BufferedReader
from pathlib import Path, PurePosixPath
from posixpath import commonpath
from typing import Any, Final

from stancekit.errors import FormatError, InputError
from stancekit.posts.files.source import Source, is_junk
from stancekit.posts.registry import TABLES, detect, detect_source
from stancekit.posts.tables.columns import ColumnMap
from stancekit.runs.cluster.files import file_system, is_local

#: Bytes of a piece of JSON lines: some 250,000 posts, ten seconds of one core's work.
BLOCK: Final = 1 << 26

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


@dataclass(frozen=True)
class Piece:
    """What one task labels: a file, or the lines that begin in a range of its bytes.

    Attributes
    ----------
    index
        Its place in the source.
    file
        The file.
    start, length
        The range of bytes; None for the whole file.
    first_line
        Number of its first line.
    columns
        Which columns of the file are what, found at the file's start.
    """

    index: int
    file: File
    start: int = 0
    length: int | None = None
    first_line: int = 1
    columns: ColumnMap | None = None

    @property
    def key(self) -> dict[str, Any]:
        """Tell the piece from any other, as plain values."""
        return {**asdict(self.file), "start": self.start, "length": self.length}


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


def check_divisible(source: str, files: Sequence[File]) -> None:
    """Refuse a folder whose files are one export only together, such as an X archive.

    Raises
    ------
    InputError
        Says so.
    """
    fs, root = file_system(source)
    if not is_local(fs) or len(files) < 2 or not Path(root).is_dir():
        return
    try:
        whole = detect(root)
    except FormatError:
        return  # whichever file cannot be read will say so itself
    with contextlib.suppress(FormatError):
        if whole in TABLES or detect_source(source_of(files[0])).name == whole.name:
            return
    raise InputError(
        f"{source}: one export of the format {whole.name!r}, whose files belong together: Dask "
        "divides only what is whole in every file. Use label_archive, or no --engine"
    )


def cut(
    files: Sequence[File],
    *,
    format: str | None,  # noqa: A002
    count_lines: Callable[[Sequence[tuple[str, int, int]]], Sequence[int]],
    columns: Callable[[Source], ColumnMap | None],
    block: int = BLOCK,
) -> list[Piece]:
    """Cut a source into pieces.

    Parameters
    ----------
    files
        As `find_files` gives them.
    format
        The format's name, if it was stated.
    count_lines
        Counts lines that begin in ranges ``(url, start, length)``.
    columns
        Finds the columns at the start of a file.
    block
        Bytes of a piece.
    """
    pieces: list[Piece] = []
    for file in files:
        if file.size <= block or not _is_divisible(file, format):
            pieces.append(Piece(0, file))
            continue
        known = columns(source_of(file, 0, block))
        starts = range(0, file.size, block)
        counted = count_lines([(file.url, start, block) for start in starts])
        first = 1
        for start, lines in zip(starts, counted, strict=True):
            pieces.append(Piece(0, file, start, block, first, known))
            first += lines
    return [replace(piece, index=index) for index, piece in enumerate(pieces)]


def lines_in(where: tuple[str, int, int]) -> int:
    """Count the lines that begin in a range of bytes."""
    return read_range(*where).count(b"\n")


def read_range(url: str, start: int, length: int) -> bytes:
    """Read the lines that begin after `start`, and up to ``start + length``, whole."""
    from fsspec.utils import read_block

    fs, path = file_system(url)
    with fs.open(path, "rb") as file:
        data: bytes = read_block(file, start, length, delimiter=b"\n")
    return data


def source_of(file: File, start: int = 0, length: int | None = None) -> Source:
    """Open a file, or the lines in a range of it, as a source of its own."""
    from io import BytesIO

    def opener(_: str) -> BufferedReader:
        if length is None:
            fs, path = file_system(file.url)
            return BufferedReader(fs.open(path, "rb"))
        data = BytesIO(read_range(file.url, start, length))
        return BufferedReader(data)

    return Source(Path(file.name), (file.name,), opener)


def _is_divisible(file: File, format: str | None) -> bool:  # noqa: A002
    """Tell whether a file is JSON lines whose line ends are single bytes."""
    if format not in (None, "jsonl"):
        return False
    source = source_of(file)
    if source.head(file.name, 2) in (b"\xff\xfe", b"\xfe\xff"):
        return False
    try:
        return detect_source(source).name == "jsonl"
    except FormatError:
        return False


def _is_data(name: str) -> bool:
    return not is_junk(name) and not any(p.startswith("_") for p in PurePosixPath(name).parts)


def _within(path: str, base: str) -> str:
    place = PurePosixPath(path)
    return place.relative_to(base).as_posix() if place.is_relative_to(base) else place.as_posix()


def _mark(info: dict[str, Any]) -> str:
    return next((str(info[name]) for name in _MARKS if info.get(name) is not None), "")


def renamed(source: Source, name: str) -> Source:
    """Give the files of an opened archive the names the local engine would give them."""
    if source.names == (name,):
        return source
    inner = {_outer(source, name, own): own for own in source.names}
    return replace(source, names=tuple(inner), opener=lambda wanted: source.open(inner[wanted]))


def _outer(source: Source, name: str, own: str) -> str:
    if len(source.names) == 1:
        return PurePosixPath(name).with_name(PurePosixPath(own).name).as_posix()
    return f"{name}/{own}"
