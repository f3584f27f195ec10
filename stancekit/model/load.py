"""Load a saved model: look at everything first, build only what fits, run nothing of the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load as from_safetensors

from stancekit.errors import ModelFormatError, StancekitError
from stancekit.features.block import Block, Floats
from stancekit.features.vectors import KnownWords
from stancekit.model.format import BLOCKS, FORMAT, MANIFEST, WEIGHTS
from stancekit.model.linear import LinearModel
from stancekit.model.report import Report
from stancekit.model.save import digest
from stancekit.model.stance_model import StanceModel

#: Models that come with the package.
SHIPPED: Final = ("default",)

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
    if path_or_name in SHIPPED:
        with as_file(files("stancekit.model") / "shipped" / str(path_or_name)) as folder:
            return _load(folder)
    return _load(Path(path_or_name))


def _load(folder: Path) -> StanceModel:
    manifest, weights = _read(folder)
    try:
        return _build(manifest, weights, folder)
    except ModelFormatError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, StancekitError) as error:
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
        manifest = json.loads(path.read_bytes())
    except ValueError as error:
        raise ModelFormatError(f"{path}: no JSON: {error}. The model is damaged") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise ModelFormatError(f"{path}: no format number; this is no stancekit model")
    if manifest["format"] > FORMAT:
        raise ModelFormatError(
            f"{path}: format {manifest['format']} is newer than {FORMAT}, the newest this version "
            "reads: upgrade stancekit"
        )
    path = folder / WEIGHTS
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelFormatError(f"{path}: cannot be read: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != manifest.get("weights"):
        raise ModelFormatError(f"{path}: not what {MANIFEST} says it is: damaged or truncated")
    try:
        return manifest, from_safetensors(data)
    except SafetensorError as error:
        raise ModelFormatError(f"{path}: {error}") from error


def _build(manifest: dict[str, Any], arrays: Arrays, folder: Path) -> StanceModel:
    classes = tuple(manifest["classes"])
    if len(set(classes)) < 2 or not all(isinstance(name, str) for name in classes):
        raise ModelFormatError(f"{folder / MANIFEST}: classes are {classes}: two or more names")
    blocks: dict[str, Block] = {}
    tables: dict[str, Floats] = {}
    for name, settings in manifest["blocks"].items():
        own = {key.partition(".")[2]: a for key, a in arrays.items() if key.startswith(f"{name}.")}
        blocks[name] = _block(name, settings, own, folder)
        tables[name] = _table(name, blocks[name], own, len(classes), folder)
    intercept = arrays["intercept"].astype(np.float32)
    if intercept.shape != (len(classes),) or not np.isfinite(intercept).all():
        raise ModelFormatError(f"{folder / WEIGHTS}: intercept has shape {intercept.shape}")
    temperature = float(manifest["temperature"])
    if not 0 < temperature < float("inf"):
        raise ModelFormatError(f"{folder / MANIFEST}: temperature is {temperature}")
    linear = LinearModel(classes, blocks, tables, intercept, temperature)
    if digest(linear) != manifest["digest"]:
        raise ModelFormatError(f"{folder / MANIFEST}: settings and digest do not fit: damaged")
    return StanceModel(
        str(manifest["name"]),
        manifest["digest"],
        linear,
        Report.from_dict(manifest["report"]),
        manifest["about"],
    )


def _block(name: str, settings: Mapping[str, Any], arrays: Arrays, folder: Path) -> Block:
    kind = settings["kind"]
    if kind not in BLOCKS:
        raise ModelFormatError(
            f"{folder / MANIFEST}: block {name!r} is of the unknown kind {kind!r}: upgrade stancekit"
        )
    block = BLOCKS[kind].build(settings, arrays)
    if isinstance(block, KnownWords) and not (np.diff(block.hashes.astype(object)) > 0).all():
        raise ModelFormatError(f"{folder / WEIGHTS}: {name}.hashes are not in ascending order")
    return block


def _table(name: str, block: Block, arrays: Arrays, classes: int, folder: Path) -> Floats:
    rows, scores = arrays["rows"], arrays["scores"]
    fits = (
        rows.ndim == 1
        and scores.shape == (len(rows), classes)
        and (not len(rows) or (rows.min() >= 0 and rows.max() < block.rows))
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
