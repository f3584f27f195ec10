"""What decides the labels of a run: the same identity gives the same parts."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from stancekit.runs.folder import FORMAT, Identity
from stancekit.runs.labeller import Labeller
from stancekit.runs.reading import Reading, unreadable
from stancekit.runs.sources import names_of
from stancekit.version import __version__

#: Photos and films of a personal download carry no post text. They count by name and size only,
#: so a 20 GB archive is known in the time it takes to read its words.
_MEDIA: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"}
    | {".mp4", ".mov", ".webm", ".m4v", ".avi", ".mp3", ".m4a", ".ogg", ".opus"}
)
_BLOCK: Final = 1 << 20

#: File name, size in bytes, and time of the last change in nanoseconds.
Stamp = tuple[str, int, int]


def identity_of(
    reading: Reading,
    labeller: Labeller,
    select: Sequence[str] | None,
    source: Mapping[str, object],
) -> dict[str, Any]:
    """Describe source, model and ways of reading and labelling, as plain JSON values.

    What changes no value (apostrophes) or only the speed (``n_jobs``) is left out: it may change
    between attempts. The key of pseudonyms is there as a fingerprint that does not tell it.
    `source` is what the source is known by.
    """
    filters, pseudonyms = labeller.filters, labeller.pseudonyms
    model = labeller.model
    identity = {
        "journal": FORMAT,
        "stancekit": __version__,
        "source": source,
        "model": f"{model.name}@{model.digest}",
        "format": reading.format,
        "chunk_size": reading.chunk_size,
        "options": dict(reading.options),
        "label_reposts": labeller.label_reposts,
        "min_confidence": labeller.min_confidence,
        "explain": labeller.explain,
        "extract": labeller.extract,
        "only": "public" if filters.public else None,
        "since": filters.since,
        "until": filters.until,
        "lang": filters.languages,
        "pseudonymise": None if pseudonyms is None else pseudonyms.fingerprint,
        "select": select,
    }
    plain: dict[str, Any] = orjson.loads(
        orjson.dumps(
            identity, default=str, option=orjson.OPT_NON_STR_KEYS
        )  # labels that are numbers
    )
    return plain


def notes_for(identity: Identity) -> dict[str, str]:
    """Give the metadata a Parquet file carries: which model labelled which source."""
    name, _, digest = identity["model"].rpartition("@")
    return {
        "stancekit.version": identity["stancekit"],
        "stancekit.model": name,
        "stancekit.model_digest": digest,
        "stancekit.source_sha256": identity["source"]["sha256"],
    }


def source_digest(places: Sequence[str]) -> dict[str, object]:
    """Size and SHA-256 of a file, of a folder's listing and contents, or of several of them.

    Parameters
    ----------
    places
        Files and folders. Neither the name nor the place of a single one counts; of several the
        names that they have for each other do, and their order.

    Returns
    -------
    dict
        ``size`` in bytes and ``sha256`` in hex.

    Raises
    ------
    RunError
        When one is not there or cannot be read.
    """
    each = [_digest(Path(place)) for place in places]
    if len(each) == 1:
        return dict(zip(("size", "sha256"), each[0], strict=True))
    listing = hashlib.sha256()
    for name, (size, content) in zip(names_of(places), each, strict=True):
        listing.update(f"{name}\0{size}\0{content}\n".encode("utf-8", "surrogateescape"))
    return {"size": sum(size for size, _ in each), "sha256": listing.hexdigest()}


def source_stamps(places: Sequence[str]) -> tuple[Stamp, ...]:
    """Sizes and times of the source's files: cheap enough to compare before and after a run."""
    return tuple(stamp for place in places for stamp in _stamps(Path(place)))


def _stamps(source: Path) -> list[Stamp]:
    try:
        return [
            (name, path.stat().st_size, path.stat().st_mtime_ns) for name, path in _files(source)
        ]
    except OSError as error:
        raise unreadable(source, error) from error


def _digest(source: Path) -> tuple[int, str]:
    try:
        if source.is_file():
            return source.stat().st_size, _file_sha256(source)
        return _folder_digest(source)
    except OSError as error:
        raise unreadable(source, error) from error


def _files(source: Path) -> Iterator[tuple[str, Path]]:
    if source.is_file():
        yield source.name, source
        return
    found = [path for path in source.rglob("*") if path.is_file()]
    if not found and not source.is_dir():
        raise FileNotFoundError(2, "no such file or folder", str(source))
    yield from sorted((path.relative_to(source).as_posix(), path) for path in found)


def _folder_digest(folder: Path) -> tuple[int, str]:
    total, listing = 0, hashlib.sha256()
    for name, path in _files(folder):
        size = path.stat().st_size
        total += size
        content = "" if path.suffix.lower() in _MEDIA else _file_sha256(path)
        listing.update(f"{name}\0{size}\0{content}\n".encode("utf-8", "surrogateescape"))
    return total, listing.hexdigest()


def _file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
