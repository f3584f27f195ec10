"""How far the reading of a source has come, in bytes: the total that progress is shown of."""

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from stancekit.posts.files.compressed import packed_place
from stancekit.posts.files.source import Source
from stancekit.posts.files.unread import MEDIA
from stancekit.posts.limits import BUFFER_BYTES
from stancekit.posts.reader import Reader

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Meter:
    """Counts the bytes that are read of some places, one after the other.

    Of a place that is packed, or holds more than posts, it is told what share of the files that
    its reader is to read has been read.

    Parameters
    ----------
    sizes : sequence of int
        Bytes of each place.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = sizes
        self._begun = 0
        self._wanted: dict[str, int] = {}
        self._read: dict[str, int] = {}

    @property
    def place(self) -> int:
        """Bytes of all places up to where the reading is."""
        before = sum(self._sizes[: max(self._begun - 1, 0)])
        total = sum(self._wanted.values())
        if not self._begun or not total:
            return before
        read = sum(min(self._read.get(name, 0), size) for name, size in self._wanted.items())
        return before + self._sizes[self._begun - 1] * read // total

    def watched(self, source: Source, reader: Reader) -> Source:
        """Begin the next place, and give it so that what is read of its files is counted."""
        self._begun += 1
        self._read, self._wanted = {}, {}
        for name in source.names:
            beside = reader.beside is not None and reader.beside.fullmatch(name)
            if not beside and PurePosixPath(name.lower()).suffix not in MEDIA:
                with suppress(OSError, LookupError):  # gone: whoever reads it will say so
                    self._wanted[name] = source.sizer(name) or 0
        if len(source.names) == 1 and source.sizer(source.names[0]) is None:
            # nobody knows what it unpacks to: the packed bytes are counted
            self._wanted = {source.names[0]: self._sizes[self._begun - 1]}

        def opener(name: str) -> io.BufferedReader:
            return io.BufferedReader(_Counted(source.opener(name), name, self._read), BUFFER_BYTES)

        return replace(source, opener=opener)


class _Counted(io.RawIOBase):
    """A stream that notes how many of its bytes were read, those read again once."""

    def __init__(self, inner: io.BufferedReader, name: str, read: dict[str, int]) -> None:
        self._inner, self._name, self._noted = inner, name, read
        self._end = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._inner.seekable()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        count = self._inner.readinto(buffer)
        packed = packed_place(self._inner)
        if packed is not None:
            self._noted[self._name] = max(self._noted.get(self._name, 0), packed)
            return count
        end = self._inner.tell() if self._inner.seekable() else self._end + count
        fresh = count if end - count > self._end else max(0, end - self._end)
        if end - count <= self._end:  # a table's foot, read first, is no place to be at
            self._end = max(self._end, end)
        self._noted[self._name] = self._noted.get(self._name, 0) + fresh
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()
