"""XML of strangers, element by element: nothing declared in it is obeyed, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from io import BufferedReader
from typing import Any
from xml.parsers import expat

from stancekit.errors import FormatError
from stancekit.posts.limits import READ_BYTES

Attributes = dict[str, str]


def walk(
    stream: BufferedReader,
    file: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str, str], None] = lambda name, text: None,
) -> None:
    """Call ``start(name, attributes)`` and ``end(name, text)`` for each element.

    Names are local, without their namespace (of elements ``namespace}name`` where it is known to
    the parser is cut to the name); ``text`` is what stands directly in an element that has no
    others inside.

    Raises
    ------
    FormatError
        If it is no XML, or declares entities or a document type, which exports of annotations do
        not, and with which a file can take all memory or ask for other files.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    pieces: list[str] = []

    def refuse(*_: Any) -> None:
        raise FormatError(f"{file}: declares a document type or entities; no annotation tool does")

    def opened(name: str, attributes: Attributes) -> None:
        pieces.clear()
        start(name, {key.rpartition("}")[2]: value for key, value in attributes.items()})

    def closed(name: str) -> None:
        end(name, "".join(pieces))
        pieces.clear()

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = pieces.append
    parser.buffer_text = True
    try:
        while piece := stream.read(READ_BYTES):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise FormatError(f"{file}: damaged XML ({error}); export it again") from error


def local(name: str) -> str:
    """Return an element's name without its namespace.

    >>> local("urn:QDA-XML:project:1.0}Coding")
    'Coding'
    """
    return name.rpartition("}")[2]
