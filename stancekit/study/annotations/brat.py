"""brat's standoff: a text and its ``.ann`` beside it; the annotator is the folder.

https://brat.nlplab.org/standoff.html. brat labels parts of texts. A part that is the whole text
is taken as a label of the post, with its attributes as further questions, unless most are of less.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from stancekit.posts.files.source import Source
from stancekit.posts.limits import SMALL_BYTES
from stancekit.study.annotations.mark import Asked, Mark, Part, take_whole

NAME: Final = "brat"
_TEXT_BOUND: Final = re.compile(r"(T\d+)\t(\S+) (\d+) (?:[\d;]+ )*(\d+)(?:\t|$)")
_ATTRIBUTE: Final = re.compile(r"[AM]\d+\t(\S+) (T\d+)(?: (.+))?")


def fits(source: Source) -> bool:
    """Tell brat's files by their ending."""
    return any(name.endswith(".ann") for name in source.names)


def read(source: Source, part: Part, asked: Asked) -> None:
    """Read all documents of a folder or archive."""
    marks: list[Mark] = []
    folders = {PurePosixPath(name).parent.as_posix() for name in source.names}
    for name in source.names:
        if not name.endswith(".ann"):
            continue
        path = PurePosixPath(name)
        text = _text(source, f"{name[:-4]}.txt")
        if text is None:
            part.left_out["annotations whose text is missing"] += 1
            continue
        folder = path.parent.as_posix()
        who = folder if len(folders) > 1 else None
        _document(_lines(source, name), text, name, who, part, marks)
    take_whole(part, marks)


def _text(source: Source, name: str) -> str | None:
    return "".join(_lines(source, name)) if name in source.names else None


def _lines(source: Source, name: str) -> list[str]:
    with source.open(name) as stream:
        return stream.read(SMALL_BYTES).decode("utf-8-sig", "replace").splitlines(keepends=True)


def _document(
    lines: list[str], text: str, name: str, who: str | None, part: Part, marks: list[Mark]
) -> None:
    whole: dict[str, str] = {}
    begins = len(text) - len(text.lstrip())
    item, body = PurePosixPath(name).stem, text.strip()
    for line in lines:
        if found := _TEXT_BOUND.match(line):
            key, label, start, end = found.groups()
            if int(start) <= begins and int(end) >= begins + len(body):
                whole[key] = label
                marks.append(Mark(item, body, who, label, None, f"{name}/{key}", "label"))
            else:
                part.spans += 1
    for number, line in enumerate(lines, 1):
        found = _ATTRIBUTE.match(line)
        if found and found[2] in whole:
            label, ref = (found[3] or "True").strip(), f"{name}:{number}"
            marks.append(Mark(item, body, who, label, None, ref, found[1]))
    if not lines:
        part.left_out["posts that nobody annotated"] += 1
