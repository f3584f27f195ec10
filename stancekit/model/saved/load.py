"""Load a saved model: look at everything first, build only what fits, run nothing of the file."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from stancekit.errors import (
    ArgumentError,
    MissingExtraError,
    ModelFormatError,
    StancekitError,
    UnknownModelError,
)
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.checks import MISFITS, checked_about
from stancekit.model.saved.files import read_file
from stancekit.model.saved.format import BESIDE, FORMAT, MANIFEST
from stancekit.model.saved.kinds import KINDS, digest, expected_digests
from stancekit.model.saved.packaged import ACCURATE, packaged
from stancekit.model.saved.written import Saved
from stancekit.model.stance_model import StanceModel
from stancekit.scores.report import Report

#: Models that come with the package, and with packages of their own.
SHIPPED: Final = ("default",)
CASCADE: Final = "cascade"
NAMES: Final = (*SHIPPED, ACCURATE, CASCADE)
#: What is said of the encoder and of what it is put together with alike.
_KEPT: Final = ("languages", "extra_posts", "seed")


def load(path_or_name: str | Path = "default") -> StanceModel:
    """Load a model.

    Parameters
    ----------
    path_or_name : str or Path
        "default"; "accurate", a fine-tuned encoder in a package of its own, mixed with the default
        model; "cascade", the default model where it is sure and the accurate one where it is not;
        the name of another installed model; or the folder of a saved model. A folder called like
        a model in the working directory is reached as ``./default``.

    Raises
    ------
    InputError
        If a package that the model needs is not installed.
    ModelFormatError
        If there is no model, or it is damaged, truncated, of a newer format, or its parts do
        not fit together.

    Examples
    --------
    >>> load("default").classes
    ('supportive', 'critical', 'dog-piling', 'neutral')
    """
    if not isinstance(path_or_name, (str, os.PathLike)):
        raise ArgumentError(
            f"a model is {type(path_or_name).__name__}: give a StanceModel, a folder, or a name"
        )
    if not isinstance(path_or_name, str):
        return _load(Path(path_or_name))
    if path_or_name in SHIPPED:
        return _shipped(path_or_name)
    folder = packaged(ACCURATE if path_or_name == CASCADE else path_or_name)
    if folder is None:
        return _load(Path(path_or_name))
    if path_or_name in (ACCURATE, CASCADE):
        return _beside_default(folder, path_or_name)
    return _packaged(folder)


@lru_cache(maxsize=len(SHIPPED))
def _shipped(name: str) -> StanceModel:
    """Load a model of the package once: it cannot change."""
    with as_file(files("stancekit.model") / "shipped" / name) as folder:
        return _load(folder, links=True)


@lru_cache(maxsize=2)
def _packaged(folder: Path) -> StanceModel:
    """Load a model of an installed package once."""
    return _load(folder, links=True)


@lru_cache(maxsize=2)
def _beside_default(folder: Path, name: str) -> StanceModel:
    """Put default and packaged model together as the package says under a name."""
    quick, careful = _shipped("default"), _packaged(folder)
    chosen: Any = careful.about.get(name)
    if chosen is None and name == ACCURATE:
        return careful
    try:
        measured_with = chosen["linear"]
        scorer = CascadeModel(
            quick.linear, _encoder(careful), chosen["threshold"], chosen.get("share", 1.0)
        )
        report = Report.from_dict(chosen["report"])
    except (*MISFITS, StancekitError) as error:
        raise ModelFormatError(
            f"{folder / MANIFEST}: no threshold of a cascade: {error!r}. Build the package again: "
            "models/accurate/README.md"
        ) from error
    if measured_with != quick.digest:
        raise ModelFormatError(
            f"{folder / MANIFEST}: its cascade was measured with another default model than this "
            f"one ({quick.digest[:12]}): bring stancekit and the package of the accurate model to "
            "versions that belong together"
        )
    about = {
        **{key: careful.about[key] for key in _KEPT if key in careful.about},
        "linear": quick.digest,
        "encoder": careful.digest,
        "posts": careful.about.get("posts", 0),
        "posts_per_label": careful.about.get("posts_per_label", {}),
        "versions": careful.about.get("versions", {}),
        "notes": _notes(scorer, careful),
    }
    return StanceModel(name, digest(scorer), scorer, report, about)


def _notes(scorer: CascadeModel, careful: StanceModel) -> str:
    """Say what decides where; the threshold 1 asks the encoder everywhere."""
    mixed = (
        f"the encoder's log-probabilities, weighing {scorer.share:g}, and the default model's"
        if scorer.share < 1
        else "the encoder alone"
    )
    said = (
        f"The model `default` decides where its confidence is {scorer.threshold} or more, {mixed} "
        "elsewhere; see the cards of `default` and `accurate`."
        if scorer.threshold < 1
        else f"What decides is {mixed}; see the card of `default`."
    )
    said += " What was chosen was chosen on the posts that the scores above are of."
    return said if scorer.threshold < 1 else f"{said}\n\n{careful.about.get('notes', '')}"


def _encoder(model: StanceModel) -> EncoderModel:
    if not isinstance(model.scorer, EncoderModel):
        raise ModelFormatError(f"the model {model.name!r} is no encoder")
    return model.scorer


def _load(folder: Path, *, links: bool = False) -> StanceModel:
    """Load a folder; only those of installed packages may have links to files elsewhere."""
    manifest, files = _read(folder, links)
    try:
        return _build(manifest, files, folder)
    except (ModelFormatError, MissingExtraError):
        raise
    except (*MISFITS, StancekitError) as error:
        raise ModelFormatError(
            f"{folder / MANIFEST}: {type(error).__name__}: {error}. The model is damaged: copy it "
            "again, or train it again"
        ) from error


def _read(folder: Path, links: bool) -> tuple[dict[str, Any], dict[str, bytes]]:
    path = folder / MANIFEST
    if not path.exists():
        names = ", ".join(NAMES)
        raise UnknownModelError(
            f"{folder}: no model here (no {MANIFEST}); give the folder of a saved model, or "
            f"a name: {names}"
        )
    try:
        manifest = json.loads(read_file(path, links=links))
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
    kind = manifest.get("kind", "linear")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ModelFormatError(f"{path}: a model of the unknown kind {kind!r}: upgrade stancekit")
    try:
        expected = {name: expected_digests(manifest)[name] for name in KINDS[kind].files}
    except MISFITS as error:
        raise ModelFormatError(f"{path}: names not all files: {error!r}. It is damaged") from error
    return manifest, {name: _checked(folder / name, sha, links) for name, sha in expected.items()}


def _checked(path: Path, sha256: str, links: bool) -> bytes:
    data = read_file(path, links=links)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelFormatError(f"{path}: not what {MANIFEST} says it is: damaged or truncated")
    return data


def _build(manifest: dict[str, Any], files: dict[str, bytes], folder: Path) -> StanceModel:
    scorer = KINDS[manifest.get("kind", "linear")].build(manifest, files, folder)
    settings = {key: value for key, value in manifest.items() if key not in BESIDE}
    found = Saved(settings, files).digest
    if found != manifest["digest"]:
        raise ModelFormatError(f"{folder / MANIFEST}: settings and digest do not fit: damaged")
    report = Report.from_dict(manifest["report"])
    if report.classes != scorer.classes:
        raise ModelFormatError(f"{folder / MANIFEST}: the report is another model's: damaged")
    about = checked_about(manifest["about"], folder)
    name = manifest["name"]
    if not isinstance(name, str):
        raise ModelFormatError(f"{folder / MANIFEST}: the name is no text: damaged")
    return StanceModel(name, found, scorer, report, about)
