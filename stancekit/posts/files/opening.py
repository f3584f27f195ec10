"""From a path to a :class:`Source`: a file, a folder, or an archive of a kind that is known."""

from __future__ import annotations

import os
from io import BufferedReader, FileIO
from pathlib import Path

from stancekit.errors import InputError
from stancekit.posts.files.compressed import open_compressed
from stancekit.posts.files.containers import CONTAINERS
from stancekit.posts.files.source import Source, is_junk
from stancekit.posts.limits import BUFFER_BYTES


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
    place = Path(path)
    try:
        if place.is_dir():
            return _folder(place)
        check_regular(place)
        with place.open("rb") as stream:
            head = stream.read(1024)
    except FileNotFoundError:
        raise InputError(f"{place}: no such file or folder; check the path") from None
    except OSError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror or error})") from error
    for container in CONTAINERS:
        if container.sniff(head):
            return container.open(place)
    return plain_file(place)


def check_regular(place: Path) -> None:
    """Refuse a device or a pipe, which may have no end and may never begin.

    Raises
    ------
    InputError
        If something is there that is neither a regular file nor a folder.
    """
    if place.exists() and not (place.is_file() or place.is_dir()):
        raise InputError(f"{place}: is no regular file. Copy what is in it to one, and read that.")


def plain_file(place: Path) -> Source:
    """Take a file as it lies there, even if it is an archive."""
    size = place.stat().st_size if place.is_file() else None
    return Source(place, (place.name,), lambda _: _open_file(place), sizer=lambda _: size)


def _folder(place: Path) -> Source:
    def open_member(name: str) -> BufferedReader:
        return open_compressed(_open_file(place / name), place / name)

    root = place.resolve()
    names: list[str] = []
    passed: list[str] = []
    for folder, _, files in os.walk(place):  # does not follow links to folders
        for file in files:
            whole = Path(folder, file)
            name = whole.relative_to(place).as_posix()
            inside = whole.is_file() and whole.resolve().is_relative_to(root)
            (names if inside and not is_junk(name) else passed).append(name)
    return Source(
        place,
        tuple(sorted(names)),
        open_member,
        sizer=lambda name: (place / name).stat().st_size,
        passed=tuple(passed),
    )


def _open_file(place: Path) -> BufferedReader:
    return BufferedReader(FileIO(place), BUFFER_BYTES)
