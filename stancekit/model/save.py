"""Save a model as a folder: see `stancekit.model.format`."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save as to_safetensors

from stancekit.errors import ModelFormatError
from stancekit.features.block import Block
from stancekit.features.vectors import KnownWords
from stancekit.model.card import card
from stancekit.model.format import BLOCKS, CARD, FORMAT, MANIFEST, WEIGHTS
from stancekit.model.linear import LinearModel

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel

Arrays = dict[str, npt.NDArray[Any]]


def save(model: StanceModel, path: Path) -> Path:
    """Save a model; see `StanceModel.save`."""
    check_free(path)
    weights = to_safetensors(_arrays(model.linear))
    manifest = {
        **_settings(model.linear),
        "name": model.name,
        "digest": model.digest,
        "weights": hashlib.sha256(weights).hexdigest(),
        "about": dict(model.about),
        "report": model.report.to_dict(),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelFormatError(f"{path.parent}: no folder can be made there: {error}") from error
    made = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        _write(made / WEIGHTS, weights)
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        _write(made / MANIFEST, text.encode("utf-8", "surrogatepass"))
        _write(made / CARD, card(model).encode("utf-8", "replace"))
        made.chmod(0o755)
        _swap(made, path)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return path


def check_free(path: Path) -> None:
    """Refuse to replace anything but a saved model or an empty folder: it would be lost.

    Raises
    ------
    ModelFormatError
        If anything else is at `path`.
    """
    if not path.exists():
        return
    inside = {child.name for child in path.iterdir()} if path.is_dir() else {path.name}
    if others := sorted(inside - {MANIFEST, WEIGHTS, CARD}):
        raise ModelFormatError(
            f"{path} is there already and is no saved model (it holds {others[0]}): choose "
            "another name"
        )
    if inside and not (path / WEIGHTS).is_file():
        raise ModelFormatError(
            f"{path} is there already and is no saved model (no {WEIGHTS}): choose another name"
        )


def _swap(made: Path, path: Path) -> None:
    """Put the finished folder in place, and the older one, if any, away."""
    if not path.exists():
        made.rename(path)
        return
    older = Path(tempfile.mkdtemp(prefix=f".{path.name}-old-", dir=path.parent))
    kept = older / path.name
    try:
        path.rename(kept)
        made.rename(path)
    except BaseException:
        if kept.exists():
            kept.rename(path)
        older.rmdir()
        raise
    shutil.rmtree(older)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def digest(linear: LinearModel) -> str:
    """SHA-256 over all that decides a label: settings, classes, temperature, scores."""
    sha = hashlib.sha256(json.dumps(_settings(linear), sort_keys=True).encode())
    sha.update(to_safetensors(_arrays(linear)))
    return sha.hexdigest()


def check_blocks(blocks: Mapping[str, Block]) -> None:
    """Refuse blocks that cannot be saved."""
    for block in blocks.values():
        _block_settings(block)


def _settings(linear: LinearModel) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "classes": list(linear.classes),
        "temperature": linear.temperature,
        "blocks": {name: _block_settings(block) for name, block in linear.blocks.items()},
    }


def _block_settings(block: Block) -> Mapping[str, Any]:
    for kind, form in BLOCKS.items():
        if isinstance(block, form.kind):
            return {"kind": kind, **form.settings(block)}
    raise ModelFormatError(
        f"a block of the kind {type(block).__name__} cannot be saved: use those of "
        "stancekit.features, or keep your own scikit-learn Pipeline"
    )


def _arrays(linear: LinearModel) -> Arrays:
    arrays: Arrays = {"intercept": linear.intercept}
    for name, block in linear.blocks.items():
        table = linear.tables[name]
        used = np.flatnonzero(table.any(axis=1))
        if isinstance(block, KnownWords):
            arrays[f"{name}.hashes"] = block.hashes
            used = np.arange(len(table))
        arrays[f"{name}.rows"] = used.astype(np.int32)
        arrays[f"{name}.scores"] = table[used].astype(np.float16)
    return arrays
