"""Load a saved model: look at everything first, build only what fits, run nothing of the file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load as from_safetensors

from stancekit.errors import InputError, ModelFormatError, StancekitError
from stancekit.features.block import Block, Floats
from stancekit.model.annotated import RESERVED
from stancekit.model.format import BLOCKS, FORMAT, MANIFEST, MAX_CELLS, WEIGHTS
from stancekit.model.linear import LinearModel
from stancekit.model.report import Report
from stancekit.model.save import digest
from stancekit.model.stance_model import StanceModel

#: Models that come with the package.
SHIPPED: Final = ("default",)

# What the parts of a damaged model end in, wherever they are first used.
_MISFITS: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)

Arrays = Mapping[str, npt.NDArray[Any]]


def load(path_or_name: str | Path = "default") -> StanceModel:
    """Load a model.

    Parameters
    ----------
    path_or_name : str or Path
        "default", or the folder of a saved model. A folder called ``default`` in the working
        directory is reached as ``./default``.

    Raises
    ------
    ModelFormatError
        If there is no model, or it is damaged, truncated, of a newer format, or its parts do
        not fit together.

    Examples
    --------
    >>> load("default").classes
    ('supportive', 'critical', 'dog-piling', 'neutral')
    """
    if not isinstance(path_or_name, (str, os.PathLike)):
        raise InputError(
            f"a model is {type(path_or_name).__name__}: give a StanceModel, a folder, or a name"
        )
    if path_or_name in SHIPPED:
        return _shipped(str(path_or_name))
    return _load(Path(path_or_name))


@lru_cache(maxsize=len(SHIPPED))
def _shipped(name: str) -> StanceModel:
    """Load a model of the package once: it cannot change."""
    with as_file(files("stancekit.model") / "shipped" / name) as folder:
        return _load(folder)


def _load(folder: Path) -> StanceModel:
    manifest, weights = _read(folder)
    try:
        return _build(manifest, weights, folder)
    except ModelFormatError:
        raise
    except (*_MISFITS, StancekitError) as error:
        raise ModelFormatError(
            f"{folder / MANIFEST}: {type(error).__name__}: {error}. The model is damaged: copy it "
            "again, or train it again"
        ) from error


def _read(folder: Path) -> tuple[dict[str, Any], Arrays]:
    path = folder / MANIFEST
    if not path.is_file():
        shipped = ", ".join(SHIPPED)
        raise ModelFormatError(
            f"{folder}: no model here (no {MANIFEST}); give the folder of a saved model, or "
            f"a name: {shipped}"
        )
    try:
        manifest = json.loads(_bytes(path))
    except (ValueError, RecursionError) as error:
        raise ModelFormatError(f"{path}: no JSON: {error}. The model is damaged") from error
    number = manifest.get("format") if isinstance(manifest, dict) else None
    if type(number) is not int or number < 1:
        raise ModelFormatError(f"{path}: no format number; this is no stancekit model")
    if manifest["format"] > FORMAT:
        raise ModelFormatError(
            f"{path}: format {manifest['format']} is newer than {FORMAT}, the newest this version "
            "reads: upgrade stancekit"
        )
    path = folder / WEIGHTS
    data = _bytes(path)
    if hashlib.sha256(data).hexdigest() != manifest.get("weights"):
        raise ModelFormatError(f"{path}: not what {MANIFEST} says it is: damaged or truncated")
    try:
        return manifest, from_safetensors(data)
    except (*_MISFITS, SafetensorError) as error:
        raise ModelFormatError(f"{path}: no weights: {error}. The model is damaged") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelFormatError(f"{path}: cannot be read: {error.strerror}") from error


def _build(manifest: dict[str, Any], arrays: Arrays, folder: Path) -> StanceModel:
    classes = _classes(manifest, folder)
    blocks: dict[str, Block] = {}
    tables: dict[str, Floats] = {}
    for name, settings in manifest["blocks"].items():
        own = {
            key.removeprefix(f"{name}."): array
            for key, array in arrays.items()
            if key.startswith(f"{name}.")
        }
        blocks[name] = _block(name, settings, own, folder)
        tables[name] = _table(name, blocks[name], own, len(classes), folder)
    intercept = arrays["intercept"].astype(np.float32, casting="safe")
    if intercept.shape != (len(classes),) or not np.isfinite(intercept).all():
        raise ModelFormatError(f"{folder / WEIGHTS}: intercept has shape {intercept.shape}")
    temperature = float(manifest["temperature"])
    if not 0 < temperature < float("inf"):
        raise ModelFormatError(f"{folder / MANIFEST}: temperature is {temperature}")
    linear = LinearModel(classes, blocks, tables, intercept, temperature)
    if digest(linear) != manifest["digest"]:
        raise ModelFormatError(f"{folder / MANIFEST}: settings and digest do not fit: damaged")
    report = Report.from_dict(manifest["report"])
    if report.classes != classes or not isinstance(manifest["about"], dict):
        raise ModelFormatError(f"{folder / MANIFEST}: the report is another model's: damaged")
    return StanceModel(str(manifest["name"]), digest(linear), linear, report, manifest["about"])


def _classes(manifest: dict[str, Any], folder: Path) -> tuple[str, ...]:
    classes = manifest["classes"]
    named = isinstance(classes, list) and all(isinstance(name, str) for name in classes)
    if not named or len(classes) < 2 or len(set(classes)) < len(classes):
        raise ModelFormatError(
            f"{folder / MANIFEST}: classes are {classes!r}, not two or more different names"
        )
    if taken := sorted(set(classes) & set(RESERVED)):
        raise ModelFormatError(f"{folder / MANIFEST}: no class can be called {taken[0]!r}")
    return tuple(classes)


def _block(name: str, settings: Mapping[str, Any], arrays: Arrays, folder: Path) -> Block:
    kind = settings["kind"]
    if kind not in BLOCKS:
        raise ModelFormatError(
            f"{folder / MANIFEST}: block {name!r} is of the unknown kind {kind!r}: upgrade "
            "stancekit"
        )
    try:
        return BLOCKS[kind].build(settings, arrays)
    except (*_MISFITS, StancekitError) as error:
        raise ModelFormatError(
            f"{folder}: block {name!r}: {type(error).__name__}: {error}. The model is damaged"
        ) from error


def _table(name: str, block: Block, arrays: Arrays, classes: int, folder: Path) -> Floats:
    rows, scores = arrays["rows"], arrays["scores"]
    fits = (
        rows.dtype.kind in "iu"
        and rows.ndim == 1
        and block.rows * classes <= MAX_CELLS
        and scores.shape == (len(rows), classes)
        and (not len(rows) or (rows.min() >= 0 and rows.max() < block.rows))
        and scores.dtype == np.float16
        and np.isfinite(scores).all()
    )
    if not fits:
        raise ModelFormatError(
            f"{folder / WEIGHTS}: block {name!r}: rows {rows.shape} and scores {scores.shape} do "
            f"not fit {classes} classes and a table of {block.rows} rows"
        )
    table = np.zeros((block.rows, classes), np.float32)
    table[rows] = scores
    return table
