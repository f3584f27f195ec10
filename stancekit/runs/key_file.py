"""The key of pseudonyms: 32 random bytes in a file that the user keeps."""

import os
import re
import secrets
from pathlib import Path
from typing import Final

from stancekit.errors import InputError
from stancekit.runs.folder import check_parent, saving

_BYTES: Final = 32
_LINE: Final = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")


def read_key(path: Path) -> bytes:
    """Read a key, which is made if the file is not there; only its owner may read the file then.

    Raises
    ------
    InputError
        When the file holds no key, or cannot be read.
    RunError
        When it cannot be written.
    """
    check_parent(path)
    if not path.exists():
        return _make(path)
    try:
        line = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a key ({error}).") from None
    if not _LINE.fullmatch(line):
        raise InputError(
            f"{path}: holds no key of pseudonyms, which is {2 * _BYTES} hexadecimal digits. Give "
            "the file of an earlier run, or a name that is not taken: a new key is made there."
        )
    return bytes.fromhex(line)


def _make(path: Path) -> bytes:
    key = secrets.token_bytes(_BYTES)
    with saving(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="ascii") as stream:
            stream.write(f"{key.hex()}\n")
            stream.flush()
            os.fsync(stream.fileno())
    return key
