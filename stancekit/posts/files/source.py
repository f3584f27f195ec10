"""A file, a folder or an archive, seen as one tree of named byte streams.

Readers ask a :class:`Source` for names and streams and need not care what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path, PurePosixPath
from types import TracebackType

from stancekit.posts.limits import HEAD_BYTES, HEADS_KEPT


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

    def head(self, name: str, size: int = HEAD_BYTES) -> bytes:
        """Return the first bytes of one file.

        Those of :data:`HEAD_BYTES` are kept for the next format that asks: to come to a file in a
        tar.gz again takes as long as to unpack all before it.
        """
        if size > HEAD_BYTES:
            with self.open(name) as stream:
                return stream.read(size)
        head = self._heads.get(name)
        if head is None:
            with self.open(name) as stream:
                head = stream.read(HEAD_BYTES)
            if len(self._heads) < HEADS_KEPT:
                self._heads[name] = head
        return head[:size]

    def find(self, *base_names: str) -> tuple[str, ...]:
        """Return the names whose last part is one of ``base_names``, the least deep first."""
        wanted = frozenset(base_names)
        found = [name for name in self.names if PurePosixPath(name).name in wanted]
        return tuple(sorted(found, key=lambda name: (name.count("/"), name)))

    def named(self, *suffixes: str) -> tuple[str, ...]:
        """Return the names that end in one of ``suffixes``; the only file, however it is called.

        Examples
        --------
        >>> source = Source(Path("a.zip"), ("a.CSV", "b.jpg"), opener=lambda name: None)
        >>> source.named(".csv", ".tsv")
        ('a.CSV',)
        """
        if len(self.names) == 1:
            return self.names
        return tuple(n for n in self.names if PurePosixPath(n).suffix.lower() in suffixes)

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


def is_junk(name: str) -> bool:
    """Tell whether a file was put there by the operating system, not by the export."""
    parts = PurePosixPath(name).parts
    return (
        "__MACOSX" in parts
        or any(part.startswith(".") for part in parts)
        or (bool(parts) and parts[-1].lower() in {"thumbs.db", "desktop.ini"})
    )
