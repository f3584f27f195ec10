"""Which files of a source nobody read, in a few lines: of what is known how many, else by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from stancekit.errors import StancekitError
from stancekit.posts.files.containers import DAMAGE
from stancekit.posts.files.source import Source, suffix_of
from stancekit.posts.files.unknown import BEGINNINGS, PACKED
from stancekit.posts.limits import FILES_SAID
from stancekit.posts.record import Notice

MEDIA: Final = frozenset(
    f".{ending}"
    for ending in (
        "jpg jpeg jfif png gif webp heic heif avif bmp tif tiff svg ico mp4 m4v mov webm mkv avi "
        "3gp ts mp3 m4a aac ogg oga opus wav flac srt vtt tgs webmanifest woff woff2 ttf eot otf"
    ).split()
)
"""Endings of pictures, films and sounds, and of what a page needs to look well."""

DATA: Final = frozenset(
    (".json", ".jsonl", ".ndjson", ".js", ".csv", ".tsv", ".tab", ".parquet", ".xlsx", ".xlsm",
     ".xls", ".ods", ".db", ".sqlite")
)  # fmt: skip
"""Endings of files that may hold posts: what of them is not read may spoil a study."""


class Unread(NamedTuple):
    """A file that was not read: its name, its bytes if they are known, and why."""

    name: str
    size: int | None
    why: str


_MEDIA, _BESIDE = "of pictures, film or sound", "that such an export holds besides posts"
_EMPTY = "of no bytes"
_HIDDEN = "that the system hides, links to elsewhere, or earlier ones of the same name"
_UNITS: Final = ("kB", "MB", "GB", "TB")
_NOTHING: Final = "no posts of the format {format!r} were found in it"
_OTHER: Final = "it is of the format {other!r}; if it holds posts, give it by itself"
_WEB: Final = "a web page; if posts stand in it, ask for the export as JSON or CSV"
_ARCHIVE: Final = "packed again; unpack it and give what is in it"
_SHEET: Final = "an OpenDocument file; save the sheet as .xlsx, or as “CSV UTF-8”"


def unread_files(
    source: Source,
    format: str,  # noqa: A002
    beside: re.Pattern[str] | None = None,
    told: Callable[[Source], str | None] = lambda _: None,
) -> Iterator[Notice]:
    """Say which files of a source were not read, once its reader is done.

    Parameters
    ----------
    source : Source
        What was opened in it counts as read.
    format : str
        The name of the format that it was read as.
    beside : pattern, optional
        Names of files that exports of this format are known to hold besides posts.
    told : callable
        ``told(source)`` names the format that a source is in, if it is in any; asked of files
        that are named.

    Yields
    ------
    Notice
        First one that counts, by kind, what holds no posts; its ``detail`` lists every
        :class:`Unread` file. Then one for each other file, the largest first, a warning if it may
        hold posts; past :data:`~stancekit.posts.limits.FILES_SAID` of them only how many.
    """
    counted = [*_counted(source, beside)]
    known = {file.name for file in counted}
    others = [
        Unread(name, _size(source, name), "") for name in _unread(source) if name not in known
    ]
    others.sort(key=lambda file: (not _may_hold(file), -(file.size or 0), file.name))
    named = [
        file._replace(why=_why(source, file.name, format, told)) for file in others[:FILES_SAID]
    ]
    others[:FILES_SAID] = named
    if counted:
        kinds = dict.fromkeys(file.why for file in counted)
        said = "; ".join(_together([f for f in counted if f.why == kind]) for kind in kinds)
        yield Notice(source.path.name, f"not read: {said}", False, (*counted, *others))
    for file in named:
        stated = "" if file.size is None else f" ({_bytes(file.size)})"
        yield Notice(file.name, f"not read{stated}: {file.why}", _may_hold(file), file)
    if more := others[FILES_SAID:]:
        warn = any(map(_may_hold, more))
        message = f"not read, besides those: {_together(more)}"
        yield Notice(source.path.name, message, warn, tuple(others))


def _counted(source: Source, beside: re.Pattern[str] | None) -> Iterator[Unread]:
    """Yield the unread files of which their number is enough."""
    for name in _unread(source):
        size = _size(source, name)
        if PurePosixPath(name.lower()).suffix in MEDIA:
            yield Unread(name, size, _MEDIA)
        elif size == 0:
            yield Unread(name, size, _EMPTY)
        elif beside is not None and beside.fullmatch(name):
            yield Unread(name, size, _BESIDE)
    yield from (Unread(name, None, _HIDDEN) for name in source.passed)


def _unread(source: Source) -> tuple[str, ...]:
    """Name what was not opened; the only file of a source is what its reader has read."""
    return source.unread if len(source.names) > 1 else ()


def _size(source: Source, name: str) -> int | None:
    try:
        return source.sizer(name)
    except (OSError, LookupError):  # gone, or in a view that names it otherwise
        return None


def _may_hold(file: Unread) -> bool:
    ending = PurePosixPath(file.name.lower()).suffix
    return suffix_of(file.name) in DATA or ending in PACKED


def _why(
    source: Source,
    name: str,
    format: str,  # noqa: A002
    told: Callable[[Source], str | None],
) -> str:
    """Say why a file was not read, by its name and its first bytes."""
    ending = suffix_of(name)
    if ending in (".html", ".htm"):
        return _WEB
    if ending in (".ods", ".odt"):
        return _SHEET
    if ending in PACKED or name.lower().endswith((".tar.gz", ".tar.zst")):
        return _ARCHIVE
    if ending in (".xls", ".pdf", ".rtf", *DATA):
        try:
            head = source.head(name)
            other = told(source.only(name))
        except (StancekitError, OSError, *DAMAGE) as error:
            return f"it cannot be opened: {error}"
        found = next((what for start, what in BEGINNINGS if head.startswith(start)), None)
        if found:
            return f"this is {found}"
        return _OTHER.format(other=other) if other else _NOTHING.format(format=format)
    return f"files that end in {ending!r} are not read" if ending else "no posts are known in it"


def _together(files: Iterable[Unread]) -> str:
    found = list(files)
    sizes = [file.size for file in found if file.size is not None]
    total = f" ({_bytes(sum(sizes))})" if sum(sizes) else ""
    what = f"{len(found):,} file{'' if len(found) == 1 else 's'} {found[0].why}".rstrip()
    return what + total


def _bytes(size: int) -> str:
    """Write a size as people do.

    >>> _bytes(812), _bytes(14_200), _bytes(1_250_000_000)
    ('812 bytes', '14.2 kB', '1.2 GB')
    """
    if size < 1000:
        return f"{size:,} byte{'' if size == 1 else 's'}"
    steps = min((len(str(size)) - 1) // 3, len(_UNITS))
    return f"{size / 1000**steps:,.1f} {_UNITS[steps - 1]}"
