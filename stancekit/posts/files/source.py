"""A file, a folder or an archive, seen as one tree of named byte streams.

Readers ask a :class:`Source` for names and streams and need not care what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final

from stancekit.posts.limits import HEAD_BYTES, HEADS_KEPT, KEPT_CHARACTERS

COMPRESSED: Final = frozenset((".gz", ".zst", ".zstd"))
"""How names of single files end that are read as the file inside them."""


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
        ``opener(name)`` gives a buffered binary stream from the start of that file. Readers call
        :meth:`open`, detection may call this: what is opened counts as read.
    closer : callable
        Lets go of the archive.
    sizer : callable
        ``sizer(name)`` gives the bytes of that file; None if they are not known.
    passed : tuple of str
        What lies there and is in none of ``names``: files of the operating system, links to
        elsewhere, earlier files of a name that comes again.
    """

    path: Path
    names: tuple[str, ...]
    opener: Callable[[str], BufferedReader]
    closer: Callable[[], None] = lambda: None
    sizer: Callable[[str], int | None] = lambda _: None
    passed: tuple[str, ...] = ()
    _opened: set[str] = field(default_factory=set, repr=False, compare=False)
    _kept: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _heads: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def open(self, name: str) -> BufferedReader:
        """Open one file for reading; the caller closes it."""
        self._opened.add(name)
        return self.opener(name)

    @property
    def unread(self) -> tuple[str, ...]:
        """Names of the files that nobody has opened; a look at its head opens none."""
        return tuple(name for name in self.names if name not in self._opened)

    def only(self, name: str) -> Source:
        """Give a view of this source in which one file is alone; what it opens is opened here."""
        return Source(self.path, (name,), self.opener, sizer=self.sizer, _opened=self._opened)

    def kept(self, key: str, make: Callable[[], str]) -> str:
        """Make a text about this source once, and keep it for the next that asks.

        Those past :data:`KEPT_CHARACTERS` together are made again.
        """
        text = self._kept.get(key)
        if text is None:
            text = make()
            if sum(map(len, self._kept.values())) + len(text) <= KEPT_CHARACTERS:
                self._kept[key] = text
        return text

    def head(self, name: str, size: int = HEAD_BYTES) -> bytes:
        """Return the first bytes of one file.

        Those of :data:`HEAD_BYTES` are kept for the next format that asks: to come to a file in a
        tar.gz again takes as long as to unpack all before it.
        """
        if size > HEAD_BYTES:
            with self.opener(name) as stream:
                return stream.read(size)
        head = self._heads.get(name)
        if head is None:
            with self.opener(name) as stream:
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
        >>> source = Source(Path("a.zip"), ("a.CSV", "b.jpg", "c.csv.gz"), lambda name: None)
        >>> source.named(".csv", ".tsv")
        ('a.CSV', 'c.csv.gz')
        """
        if len(self.names) == 1:
            return self.names
        return tuple(name for name in self.names if suffix_of(name) in suffixes)

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


def suffix_of(name: str) -> str:
    """Return how the name of a file ends, in small letters; of a compressed one, what is in it.

    Examples
    --------
    >>> suffix_of("data/Posts.CSV"), suffix_of("posts.json.gz"), suffix_of("README")
    ('.csv', '.json', '')
    """
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in COMPRESSED else path.suffix


def is_junk(name: str) -> bool:
    """Tell whether a file was put there by the operating system, not by the export."""
    parts = PurePosixPath(name).parts
    return (
        "__MACOSX" in parts
        or any(part.startswith(".") and part != ".rels" for part in parts)  # a part of a workbook
        or (bool(parts) and parts[-1].lower() in {"thumbs.db", "desktop.ini"})
    )
