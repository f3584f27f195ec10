"""Archives as sources: zip, tar, gzip and Zstandard, read in place, never unpacked to disk."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from stancekit.errors import FormatError, InputError
from stancekit.posts.files.compressed import is_gzip, is_zstd, open_compressed
from stancekit.posts.files.source import COMPRESSED, Source, is_junk
from stancekit.posts.limits import (
    BUFFER_BYTES,
    MEMBER_BYTES,
    MEMBER_FREE_BYTES,
    MEMBER_RATIO,
    MEMBERS,
)

_NAMELESS: Final = "(without a name)"
DAMAGE: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression method that zipfile does not know
)
"""What the standard library raises for a damaged archive, at opening or while it is read."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what a damaged or vanished archive raises in mid-read into an error with advice."""
    try:
        yield
    except DAMAGE as error:
        raise FormatError(
            f"{path}: damaged: {error or type(error).__name__}; download or copy it again"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


@dataclass(frozen=True)
class Container:
    """A kind of archive: how to tell it by its first bytes, and how to open it."""

    name: str
    sniff: Callable[[bytes], bool]
    open: Callable[[Path], Source]


def open_zip(path: Path, stream: IO[bytes] | None = None) -> Source:
    """Open a zip file; ``stream`` is what is in it, if it does not lie at that path itself."""
    try:
        archive = zipfile.ZipFile(stream or path)
    except (*DAMAGE, OSError, ValueError) as error:
        raise FormatError(f"{path}: damaged zip file ({error}); download it again") from error
    # Some programs on Windows part names by a backslash; a damaged list has empty ones.
    named = ((m.filename.replace("\\", "/") or _NAMELESS, m) for m in archive.infolist())
    listed = [(name, member) for name, member in named if not name.endswith("/")]
    members = dict(listed)
    try:
        names = _safe_names(path, members)
    except FormatError:
        archive.close()
        raise

    def open_member(name: str) -> io.BufferedReader:
        member = members[name]
        _refuse_bomb(path, name, member.file_size, member.compress_size)
        if member.flag_bits & 1:
            raise FormatError(f"{path}: {name} is encrypted; unpack it with its password first")
        try:
            return open_compressed(_buffered(archive.open(member)), path / name)
        except UnicodeDecodeError as error:  # of the name that stands before the file itself
            raise zipfile.BadZipFile(f"the name of {name} is not what the list says") from error

    return Source(
        path,
        names,
        open_member,
        archive.close,
        sizer=lambda name: members[name].file_size,
        passed=_passed([name for name, _ in listed], names),
    )


def _open_tar(path: Path) -> Source:
    stream = _opened(path)
    try:
        archive = tarfile.open(fileobj=stream, mode="r:")  # noqa: SIM115 (closed by the Source)
        listed = [member for member in archive if not member.isdir()]
        # A sparse file states a size that no byte of the archive bears out.
        members = {m.name.removeprefix("./"): m for m in listed if m.isfile() and not m.sparse}
    except (*DAMAGE, OSError, ValueError) as error:
        stream.close()
        raise FormatError(f"{path}: damaged tar file ({error}); download it again") from error
    names = _safe_names(path, members)

    def open_member(name: str) -> io.BufferedReader:
        member = archive.extractfile(members[name])
        assert member is not None  # true of every regular file
        return open_compressed(_buffered(member), path / name)

    def close() -> None:
        archive.close()
        stream.close()

    return Source(
        path,
        names,
        open_member,
        close,
        sizer=lambda name: members[name].size,
        passed=_passed([member.name.removeprefix("./") for member in listed], names),
    )


def _open_compressed(path: Path) -> Source:
    try:
        with _opened(path) as stream:
            head = stream.read(512)
    except (*DAMAGE, OSError) as error:
        raise FormatError(
            f"{path}: damaged compressed file ({error}); download it again"
        ) from error
    if _is_tar(head):
        return _open_tar(path)
    name = path.stem if path.suffix.lower() in COMPRESSED else path.name
    return Source(path, (name,), lambda _: _opened(path))


def _opened(path: Path) -> io.BufferedReader:
    return open_compressed(_buffered(io.FileIO(path)), path)


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


CONTAINERS: Final = (
    Container("zip", lambda head: head[:4] in {b"PK\x03\x04", b"PK\x05\x06"}, open_zip),
    Container("gzip", is_gzip, _open_compressed),
    Container("zstd", is_zstd, _open_compressed),
    Container("tar", _is_tar, _open_tar),
)


def _buffered(stream: IO[bytes] | io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(stream, BUFFER_BYTES)  # type: ignore[arg-type]


def _safe_names(path: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Refuse an archive that names files outside itself: whoever made it meant harm."""
    safe = []
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or name[1:2] == ":":
            raise FormatError(
                f"{path}: unsafe archive, it holds the name {name!r}, which points outside it; "
                "do not unpack it, and ask where it came from"
            )
        if not is_junk(name):
            safe.append(name)
    if len(safe) > MEMBERS:
        raise FormatError(f"{path}: {len(safe):,} files inside; at most {MEMBERS:,} are read")
    return tuple(sorted(safe))


def _passed(listed: list[str], names: tuple[str, ...]) -> tuple[str, ...]:
    """Name what an archive lists and its source has not: of a name that comes again, the first."""
    return tuple((Counter(listed) - Counter(names)).elements())


def _refuse_bomb(path: Path, name: str, size: int, packed: int) -> None:
    ratio = size / max(packed, 1)
    if size > MEMBER_BYTES or (size > MEMBER_FREE_BYTES and ratio > MEMBER_RATIO):
        raise FormatError(
            f"{path}: {name} would unpack to {size:,} bytes, {ratio:,.0f} times its packed size; "
            "refused as a decompression bomb. Unpack it by hand if you trust it"
        )
