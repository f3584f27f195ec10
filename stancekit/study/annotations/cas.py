"""UIMA CAS as XMI or JSON, as INCEpTION and WebAnno export it: labels of whole documents.

A label of a document is an annotation without a place in the text (INCEpTION's document layers),
or one that spans all of it. Spans of words are no labels of posts.

References
----------
OASIS (2008), XML Metadata Interchange of UIMA, 8.4; UIMA CAS JSON 0.4 (apache/uima-uimaj). The few
elements needed are read here: dkpro-cassis would bring lxml and needs the type system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from pathlib import PurePosixPath
from typing import Any, Final

from stancekit.posts.files.source import Source
from stancekit.posts.json.stream import small_json
from stancekit.study.annotations.mark import Asked, Mark, Part, take_whole, words
from stancekit.study.annotations.xml import walk

NAME: Final = "UIMA CAS (INCEpTION)"
#: Types that come with the tools: tokens, sentences, what is known of a document.
_OWN: Final = re.compile(r"(?:uima|org[/.]apache|de[/.]tudarmstadt|org[/.]dkpro)[/.]")
#: Features that every annotation has.
_PLACES: Final = frozenset(("id", "sofa", "begin", "end", "xmi:id", "order", "uiOrder"))
_CURATED: Final = re.compile(r"CURATION_USER|curation")
_INITIAL: Final = re.compile(r"INITIAL_CAS")
_XMI: Final = re.compile(rb"<(?:\w+:)?XMI\b[^>]*(?:www\.omg\.org/XMI|uima)")


def fits_head(head: bytes) -> bool:
    """Tell a CAS by its first bytes."""
    return _XMI.search(head) is not None or b'"%FEATURE_STRUCTURES"' in head or b'"%TYPES"' in head


def fits(source: Source) -> bool:
    """Tell an export of documents by one of its files."""
    likely = [n for n in source.names if n.endswith((".xmi", ".json"))][:3]
    return any(fits_head(source.head(name)) for name in likely)


def read(source: Source, part: Part, asked: Asked) -> None:
    """Read all documents of a folder or archive: ``annotation/DOCUMENT/ANNOTATOR.xmi``."""
    whole: list[Mark] = []
    for name in source.names:
        path = PurePosixPath(name)
        if not fits_head(source.head(name)):
            continue
        if _INITIAL.search(path.stem) or (_CURATED.search(name) and not asked.keep_all):
            what = "curated" if _CURATED.search(name) else "not yet annotated"
            part.left_out[f"documents that are {what}"] += 1
            continue
        with source.open(name) as stream:
            text, title, found = (_json if name.endswith(".json") else _xmi)(stream, name)
        folder = path.parent.name
        by_folder = len(source.names) > 1 and "." in folder
        item = title or (folder if by_folder else path.stem)
        whole += _marks(found, text, item, path.stem if by_folder else None, name, part)
    take_whole(part, whole)


def _marks(
    found: list[tuple[str, dict[str, Any]]],
    text: str,
    item: str,
    who: str | None,
    name: str,
    part: Part,
) -> list[Mark]:
    """Take labels without a place, and return those whose place is the whole text."""
    whole: list[Mark] = []
    begins = len(text) - len(text.lstrip())
    ends = begins + len(text.strip())
    before = len(part.marks)
    for place, (kind, features) in enumerate(found, 1):
        begin, end = features.get("begin"), features.get("end")
        if begin is not None and not (int(begin) <= begins and int(end or 0) >= ends):
            part.spans += 1
            continue
        for feature, value in features.items():
            label = words(value)
            if feature in _PLACES or feature.startswith(("@", "%", "^")) or label is None:
                continue
            question = f"{kind}.{feature}"
            ref = f"{name}/{place}"
            mark = Mark(item, text.strip(), who, label, None, ref, question)
            (part.marks if begin is None else whole).append(mark)
    part.left_out["documents without a label of their own"] += not whole and (
        len(part.marks) == before
    )
    return whole


Document = tuple[str, str | None, list[tuple[str, dict[str, Any]]]]


def _xmi(stream: BufferedReader, name: str) -> Document:
    text, title, found = "", None, list[tuple[str, dict[str, Any]]]()

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal text, title
        space, _, kind = element.rpartition("}")
        package = space.removeprefix("http:///").removesuffix(".ecore")
        if kind == "Sofa" and "sofaString" in attributes:
            text = text or attributes["sofaString"]
        elif kind == "DocumentMetaData":
            title = attributes.get("documentTitle") or attributes.get("documentId")
        elif "sofa" in attributes and not _OWN.match(f"{package}/"):
            found.append((kind, dict(attributes)))

    walk(stream, name, start)
    return text, title, [(kind, _by_character(own, text)) for kind, own in found]


def _json(stream: BufferedReader, name: str) -> Document:
    whole = small_json(stream)
    held = whole.get("%FEATURE_STRUCTURES") if isinstance(whole, dict) else None
    text, title, found = "", None, list[tuple[str, dict[str, Any]]]()
    for one in _structures(held):
        kind = str(one.get("%TYPE", ""))
        if kind.endswith(".Sofa"):
            text = text or str(one.get("sofaString") or "")
        elif kind.endswith(".DocumentMetaData"):
            title = words(one.get("documentTitle") or one.get("documentId"))
        elif "@sofa" in one and not _OWN.match(kind):
            found.append((kind.rpartition(".")[2], one))
    return text, title, [(kind, _by_character(own, text)) for kind, own in found]


def _structures(held: Any) -> Iterator[dict[str, Any]]:
    if isinstance(held, dict):  # by their ids
        held = list(held.values())
    yield from (one for one in held or () if isinstance(one, dict))


def _by_character(features: dict[str, Any], text: str) -> dict[str, Any]:
    """Turn places, which Java counts in UTF-16, into those of characters."""
    if text.isascii() or "end" not in features:
        return features
    ends = {}
    for place in ("begin", "end"):
        raw = text.encode("utf-16-le", "surrogatepass")[: 2 * int(features.get(place) or 0)]
        ends[place] = len(raw.decode("utf-16-le", "replace"))
    return {**features, **ends}
