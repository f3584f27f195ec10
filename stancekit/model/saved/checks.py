"""Checks of a manifest that every kind of model shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from stancekit.errors import ModelFormatError
from stancekit.labels import MAX_CLASSES, RESERVED, ClassName
from stancekit.model.saved.format import MANIFEST, NUMBERS_FORMAT
from stancekit.model.saved.limits import TEMPERATURES
from stancekit.surrogates import without_surrogates

#: What the parts of a damaged model end in, wherever they are first used.
MISFITS: Final = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
)


def checked_classes(manifest: Mapping[str, Any], folder: Path) -> tuple[ClassName, ...]:
    """Return the names of the classes."""
    classes = manifest["classes"]
    kinds = (str, int) if manifest["format"] >= NUMBERS_FORMAT else (str,)
    named = isinstance(classes, list) and all(type(name) in kinds for name in classes)
    if not named or len(classes) < 2 or len(set(classes)) < len(classes):
        raise ModelFormatError(
            f"{folder / MANIFEST}: classes are {classes!r}, not two or more different names"
        )
    if len(classes) > MAX_CLASSES:
        raise ModelFormatError(f"{folder / MANIFEST}: more than {MAX_CLASSES} classes")
    if taken := sorted(set(RESERVED).intersection(classes)):
        raise ModelFormatError(f"{folder / MANIFEST}: no class can be called {taken[0]!r}")
    if broken := [name for name in classes if without_surrogates(str(name)) != str(name)]:
        raise ModelFormatError(f"{folder / MANIFEST}: class {broken[0]!r} holds half a character")
    return tuple(classes)


def checked_temperature(manifest: Mapping[str, Any], folder: Path) -> float:
    """Return the temperature."""
    temperature = float(manifest["temperature"])
    lowest, highest = TEMPERATURES
    if not lowest <= temperature <= highest:
        raise ModelFormatError(f"{folder / MANIFEST}: temperature is {temperature}")
    return temperature


def checked_about(about: Any, folder: Path) -> Mapping[str, Any]:
    """Return what is known of the training, the parts of it that are shown of the right types."""
    if not isinstance(about, dict):
        raise ModelFormatError(f"{folder / MANIFEST}: about is no object: damaged")
    for name, fits in _ABOUT.items():
        if name in about and not fits(about[name]):
            raise ModelFormatError(
                f"{folder / MANIFEST}: about: {name} is of another type: damaged"
            )
    return about


def _of(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: type(value) in kinds


def _mapping_of(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(type(it) in kinds for it in value.values())


_ABOUT: Final[Mapping[str, Callable[[Any], bool]]] = {
    "posts": _of(int),
    "posts_per_label": _mapping_of(int),
    "extra_posts": _of(int),
    "training_data": _of(str),
    "seed": _of(int),
    "strength": _of(int, float),
    "versions": _mapping_of(str),
    "notes": _of(str),
    "languages": lambda value: isinstance(value, list) and all(map(_of(str), value)),
    "fast": _of(str),
    "tiers": _mapping_of(dict),
}
