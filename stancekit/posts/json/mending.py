r"""JSON that programs write wrong, put right where there is no doubt of what was meant.

Telegram Desktop 4.1 wrote file names without quotation marks; Python prints ``None`` and ``True``;
people leave a comma behind the last value, or a backslash that escapes nothing.
"""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<string> "[^"\\]*(?:\\.[^"\\]*)*" )
    | (?P<comma> , ) (?=\s*[}\]])
    | (?P<before> (?:\A|[:\[{,]) [ \t\r\n]* )
      (?: (?: -?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)? | true | false | null | NaN | -?Infinity )
          (?=\s*[,\]}]|\Z)
        | (?P<key> [A-Za-z_$][\w$]{0,200} ) (?=\s*:)
        | (?P<bare> [^\s"{}\[\],:] [^"{}\[\]\n]{0,200}? )
          (?=\s*(?: ,\s*(?:["{\[}\]]|[\w$]+\s*:) | [}\]] | ,?\s*\n ))
      )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = {
    "None": "null", "undefined": "null", "nan": "null", "NULL": "null",
    "True": "true", "False": "false",
}  # fmt: skip
_STRAY: Final = re.compile(r'(\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})|\\')


def mended(text: str) -> str:
    r"""Put right what is wrong in one JSON value; text in it that is sound stays as it is.

    Examples
    --------
    >>> mended('{"id": video (2).webm, "ok": True, "path": "C:\\d",}')
    '{"id": "video (2).webm", "ok": true, "path": "C:\\\\d"}'
    """
    return _TOKEN.sub(_token, text)


def _token(found: re.Match[str]) -> str:
    token, word = found[0], found["key"] or found["bare"]
    if found["string"] is not None:
        return _STRAY.sub(lambda stray: stray[1] or r"\\", token) if "\\" in token else token
    if found["comma"] is not None:
        return ""
    if word is None:
        return token
    quoted = '"' + word.replace("\\", r"\\") + '"'
    return found["before"] + (quoted if found["key"] else _WORDS.get(word, quoted))
