"""One file under gzip or Zstandard, read as the file inside it."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from stancekit.errors import FormatError
from stancekit.posts.files.source import BUFFER

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STREAM_FREE: Final = 1 << 30
"""The first GiB is let through whatever its ratio: a file is read in passing, not kept."""
STREAM_RATIO: Final = 1_000
"""Dumps of posts shrink 5 to 40 times, and repeated rows some hundreds."""
WINDOW: Final = 31
"""Pushshift's dumps look 2 GiB (2**31 bytes) back, more than decoders allow unless told to."""
_STEP: Final = 1 << 26


def open_compressed(path: Path) -> io.BufferedReader | None:
    """Open a gzip or Zstandard file as what is inside it; None if the file is neither.

    Several frames or members one after the other are read as one file. What is broken off raises
    EOFError, at the place where it breaks off.
    """
    packed = path.open("rb")
    start = packed.read(4)
    packed.seek(0)
    for opener, sniff in _CODECS:
        if sniff(start):
            return io.BufferedReader(_Unpacked(path, packed, opener(packed)), BUFFER)
    packed.close()
    return None


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
    return zstd.ZstdFile(packed, options={zstd.DecompressionParameter.window_log_max: WINDOW})


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
            while offset - self._inner.tell() > _STEP:
                before = self._inner.tell()
                self._inner.seek(before + _STEP)
                self._check()
                if self._inner.tell() == before:  # the end
                    break
        place: int = self._inner.seek(offset, whence)
        return place

    def tell(self) -> int:
        place: int = self._inner.tell()
        return place

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._packed.close()
        super().close()

    def _check(self) -> None:
        size = self._inner.tell()
        if size > STREAM_FREE and size > STREAM_RATIO * self._packed.tell():
            raise FormatError(
                f"{self._path}: has unpacked to {size:,} bytes, more than {STREAM_RATIO:,} times "
                "its packed size; refused as a decompression bomb. Unpack it by hand if you trust "
                "it"
            )
