"""The beginnings of the JSON files in a source, for detection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from stancekit.posts.files.encoding import detect_unicode
from stancekit.posts.files.source import HEAD, Source


def json_names(source: Source) -> Iterator[str]:
    """Yield the names of files that may hold JSON: those called so, or the only one."""
    for name in source.names:
        if len(source.names) == 1 or PurePosixPath(name).suffix.lower() in _SUFFIXES:
            yield name


_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson"))


def json_files(source: Source, *patterns: re.Pattern[str], size: int = HEAD) -> list[str]:
    """Return the JSON files whose first ``size`` bytes match every pattern.

    A source that is one file, in a format that the user named, is always taken by the readers;
    see :func:`chosen`.
    """
    found = []
    for name in json_names(source):
        text = json_head(source, name, size)
        if text and all(pattern.search(text) for pattern in patterns):
            found.append(name)
    return found


def json_head(source: Source, name: str, size: int = HEAD) -> str:
    """Return the beginning of a file as text, empty if it cannot be JSON."""
    raw = source.head(name, size)
    text = raw.decode(detect_unicode(raw), "replace").lstrip("\ufeff \t\r\n")
    return text if text[:1] in ("{", "[") else ""


def chosen(source: Source, found: list[str]) -> list[str]:
    """Return the files to read: those detected, or else all that may be meant by the user."""
    return found or list(json_names(source))
