"""One file under gzip or Zstandard, read as the file inside it."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from stancekit.errors import FormatError
from stancekit.posts.limits import (
    BUFFER_BYTES,
    SEEK_BYTES,
    STREAM_FREE_BYTES,
    STREAM_RATIO,
    ZSTD_WINDOW_LOG,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def open_compressed(stream: io.BufferedReader, where: Path) -> io.BufferedReader:
    """Give what is inside a gzip or Zstandard file; the file as it is if it is neither.

    Several frames or members one after the other are read as one file. What is broken off raises
    EOFError, at the place where it breaks off.

    Parameters
    ----------
    stream : BufferedReader
        At its start.
    where : path
        What it is called in errors.
    """
    start = stream.peek(4)[:4]
    for opener, sniff in _CODECS:
        if sniff(start):
            return io.BufferedReader(_Unpacked(where, stream, opener(stream)), BUFFER_BYTES)
    return stream


def packed_place(stream: io.BufferedReader) -> int | None:
    """Give how many bytes a stream has taken of a compressed file; None of any other stream."""
    return stream.raw.packed() if isinstance(stream.raw, _Unpacked) else None


def is_gzip(head: bytes) -> bool:
    """Tell a gzip file by its first bytes."""
    return head[:2] == b"\x1f\x8b"


def is_zstd(head: bytes) -> bool:
    """Tell a Zstandard file by its first bytes: a frame, or one that is to be passed over."""
    return head[:4] == b"\x28\xb5\x2f\xfd" or (head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5)


def _open_gzip(packed: IO[bytes]) -> gzip.GzipFile:
    return gzip.GzipFile(fileobj=packed, mode="rb")


def _open_zstd(packed: IO[bytes]) -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG}
    return zstd.ZstdFile(packed, options=options)


_CODECS: Final[tuple[tuple[Callable[[IO[bytes]], Any], Callable[[bytes], bool]], ...]] = (
    (_open_gzip, is_gzip),
    (_open_zstd, is_zstd),
)


class _Unpacked(io.RawIOBase):
    """What a decoder yields, with a guard against the file that unpacks to the whole disk."""

    def __init__(self, path: Path, packed: IO[bytes], inner: Any) -> None:
        self._path, self._packed, self._inner = path, packed, inner

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        try:
            count: int = self._inner.readinto(buffer)
        except (OSError, EOFError):
            raise
        except Exception as error:  # zlib.error, ZstdError: the decoders' own
            raise FormatError(
                f"{self._path}: damaged: {error}; download or copy it again"
            ) from error
        self._check()
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET:
            while offset - self._inner.tell() > SEEK_BYTES:
                before = self._inner.tell()
                self._inner.seek(before + SEEK_BYTES)
                self._check()
                if self._inner.tell() == before:  # the end
                    break
        place: int = self._inner.seek(offset, whence)
        return place

    def tell(self) -> int:
        place: int = self._inner.tell()
        return place

    def packed(self) -> int:
        return self._packed.tell()

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._packed.close()
        super().close()

    def _check(self) -> None:
        size = self._inner.tell()
        if size > STREAM_FREE_BYTES and size > STREAM_RATIO * self._packed.tell():
            raise FormatError(
                f"{self._path}: has unpacked to {size:,} bytes, more than {STREAM_RATIO:,} times "
                "its packed size; refused as a decompression bomb. Unpack it by hand if you trust "
                "it"
            )
