"""Save a model as a folder: see `stancekit.model.saved.format`."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stancekit.errors import ModelFormatError
from stancekit.model.saved.card import card
from stancekit.model.saved.format import CARD, MANIFEST, SEEN, SEEN_FILE
from stancekit.model.saved.kinds import FILES, file_digests, saved
from stancekit.model.saved.limits import FILE_BYTES
from stancekit.model.saved.written import sha256
from stancekit.model.scorer import Scorer
from stancekit.model.seen import Seen
from stancekit.scores.report import Report


def save(
    path: Path,
    scorer: Scorer,
    *,
    name: str,
    digest: str,
    report: Report,
    about: Mapping[str, Any],
    seen: Seen | None = None,
) -> Path:
    """Save a model; see `StanceModel.save`."""
    check_free(path)
    written = saved(scorer)
    learnt = {} if seen is None else {SEEN_FILE: seen.to_bytes()}
    beside = {
        "name": name,
        "digest": digest,
        **file_digests(written),
        "about": {**about, **({SEEN: sha256(learnt)[SEEN_FILE]} if learnt else {})},
        "report": report.to_dict(),
    }
    manifest = {**written.settings, **beside}
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    sealed = {**written.files, **learnt, MANIFEST: text.encode("utf-8", "surrogatepass")}
    check_sizes(sealed)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelFormatError(f"{path.parent}: no folder can be made there: {error}") from error
    made = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        for file, data in sealed.items():
            _write(made / file, data)
        _write(made / CARD, card(name, digest, report, about).encode())
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
    if others := sorted(inside - {MANIFEST, CARD, SEEN_FILE, *FILES}):
        raise ModelFormatError(
            f"{path} is there already and is no saved model (it holds {others[0]}): choose "
            "another name"
        )
    if inside and not inside & set(FILES):
        raise ModelFormatError(
            f"{path} is there already and is no saved model (no {' or '.join(FILES)}): choose "
            "another name"
        )


def check_sizes(files: Mapping[str, bytes]) -> None:
    """Refuse to save what would then not be loaded.

    Raises
    ------
    ModelFormatError
        Names the file that is too large.
    """
    for name, data in files.items():
        if len(data) > FILE_BYTES[name]:
            raise ModelFormatError(
                f"{name} would have {len(data):,} bytes, more than the {FILE_BYTES[name]:,} that "
                "are loaded: take a smaller network, or a shorter lexicon, notes and names"
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
