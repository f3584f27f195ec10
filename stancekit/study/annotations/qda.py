"""REFI-QDA projects (.qdpx): what programs of qualitative analysis exchange.

References
----------
REFI-QDA Standard 1.5, QDA-XML project exchange format. A source that is coded as a whole has a
``Coding`` of its own, or a selection of all its text. Codes of passages are no labels of posts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from stancekit.posts.files.source import Source
from stancekit.posts.limits import SMALL_BYTES
from stancekit.posts.times import parse_time
from stancekit.study.annotations.mark import Asked, Mark, Part, take_whole
from stancekit.study.annotations.xml import Attributes, local, walk

NAME: Final = "REFI-QDA project"


def fits(source: Source) -> bool:
    """Tell a project by its list."""
    return bool(_list_of(source))


def _list_of(source: Source) -> str:
    return next((name for name in source.names if name.lower().endswith(".qde")), "")


@dataclass
class _Project:
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    sources: list[Attributes] = field(default_factory=list)
    #: Source, selection (or none), coding, code.
    codings: list[tuple[Attributes, Attributes | None, Attributes, str]] = field(
        default_factory=list
    )


def read(source: Source, part: Part, asked: Asked) -> None:
    """Read a project: each text is a post, each user an annotator."""
    file = _list_of(source)
    project = _read_list(source, file)
    texts = {one["guid"]: _text(source, one, project) for one in project.sources if "guid" in one}
    coded, whole = set(), list[Mark]()
    for place, (post, selection, coding, code) in enumerate(project.codings, 1):
        text = texts.get(post.get("guid", ""), "")
        if selection is not None and not _is_whole(selection, text):
            part.spans += 1
            continue
        coded.add(post.get("guid"))
        who = coding.get("creatingUser") or (selection or {}).get("creatingUser")
        (part.marks if selection is None else whole).append(
            Mark(
                post.get("guid"),
                text.strip() or None,
                project.users.get(who or "", who),
                project.codes.get(code, code),
                parse_time(coding.get("creationDateTime")),
                f"{file}/{place}",
            )
        )
    take_whole(part, whole)
    part.left_out["sources that are not coded as a whole"] += len(texts.keys() - coded)


def _read_list(source: Source, file: str) -> _Project:
    project, open_ = _Project(), list[tuple[str, Attributes]]()

    def inner(name: str) -> Attributes | None:
        return next((own for kind, own in reversed(open_) if kind == name), None)

    def start(element: str, attributes: Attributes) -> None:
        name = local(element)
        if name == "User":
            project.users[attributes.get("guid", "")] = attributes.get("name", "")
        elif name == "Code":
            project.codes[attributes.get("guid", "")] = attributes.get("name", "")
        elif name == "TextSource":
            project.sources.append(attributes)
        elif name == "CodeRef" and (post := inner("TextSource")) is not None:
            target = attributes.get("targetGUID", "")
            coding = inner("Coding") or {}
            project.codings.append((post, inner("PlainTextSelection"), coding, target))
        open_.append((name, attributes))

    def end(element: str, text: str) -> None:
        name, _ = open_.pop()
        if name == "PlainTextContent" and (post := inner("TextSource")) is not None:
            project.texts[post.get("guid", "")] = text

    with source.open(file) as stream:
        walk(stream, file, start, end)
    return project


def _text(source: Source, post: Attributes, project: _Project) -> str:
    held = project.texts.get(post.get("guid", ""))
    wanted = PurePosixPath(post.get("plainTextPath", "").rpartition("://")[2]).name
    found = source.find(wanted) if wanted else ()
    if held is not None or not found:
        return held or ""
    with source.open(found[0]) as stream:
        return stream.read(SMALL_BYTES).decode("utf-8-sig", "replace")


def _is_whole(selection: Attributes, text: str) -> bool:
    begins = len(text) - len(text.lstrip())
    start, end = (int(selection.get(f"{edge}Position", "-1")) for edge in ("start", "end"))
    return bool(text.strip()) and start <= begins and end >= begins + len(text.strip())
