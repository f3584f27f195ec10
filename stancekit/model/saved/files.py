"""Read a file of a saved model: a regular file of a sound size, and nothing else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from stancekit.errors import ModelFormatError
from stancekit.model.saved.limits import FILE_BYTES


def read_file(path: Path, *, links: bool = False) -> bytes:
    """Read a file whole, if it is what a saved model can have.

    Parameters
    ----------
    path : Path
        A file whose name is one of `FILE_BYTES`.
    links : bool
        Whether it may be a link to a file elsewhere: installers make some.

    Raises
    ------
    ModelFormatError
        If it is no regular file, a link, larger than any model's, or cannot be read.
    """
    most = FILE_BYTES[path.name]
    try:
        found = path.stat() if links else path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise ModelFormatError(f"{path}: is a link. Copy the file itself into the folder")
        _check(path, found, most)
        # Without O_NONBLOCK a pipe that has just taken the file's place would be waited for.
        with open(path, "rb", opener=_opener) as file:
            opened = os.fstat(file.fileno())
            _check(path, opened, most)
            return file.read(opened.st_size)  # what is added meanwhile fits no digest
    except OSError as error:
        raise ModelFormatError(f"{path}: cannot be read: {error.strerror}") from error


def _check(path: Path, found: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise ModelFormatError(f"{path}: cannot be read: it is no regular file")
    if found.st_size > most:
        raise ModelFormatError(f"{path}: larger than {most >> 20} MiB, as no model's is")


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
