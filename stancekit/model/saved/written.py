"""What of a scorer is written, and the digest over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Saved:
    """A scorer as it is written, or as it was read.

    Attributes
    ----------
    settings : mapping
        JSON values, among them ``format``.
    files : mapping of str to bytes
        What stands beside the manifest, in the order of its kind.
    """

    settings: Mapping[str, Any]
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """SHA-256 over all of it: over all that decides a label."""
        sha = hashlib.sha256(json.dumps(self.settings, sort_keys=True).encode())
        for data in self.files.values():
            sha.update(data)
        return sha.hexdigest()


def sha256(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
