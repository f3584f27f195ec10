"""What a source is cut into: files, and large files of JSON lines cut again at line ends."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

from stancekit.errors import FormatError, InputError
from stancekit.posts.files.source import Source
from stancekit.posts.registry import TABLES, detect, detect_source
from stancekit.posts.tables.columns import ColumnMap
from stancekit.runs.cluster.files import file_system, is_local
from stancekit.runs.cluster.listing import File

#: Bytes of a piece of JSON lines: some 250,000 posts, ten seconds of one core's work.
BLOCK: Final = 1 << 26


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
    def size(self) -> int:
        """Bytes of it."""
        rest = self.file.size - self.start
        return rest if self.length is None else min(self.length, rest)

    @property
    def key(self) -> dict[str, Any]:
        """Tell the piece from any other, as plain values."""
        return {**asdict(self.file), "start": self.start, "length": self.length}


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
        "divides only what is whole in every file. Use label_archive for it"
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
