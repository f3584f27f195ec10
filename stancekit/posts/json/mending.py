r"""JSON that programs write wrong, put right where there is no doubt of what was meant.

Telegram Desktop 4.1 wrote file names without quotation marks; Python prints ``None``, ``True`` and
``'words'``; people leave a comma behind the last value, or a backslash that escapes nothing.
"""

from __future__ import annotations

import re
import sys
from typing import Final

from stancekit.posts.record import Notice

# Blanks that are looked over have an end, and what stands bare is taken a letter at a time with the
# blanks before it: else each of many words looks over the same run of blanks again and again.
_TOKEN: Final = re.compile(
    r"""
      (?P<string> "[^"\\]*(?:\\.[^"\\]*)*" )
    | (?P<single> '[^'\\]*(?:\\.[^'\\]*)*' ) (?=\s{0,999}[,:}\]]|\Z)
    | (?P<comma> , ) (?=\s{0,999}[}\]])
    | (?P<mark> [:,] )
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<sound> -?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)? | true | false | null | NaN
        | -?Infinity ) (?=\s{0,999}[,\]}]|\Z)
    | (?P<key> [A-Za-z_$][\w$]{0,200} ) (?=\s{0,999}:)
    | (?P<bare> [^\s"{}\[\],:] (?: [^\S\n]{0,99} [^\s"{}\[\]] ){0,200}? )
      (?=\s{0,999} (?: ,\s{0,999}(?:["{\[}\]]|[\w$]{1,200}\s{0,999}:) | [}\]] | ,[^\S\n]{0,999}\n )
        | [^\S\n]{0,999}\n )
    | (?P<other> [^\s"{}\[\],:]+ | " )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = {
    "None": "null", "undefined": "null", "nan": "null", "NULL": "null",
    "True": "true", "False": "false",
}  # fmt: skip
_STRAY: Final = re.compile(r'(\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})|\\')


def mended(text: str, start: int = 0, stop: int = sys.maxsize) -> tuple[str, int] | None:
    r"""Put right what is wrong in the JSON value that begins at a place of a text.

    Parameters
    ----------
    text : str
        What is sound in it stays as it is.
    start, stop : int
        The value lies between these places.

    Returns
    -------
    tuple of str and int, or None
        The value, and where it ended in `text`; None if something in it is not understood, or its
        brackets are not closed before `stop`.

    Examples
    --------
    >>> mended('{"id": video (2).webm, "ok": True, "path": "C:\\d",}, {"id": 2}')
    ('{"id": "video (2).webm", "ok": true, "path": "C:\\\\d"}', 51)
    """
    parts: list[str] = []
    depth, end, at_value = 0, start, True
    for found in _TOKEN.finditer(text, start, stop):
        kind, token = str(found.lastgroup), found[0]
        if kind == "other":  # whatever follows, this is no JSON
            return None
        parts += text[end : found.start()], _sound(kind, token, at_value)
        end, at_value = found.end(), kind in ("open", "mark", "comma")
        depth += (kind == "open") - (kind == "close")
        if depth <= 0:
            return "".join(parts), end
    return None


def mending_notice(file: str, count: int) -> Notice:
    """Say how many items of a file were put right."""
    return Notice(
        file,
        f"{count:,} {'item was' if count == 1 else 'items were'} not quite JSON (quotation marks "
        "missing, a comma too many, a wrong backslash, bytes that are no UTF-8) and could be "
        "mended",
        warning=False,
    )


def _sound(kind: str, token: str, at_value: bool) -> str:
    if kind == "string":
        return _STRAY.sub(lambda stray: stray[1] or r"\\", token) if "\\" in token else token
    if kind == "comma":
        return ""
    if kind == "single" and at_value:
        inner = token[1:-1].replace("\\'", "'").replace('\\"', '"').replace('"', '\\"')
        return _sound("string", f'"{inner}"', at_value)
    if kind not in ("key", "bare") or not at_value:
        return token
    quoted = '"' + token.replace("\\", r"\\") + '"'
    return quoted if kind == "key" else _WORDS.get(token, quoted)
