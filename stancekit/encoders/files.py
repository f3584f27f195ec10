"""Files of an encoder's folder, read with errors that name them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy.typing as npt

from stancekit.errors import ModelFormatError


@dataclass(frozen=True)
class Folder:
    """A folder and its files."""

    path: Path

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def inner(self, name: str) -> Folder:
        """Return a folder in the folder, never one outside."""
        path = (self.path / name).resolve()
        if not path.is_relative_to(self.path.resolve()):
            raise ModelFormatError(f"{self.path}: {name!r} leads out of the folder")
        return Folder(path)

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return (self.path / name).is_file()

    def bytes(self, name: str) -> bytes:
        """Return a file's bytes."""
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise ModelFormatError(
                f"{self.path / name}: cannot be read: {error.strerror}. Is the folder complete?"
            ) from error

    def any_json(self, name: str) -> Any:
        """Return what a file says in JSON."""
        try:
            return json.loads(self.bytes(name))
        except (ValueError, RecursionError) as error:
            raise ModelFormatError(f"{self.path / name}: no JSON: {error}") from error

    def json(self, name: str) -> dict[str, Any]:
        """Return the object a file holds in JSON."""
        value = self.any_json(name)
        if not isinstance(value, dict):
            raise ModelFormatError(f"{self.path / name}: no JSON object")
        return value

    def tensor_names(self, name: str) -> set[str]:
        """Return the names of the arrays of a safetensors file, none if there is no such file."""
        from safetensors import SafetensorError, safe_open

        if not self.has(name):
            return set()
        try:
            with safe_open(self.path / name, framework="numpy") as file:
                return set(file.keys())
        except (SafetensorError, OSError) as error:
            raise ModelFormatError(f"{self.path / name}: no safetensors: {error}") from error

    def tensors(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays of a safetensors file."""
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            return load(self.bytes(name))
        except (SafetensorError, ValueError, KeyError, TypeError) as error:
            raise ModelFormatError(f"{self.path / name}: no safetensors: {error}") from error
