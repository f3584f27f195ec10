"""What one run reads: a file, a folder or an archive, or several, each under a name of its own."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from glob import glob, has_magic
from os.path import abspath, commonpath
from pathlib import Path, PurePosixPath
from typing import Any

from stancekit.errors import ArgumentError, InputError
from stancekit.posts import read_records
from stancekit.posts.files.opening import open_source
from stancekit.posts.files.source import Source, is_junk
from stancekit.posts.registry import detect_source, reader_named
from stancekit.runs.meter import Meter

Place = str | Path


def as_places(source: Place | Sequence[Place]) -> list[str]:
    """Give the places a caller named, one or several.

    Raises
    ------
    ArgumentError
        If it is neither.
    """
    given = [source] if isinstance(source, Place) else source
    if not isinstance(given, Sequence) or not given:
        raise ArgumentError(f"source is {source!r}: give a path, or a list of paths")
    if wrong := [one for one in given if not isinstance(one, Place)]:
        raise ArgumentError(f"source names {wrong[0]!r}: give paths")
    return [str(one) for one in given]


def found_places(source: Place | Sequence[Place]) -> tuple[str, ...]:
    """Give what there is, each once and in the order given; of a pattern what it finds, sorted.

    A file that is called like a pattern is that file.

    Raises
    ------
    InputError
        If a pattern finds nothing.
    """
    found: dict[Path, str] = {}
    for place in as_places(source):
        held = [place]
        if has_magic(place) and not Path(place).exists():
            matching = glob(place, recursive=True)  # noqa: PTH207 (a whole path is the pattern)
            held = sorted(one for one in matching if not is_junk(Path(one).name))
            if not held:
                raise InputError(f"{place}: no file is called so. Check the pattern.")
        for one in held:
            found.setdefault(Path(one).resolve(), one)
    return tuple(found.values())


def folder_of(paths: Sequence[str]) -> str:
    """Give the folder that files have in common.

    >>> folder_of(["storm/may/a.csv", "storm/june/a.csv"])
    'storm'
    """
    return commonpath([str(PurePosixPath(path).parent) for path in paths])


def within(path: str, folder: str) -> str:
    """Name a file by its way from a folder that it lies in.

    >>> within("storm/may/a.csv", "storm")
    'may/a.csv'
    """
    place = PurePosixPath(path)
    inside = place.is_relative_to(folder)
    return (place.relative_to(folder) if inside else place).as_posix()


def names_of(places: Sequence[str]) -> list[str]:
    """Give the names by which the rows of several places are known; none for a single place."""
    if len(places) == 1:
        return [""]
    paths = [Path(abspath(one)).as_posix() for one in places]  # noqa: PTH100 (links keep names)
    folder = folder_of(paths)
    return [within(path, folder) for path in paths]


def told(places: Sequence[str]) -> str:
    """Name the source of a run to people.

    >>> told(["a.csv"]), told(["a.csv", "b.csv", "c.csv"])
    ('a.csv', 'a.csv and 2 more')
    """
    return places[0] if len(places) == 1 else f"{places[0]} and {len(places) - 1:,} more"


def told_once(notices: Iterable[str]) -> list[str]:
    """Say what is true of many files once.

    >>> told_once(["a.csv: no times", "b.csv: no times", "b.csv: no ids"])
    ['a.csv: no times (and 1 more file)', 'b.csv: no ids']
    """
    files: dict[str, dict[str, None]] = {}
    for notice in notices:
        file, _, message = notice.partition(": ")
        files.setdefault(message, {})[file] = None
    told = []
    for message, (first, *more) in files.items():
        also = f" (and {len(more):,} more file{'s' * (len(more) > 1)})" if more else ""
        told.append(f"{first}: {message}{also}")
    return told


def open_named(
    place: str,
    name: str,
    format: str | None = None,  # noqa: A002 (what it is called)
    meter: Meter | None = None,
) -> tuple[Source, str]:
    """Open a place, its files under its name if it has one; give its format, too.

    A format is told by the names that files have in an export, so before they get others.
    """
    source = open_source(place)
    try:
        reader = reader_named(format) if format else detect_source(source)
        if meter is not None:
            source = meter.watched(source, reader)
        return renamed(source, name) if name else source, reader.name
    except BaseException:
        source.close()
        raise


def check_readable(
    places: Sequence[str],
    format: str | None,  # noqa: A002 (what it is called)
    options: Any,
) -> None:
    """Refuse several places of which one cannot be read, before the first is labelled.

    Raises
    ------
    InputError, FormatError
        Says which, and why.
    """
    if format is not None:
        reader_named(format)
    for place in places if len(places) > 1 else ():
        with closing(read_records(place, format, **options)) as items:
            next(items, None)  # a table says only now that it has no column of texts


def renamed(source: Source, name: str) -> Source:
    """Give the files of an opened source names that begin with the source's own.

    A file keeps its ending of its own where it was packed: ``may.jsonl.gz`` is ``may.jsonl``.
    """
    if source.names == (name,):
        return source
    inner = {_outer(source, name, own): own for own in source.names}
    return replace(
        source,
        names=tuple(inner),
        opener=lambda wanted: source.open(inner[wanted]),
        sizer=lambda wanted: source.sizer(inner[wanted]),
    )


def _outer(source: Source, name: str, own: str) -> str:
    if len(source.names) == 1 and not source.path.is_dir():
        return PurePosixPath(name).with_name(PurePosixPath(own).name).as_posix()
    return f"{name}/{own}"
