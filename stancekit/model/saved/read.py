"""Read a saved model: look at everything first, build only what fits, run nothing of the file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from stancekit.errors import ModelFormatError, StancekitError, UnknownModelError
from stancekit.model.saved.checks import MISFITS, checked_about
from stancekit.model.saved.encoder import try_out
from stancekit.model.saved.files import read_file
from stancekit.model.saved.format import BESIDE, FORMAT, MANIFEST, SEEN, SEEN_FILE
from stancekit.model.saved.kinds import KINDS, expected_digests
from stancekit.model.saved.names import TIERS
from stancekit.model.saved.written import Saved
from stancekit.model.seen import Seen
from stancekit.model.stance_model import StanceModel
from stancekit.scores.report import Report


def read_model(folder: Path, *, links: bool = False, trial: bool = True) -> StanceModel:
    """Read the folder of a saved model.

    Parameters
    ----------
    folder : Path
    links : bool
        Whether its files may be links to files elsewhere: those of installed packages.
    trial : bool
        Whether a network is run once, so that one that cannot is refused here; what stancekit
        brings along is not, so that the network is first loaded when a post needs it.

    Raises
    ------
    ModelFormatError
        If it is none, or is damaged.
    """
    manifest, files = _read(folder, links)
    try:
        return _build(manifest, files, folder, links, trial)
    except ModelFormatError:
        raise
    except (*MISFITS, StancekitError) as error:
        raise ModelFormatError(
            f"{folder / MANIFEST}: {type(error).__name__}: {error}. The model is damaged: copy it "
            "again, or train it again"
        ) from error


def _read(folder: Path, links: bool) -> tuple[dict[str, Any], dict[str, bytes]]:
    path = folder / MANIFEST
    if not path.exists():
        names = ", ".join(TIERS)
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


def _build(
    manifest: dict[str, Any], files: dict[str, bytes], folder: Path, links: bool, trial: bool
) -> StanceModel:
    scorer = KINDS[manifest.get("kind", "linear")].build(manifest, files, folder)
    if trial:
        try_out(scorer, folder)
    settings = {key: value for key, value in manifest.items() if key not in BESIDE}
    found = Saved(settings, files).digest
    if found != manifest["digest"]:
        raise ModelFormatError(f"{folder / MANIFEST}: settings and digest do not fit: damaged")
    report = Report.from_dict(manifest["report"])
    if report.classes != scorer.classes:
        raise ModelFormatError(f"{folder / MANIFEST}: the report is another model's: damaged")
    about = dict(checked_about(manifest["about"], folder))
    seen = _seen(about.pop(SEEN, None), folder, links)
    name = manifest["name"]
    if not isinstance(name, str):
        raise ModelFormatError(f"{folder / MANIFEST}: the name is no text: damaged")
    return StanceModel(name, found, scorer, report, about, seen)


def _seen(sha256: Any, folder: Path, links: bool) -> Seen | None:
    if sha256 is None:
        return None
    return Seen.from_bytes(_checked(folder / SEEN_FILE, sha256, links))
