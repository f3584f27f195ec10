"""Checks of a manifest that every kind of model shares."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from stancekit.errors import ModelFormatError
from stancekit.labels import RESERVED, ClassName
from stancekit.model.saved.format import MANIFEST, NUMBERS_FORMAT

#: What the parts of a damaged model end in, wherever they are first used.
MISFITS: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)


def checked_classes(manifest: Mapping[str, Any], folder: Path) -> tuple[ClassName, ...]:
    """Return the names of the classes."""
    classes = manifest["classes"]
    kinds = (str, int) if manifest["format"] >= NUMBERS_FORMAT else (str,)
    named = isinstance(classes, list) and all(type(name) in kinds for name in classes)
    if not named or len(classes) < 2 or len(set(classes)) < len(classes):
        raise ModelFormatError(
            f"{folder / MANIFEST}: classes are {classes!r}, not two or more different names"
        )
    if taken := sorted(set(RESERVED).intersection(classes)):
        raise ModelFormatError(f"{folder / MANIFEST}: no class can be called {taken[0]!r}")
    return tuple(classes)


def checked_temperature(manifest: Mapping[str, Any], folder: Path) -> float:
    """Return the temperature."""
    temperature = float(manifest["temperature"])
    if not 0 < temperature < float("inf"):
        raise ModelFormatError(f"{folder / MANIFEST}: temperature is {temperature}")
    return temperature
