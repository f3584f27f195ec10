"""Which files an X archive holds, and what its own list says should be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mapping_at, mappings_at, text_at
from stancekit.posts.json.stream import first_json
from stancekit.posts.limits import ASSIGNMENT_BYTES
from stancekit.posts.platforms.x.tweet import Owner
from stancekit.posts.record import Notice

_VARIABLE: Final = re.compile(rb"window\.YTD\.(\w+?)\.part\d+\s*=")
_FILE_NAME: Final = re.compile(r"([a-z-]+?)(?:-part\d+)?\.js")

TWEETS: Final = ("tweet", "tweets")
COMMUNITY: Final = ("community_tweet", "community_tweets")
NOTES: Final = ("note_tweet",)
DELETED: Final = ("deleted_tweet", "deleted_tweets")
DELETED_NOTES: Final = ("deleted_note_tweet",)
_READ: Final = frozenset((*TWEETS, *COMMUNITY, *NOTES, *DELETED, *DELETED_NOTES, "account"))


@dataclass(frozen=True)
class Layout:
    """The files of an archive by the kind of data in them, and the archive's own list of them.

    Attributes
    ----------
    files : mapping of str to list of str
        From ``"tweets"``, ``"note_tweet"``, … to names in the source, parts in order.
    listed : mapping of str to int
        From the name of a file, as the manifest gives it, to the number of items it counts.
    owner : Owner
        The account.
    partial : bool
        Whether X says that the archive is not whole.
    """

    files: Mapping[str, list[str]]
    listed: Mapping[str, int] = field(default_factory=dict)
    owner: Owner = field(default_factory=Owner)
    partial: bool = False

    def of(self, *kinds: str) -> list[str]:
        """Return the files of some kinds."""
        return [name for kind in kinds for name in self.files.get(kind, ())]

    def expected(self, name: str) -> int | None:
        """Return how many items the manifest counts in a file, if it lists it."""
        return next((n for listed, n in self.listed.items() if _same(name, listed)), None)

    def notices(self) -> Iterator[Notice]:
        """Yield what the manifest promises and the archive does not hold."""
        if self.partial:
            yield Notice("manifest.js", "X calls this archive partial: some posts are not in it")
        held = [name for names in self.files.values() for name in names]
        for listed, count in self.listed.items():
            if count and not any(_same(name, listed) for name in held):
                yield Notice(
                    listed, f"missing: manifest.js lists it with {count:,} items; download again"
                )


def find_layout(source: Source) -> Layout:
    """Sort the files of a source, by the variable they assign or else by their names."""
    files: dict[str, list[str]] = {}
    for name in source.names:
        kind = _kind(source, name)
        if kind in _READ:
            files.setdefault(kind, []).append(name)
    for names in files.values():
        names.sort(key=_part)
    manifest = first_json(source, source.find("manifest.js"))
    owner = _owner(manifest, first_json(source, files.get("account", [])))
    info = mapping_at(manifest, "archiveInfo")
    return Layout(files, _listed(manifest), owner, info.get("isPartialArchive") is True)


def _kind(source: Source, name: str) -> str:
    path = PurePosixPath(name)
    if path.suffix != ".js" or "assets" in path.parts:
        return ""
    found = _VARIABLE.search(source.head(name, ASSIGNMENT_BYTES))
    if found:
        return found[1].decode()
    by_name = _FILE_NAME.fullmatch(path.name)
    return by_name[1].replace("-", "_") if by_name else ""


def _part(name: str) -> tuple[int, str]:
    found = re.search(r"-part(\d+)\.js$", name)
    return int(found[1]) if found else 0, name


def _same(name: str, listed: str) -> bool:
    """Tell whether a file is the listed one, in whatever folder the archive was unpacked."""
    return name == listed or name.endswith("/" + listed) or listed.endswith("/" + name)


def _listed(manifest: Any) -> dict[str, int]:
    listed = {}
    for kind in mapping_at(manifest, "dataTypes").values():
        for file in mappings_at(kind, "files"):
            name, count = file.get("fileName"), str(file.get("count"))
            variable = re.match(r"YTD\.(\w+)\.", str(file.get("globalName")))
            if isinstance(name, str) and count.isdecimal() and variable and variable[1] in _READ:
                listed[name] = int(count)
    return listed


def _owner(manifest: Any, account: Any) -> Owner:
    first = account[0] if isinstance(account, list) and account else None
    stated, user = mapping_at(first, "account"), mapping_at(manifest, "userInfo")
    return Owner(
        text_at(stated, "accountId") or text_at(user, "accountId"),
        text_at(stated, "username") or text_at(user, "userName"),
    )
