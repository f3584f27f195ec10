"""The encoding of a text file, told by its first bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from io import TextIOBase
from typing import Final

from stancekit.posts.limits import LINE_BYTES
from stancekit.posts.strings import mend_bytes

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAC: Final = re.compile(
    rb"[\x81\x8d\x8f\x90\x9d]|(?<=[A-Za-z])[\x87-\x89\x8b\x98\x9f]|(?<=[a-z\x8e])[\x8a\x8c\x8e]"
    rb"|(?<=[a-z])[\x91\x93-\x95\x99](?=[a-z])"
)
"""Bytes that are letters in Mac Roman (å, ç, è, ê, ù; after a letter á to å, é, ò, ü; inside a word
ë, ì, î, ï, ô), and in Windows-1252 nothing, or signs and capitals that stand elsewhere."""
_WINDOWS: Final = re.compile(rb"(?<=[a-z])[\xdf-\xf6\xf8-\xff]")
"""Bytes that are small letters in Windows-1252, and in Mac Roman signs and capitals."""


def detect_encoding(head: bytes) -> str:
    r"""Tell how a text file is encoded.

    A byte order mark decides; then zeros in every other byte (UTF-16); then whether the bytes
    are UTF-8, but for a few. What is left is Windows-1252, or Mac Roman if more bytes make sense
    there as letters of words, or if lines end with CR alone as old Mac programs write them.

    Examples
    --------
    >>> detect_encoding("café".encode()), detect_encoding("café\r\n".encode("cp1252"))
    ('utf-8', 'cp1252')
    >>> detect_encoding("déjà vu\r\n".encode("mac-roman"))
    'mac-roman'
    """
    unicode = detect_unicode(head)
    if unicode != "utf-8" or _mostly_utf8(head):
        return unicode
    mac, windows = len(_MAC.findall(head)), len(_WINDOWS.findall(head))
    if mac == windows:
        return "mac-roman" if b"\r" in head and b"\n" not in head else "cp1252"
    return "mac-roman" if mac > windows else "cp1252"


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


def mended_lines(text: TextIOBase) -> Iterator[str]:
    """Yield lines, mending what was read with ``errors="surrogateescape"``; NULs are dropped."""
    while line := text.readline(LINE_BYTES):
        if "\0" in line:
            line = line.replace("\0", "")
        if not line.isascii():
            try:
                line.encode()
            except UnicodeEncodeError:
                line = mend_bytes(line)
        yield line
