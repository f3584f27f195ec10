"""A file, a folder or an archive, seen as one tree of named byte streams.

Readers ask a :class:`Source` for names and streams and need not care what it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from pathlib import Path, PurePosixPath
from types import TracebackType

from stancekit.errors import InputError

HEAD = 1 << 16
"""How many bytes of a file detection looks at."""

HEADS_KEPT = 256
"""How many of them are kept while a source is open."""

BUFFER = 1 << 18
"""How many bytes a stream reads ahead; more than :data:`HEAD`, so that it can be peeked at."""


@dataclass(frozen=True)
class Source:
    """Named byte streams of one export.

    Attributes
    ----------
    path : Path
        Where the export lies.
    names : tuple of str
        Names inside it, with ``/`` between parts; files of the operating system left out.
    opener : callable
        ``opener(name)`` gives a buffered binary stream from the start of that file.
    closer : callable
        Lets go of the archive.
    """

    path: Path
    names: tuple[str, ...]
    opener: Callable[[str], BufferedReader]
    closer: Callable[[], None] = lambda: None
    _heads: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def open(self, name: str) -> BufferedReader:
        """Open one file for reading; the caller closes it."""
        return self.opener(name)

    def head(self, name: str, size: int = HEAD) -> bytes:
        """Return the first bytes of one file.

        Those of :data:`HEAD` are kept for the next format that asks: to come to a file in a
        tar.gz again takes as long as to unpack all before it.
        """
        if size > HEAD:
            with self.open(name) as stream:
                return stream.read(size)
        head = self._heads.get(name)
        if head is None:
            with self.open(name) as stream:
                head = stream.read(HEAD)
            if len(self._heads) < HEADS_KEPT:
                self._heads[name] = head
        return head[:size]

    def find(self, *base_names: str) -> tuple[str, ...]:
        """Return the names whose last part is one of ``base_names``, the least deep first."""
        wanted = frozenset(base_names)
        found = [name for name in self.names if PurePosixPath(name).name in wanted]
        return tuple(sorted(found, key=lambda name: (name.count("/"), name)))

    def close(self) -> None:
        """Let go of the archive."""
        self.closer()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_source(path: str | os.PathLike[str]) -> Source:
    """Open a file, folder, or zip, tar, gzip or Zstandard file (told apart by their first bytes).

    The files of a folder may be under gzip or Zstandard too; they keep their names.

    Raises
    ------
    InputError
        If nothing is there, or it cannot be read.
    FormatError
        If an archive is damaged or unsafe.
    """
    from stancekit.posts.files.containers import CONTAINERS

    place = Path(path)
    try:
        if place.is_dir():
            return _folder(place)
        with place.open("rb") as stream:
            head = stream.read(1024)
    except FileNotFoundError:
        raise InputError(f"{place}: no such file or folder; check the path") from None
    except OSError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror or error})") from error
    for container in CONTAINERS:
        if container.sniff(head):
            return container.open(place)
    return Source(place, (place.name,), lambda _: _open_file(place))


def is_junk(name: str) -> bool:
    """Tell whether a file was put there by the operating system, not by the export."""
    parts = PurePosixPath(name).parts
    return (
        "__MACOSX" in parts
        or any(part.startswith(".") for part in parts)
        or (bool(parts) and parts[-1].lower() in {"thumbs.db", "desktop.ini"})
    )


def _folder(place: Path) -> Source:
    from stancekit.posts.files.compressed import open_compressed

    def open_member(name: str) -> BufferedReader:
        return open_compressed(place / name) or _open_file(place / name)

    root = place.resolve()
    names = []
    for folder, _, files in os.walk(place):  # does not follow links to folders
        for file in files:
            whole = Path(folder, file)
            name = whole.relative_to(place).as_posix()
            if not is_junk(name) and whole.is_file() and whole.resolve().is_relative_to(root):
                names.append(name)
    return Source(place, tuple(sorted(names)), open_member)


def _open_file(place: Path) -> BufferedReader:
    return BufferedReader(FileIO(place), BUFFER)
