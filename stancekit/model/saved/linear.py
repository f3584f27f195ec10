"""A linear model as it is written: settings of its blocks, and one file of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load as from_safetensors
from safetensors.numpy import save as to_safetensors

from stancekit.errors import ModelFormatError, StancekitError
from stancekit.features.block import Block, Floats
from stancekit.features.vectors import KnownWordBlock
from stancekit.model.linear import LinearModel
from stancekit.model.saved.checks import MISFITS, checked_classes, checked_temperature
from stancekit.model.saved.format import (
    BLOCKS,
    LINEAR_FORMAT,
    MANIFEST,
    WEIGHTS,
    oldest_format,
)
from stancekit.model.saved.limits import MAX_CELLS, MAX_INTERCEPT
from stancekit.model.saved.written import Saved, sha256

Arrays = Mapping[str, npt.NDArray[Any]]


def linear_saved(linear: LinearModel) -> Saved:
    """Return what of a linear model is written."""
    check_cells(linear.blocks, len(linear.classes))
    files = {WEIGHTS: to_safetensors(_arrays(linear))}
    number = oldest_format(LINEAR_FORMAT, linear.classes, linear)
    settings = {
        "format": number,
        "classes": list(linear.classes),
        "temperature": linear.temperature,
        "blocks": {name: _block_settings(block) for name, block in linear.blocks.items()},
        **({"reading": True} if linear.reading else {}),
        **({} if number == LINEAR_FORMAT else {"files": sha256(files)}),
    }
    return Saved(settings, files)


def build_linear(
    settings: Mapping[str, Any], files: Mapping[str, bytes], folder: Path
) -> LinearModel:
    """Build a linear model from what was written, checking that it fits together."""
    try:
        arrays = from_safetensors(files[WEIGHTS])
    except (*MISFITS, SafetensorError) as error:
        raise ModelFormatError(
            f"{folder / WEIGHTS}: no weights: {error}. The model is damaged"
        ) from error
    classes = checked_classes(settings, folder)
    blocks: dict[str, Block] = {}
    tables: dict[str, Floats] = {}
    room = MAX_CELLS
    for name, chosen in settings["blocks"].items():
        own = {
            key.removeprefix(f"{name}."): array
            for key, array in arrays.items()
            if key.startswith(f"{name}.")
        }
        blocks[name] = _block(name, chosen, own, folder)
        tables[name] = _table(name, blocks[name], own, len(classes), room, folder)
        room -= tables[name].size
    intercept = arrays["intercept"].astype(np.float32, casting="safe")
    if intercept.shape != (len(classes),) or not (abs(intercept) <= MAX_INTERCEPT).all():
        raise ModelFormatError(
            f"{folder / WEIGHTS}: intercept is no {len(classes)} numbers, or of no sound size"
        )
    temperature, reading = checked_temperature(settings, folder), settings.get("reading", False)
    if type(reading) is not bool:
        raise ModelFormatError(f"{folder / MANIFEST}: reading is {reading!r}")
    return LinearModel(classes, blocks, tables, intercept, temperature, reading)


def check_blocks(blocks: Mapping[str, Block]) -> None:
    """Refuse blocks that cannot be saved."""
    for block in blocks.values():
        _block_settings(block)


def check_cells(blocks: Mapping[str, Block], classes: int) -> None:
    """Refuse blocks whose tables would be too large to be loaded again."""
    cells = classes * sum(block.rows for block in blocks.values())
    if cells > MAX_CELLS:
        raise ModelFormatError(
            f"{cells:,} scores for {classes} classes, more than {MAX_CELLS:,}: give blocks fewer "
            "bits"
        )


def _block_settings(block: Block) -> Mapping[str, Any]:
    for kind, form in BLOCKS.items():
        if isinstance(block, form.kind):
            return {"kind": kind, **form.settings(block)}
    raise ModelFormatError(
        f"a block of the kind {type(block).__name__} cannot be saved: use those of "
        "stancekit.features, or keep your own scikit-learn Pipeline"
    )


def _arrays(linear: LinearModel) -> dict[str, npt.NDArray[Any]]:
    arrays: dict[str, npt.NDArray[Any]] = {"intercept": linear.intercept}
    for name, block in linear.blocks.items():
        table = linear.tables[name]
        used = np.flatnonzero(table.any(axis=1))
        if isinstance(block, KnownWordBlock):
            arrays[f"{name}.hashes"] = block.hashes
            used = np.arange(len(table))
        arrays[f"{name}.rows"] = used.astype(np.int32)
        arrays[f"{name}.scores"] = table[used].astype(np.float16)
    return arrays


def _block(name: str, settings: Mapping[str, Any], arrays: Arrays, folder: Path) -> Block:
    kind = settings["kind"]
    if kind not in BLOCKS:
        raise ModelFormatError(
            f"{folder / MANIFEST}: block {name!r} is of the unknown kind {kind!r}: upgrade "
            "stancekit"
        )
    try:
        return BLOCKS[kind].build(settings, arrays)
    except (*MISFITS, StancekitError) as error:
        raise ModelFormatError(
            f"{folder}: block {name!r}: {type(error).__name__}: {error}. The model is damaged"
        ) from error


def _table(
    name: str, block: Block, arrays: Arrays, classes: int, room: int, folder: Path
) -> Floats:
    rows, scores = arrays["rows"], arrays["scores"]
    fits = (
        rows.dtype.kind in "iu"
        and rows.ndim == 1
        and block.rows * classes <= room
        and scores.shape == (len(rows), classes)
        and (not len(rows) or (rows[0] >= 0 and rows[-1] < block.rows))
        and (rows[1:] > rows[:-1]).all()
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
