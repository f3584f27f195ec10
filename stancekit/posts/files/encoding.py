"""The encoding of a text file, told by its first bytes."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from io import TextIOBase
from typing import Final

from stancekit.posts.files.legacy import detect_legacy
from stancekit.posts.limits import LINE_BYTES
from stancekit.posts.strings import mend_bytes

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@lru_cache(maxsize=16)  # each format asks about the same bytes
def detect_encoding(head: bytes) -> str:
    r"""Tell how a text file is encoded.

    A byte order mark decides; then zeros in every other byte (UTF-16); then whether the bytes
    are UTF-8, but for a few; then the letters that they are, see :func:`detect_legacy`.

    Examples
    --------
    >>> detect_encoding("café".encode()), detect_encoding("café\r\n".encode("cp1252"))
    ('utf-8', 'cp1252')
    """
    if b"\x1b$" in head:
        return "iso2022_jp"  # all of it ASCII
    unicode = detect_unicode(head)
    if unicode != "utf-8" or _mostly_utf8(head):
        return unicode
    return detect_legacy(head)


def detect_unicode(head: bytes) -> str:
    """Tell which encoding of Unicode a file is in, UTF-8 unless it shows otherwise."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 5:
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def _mostly_utf8(head: bytes) -> bool:
    """Tell whether more of the bytes past ASCII form UTF-8 characters than do not."""
    decoder = codecs.getincrementaldecoder("utf-8")
    try:
        decoder().decode(head)
    except UnicodeDecodeError:
        text = decoder("surrogateescape").decode(head)
    else:
        return True
    beyond = [character for character in text if character > "\x7f"]
    broken = sum("\udc80" <= character <= "\udcff" for character in beyond)
    return broken <= len(beyond) // 2


def decode_head(head: bytes) -> str:
    """Decode the first bytes of a file for detection, whatever they are."""
    decoder = codecs.getincrementaldecoder(detect_encoding(head))("replace")
    return decoder.decode(head)


def mended_lines(text: TextIOBase, mended: Counter[str] | None = None) -> Iterator[str]:
    """Yield lines, mending what was read with ``errors="surrogateescape"``; NULs are dropped.

    ``mended`` counts the lines with bytes that are no UTF-8.
    """
    while line := text.readline(LINE_BYTES):
        if "\0" in line:
            line = line.replace("\0", "")
        if not line.isascii():
            try:
                line.encode()
            except UnicodeEncodeError:
                line = mend_bytes(line)
                if mended is not None:
                    mended["lines"] += 1
        yield line
