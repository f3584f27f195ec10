"""fastText's lines, as doccano and others write them: ``__label__for Save the tram``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stancekit.posts.files.encoding import decode_head, detect_encoding, mended_lines
from stancekit.posts.files.source import Source
from stancekit.study.annotations.mark import Mark, Part

NAME: Final = "fastText"
_SIGN: Final = "__label__"


def fits(head: bytes) -> bool:
    """Tell lines of which the first ones begin with labels."""
    lines = [line for line in decode_head(head).lstrip("\ufeff").splitlines()[:20] if line.strip()]
    return bool(lines) and 2 * sum(line.startswith(_SIGN) for line in lines) >= len(lines)


def read(source: Source, name: str, part: Part) -> None:
    """Read a file; a line without a label, or without words, is no annotation."""
    for number, line in enumerate(_lines(source, name), 1):
        labels, text = [], line.strip()
        while text.startswith(_SIGN):
            label, _, text = text.removeprefix(_SIGN).partition(" ")
            labels.append(label)
            text = text.lstrip()
        if not labels or not text:
            part.left_out["lines without a label or without words"] += bool(line.strip())
            continue
        for label in labels:
            part.marks.append(Mark(None, text, None, label, None, f"{name}:{number}"))


def _lines(source: Source, name: str) -> Iterator[str]:
    import io

    encoding = detect_encoding(source.head(name))
    with source.open(name) as stream, io.TextIOWrapper(stream, encoding, "replace") as text:
        yield from mended_lines(text)
