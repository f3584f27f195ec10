"""Mending strings that files hold in a broken or escaped form."""

from __future__ import annotations

import html
import re

_ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")


def without_surrogates(text: str) -> str:
    r"""Join surrogate pairs into characters; a lone surrogate becomes U+FFFD.

    Examples
    --------
    >>> without_surrogates("a tram \ud83d\ude8b"), without_surrogates("cut \ud83d")
    ('a tram 🚋', 'cut �')
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


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
