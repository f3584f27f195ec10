"""Strings that files hold in a broken or escaped form, mended; any value as a string."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import orjson

from stancekit.surrogates import without_surrogates

_HASHTAG = re.compile(r"(?<!\w)#(\w+)")
_ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")


def as_json(value: Any) -> str:
    """Write a value as JSON, and what JSON has no form for as text.

    Examples
    --------
    >>> as_json({"likes": [3, None]}), as_json(2**70)
    ('{"likes":[3,null]}', '1180591620717411303424')
    """
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:  # integers past 64 bits, half an emoji, values deep inside one another
        compact = (",", ":")
        try:
            loose = json.dumps(value, default=str, ensure_ascii=False, separators=compact)
        except (RecursionError, TypeError, ValueError):
            return '"(values too deep inside one another to be written)"'
        return without_surrogates(loose)


def mend_bytes(line: str) -> str:
    r"""Read the bytes that were not UTF-8 (kept by ``surrogateescape``) as Windows-1252.

    A file put together from two sources often holds a few such lines.

    Examples
    --------
    >>> mend_bytes(b"caf\xe9 \xc3\xa9t\xc3\xa9".decode("utf-8", "surrogateescape"))
    'café été'
    """
    return _ESCAPED_BYTES.sub(_as_windows, line)


def _as_windows(match: re.Match[str]) -> str:
    return match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def unescape_html(text: str) -> str:
    """Undo one level of HTML escaping: ``&amp;lt;`` becomes ``&lt;``, not ``<``.

    Examples
    --------
    >>> unescape_html("bread &amp; trams &gt; cars"), unescape_html("&amp;lt;3")
    ('bread & trams > cars', '&lt;3')
    """
    return html.unescape(text) if "&" in text else text


def hashtags_in(text: str | None) -> list[str]:
    """Return the hashtags of a text whose platform lists none, without ``#``.

    Examples
    --------
    >>> hashtags_in("No #tram, no town#7")
    ['tram']
    """
    return _HASHTAG.findall(text or "")


def mend_mojibake(text: str) -> str:
    r"""Undo UTF-8 that was read as Latin-1, as in every JSON download from Meta.

    Meta writes each byte of UTF-8 as a character of its own. Text that is sound already stays
    as it is; where sound and broken parts are mixed, ftfy mends the broken ones.

    Examples
    --------
    >>> mend_mojibake("caf\u00c3\u00a9"), mend_mojibake("café"), mend_mojibake("straße – fine")
    ('café', 'café', 'straße – fine')
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        from ftfy import fix_encoding

        return fix_encoding(text)
