"""Texts of a table that a program has written in another form, or has put in place of words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from stancekit.posts.html_text import html_to_text
from stancekit.posts.strings import unescape_html
from stancekit.posts.tables.cells import is_missing

_TAG: Final = re.compile(
    r"</?(?:p|br|a|span|div|b|i|em|strong|u|blockquote|ul|ol|li|img|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")
_SUSPECT: Final = re.compile("[ÂÃâðÐÅÎ][\u0080-\u00bf\u0152-\u2122]|â€|Ã|ðŸ")
_SIGNS: Final = "ÂÃâðÐÅÎ"
"""What UTF-8 looks like that was read as Windows' Western encoding; ftfy decides."""

_SAID: Final = {
    "html": "HTML was read as its words",
    "entities": "HTML entities (&amp;) were undone",
    "utf-8": "broken UTF-8 (â€™ for ’) was mended",
    "gone": "a mark of a missing value (NA, NaN, null) was taken for no words",
}


class Mender:
    """Mends texts, and counts what it mended.

    Parameters
    ----------
    keep : bool
        Leave all texts as they are.

    Examples
    --------
    >>> mender = Mender()
    >>> mender.mend("<p>no tram &amp; no peace</p>"), mender.mend("Itâ€™s late")
    ('no tram & no peace', 'It’s late')
    >>> sorted(mender.counts)
    ['html', 'utf-8']
    """

    def __init__(self, keep: bool = False) -> None:
        self.keep = keep
        self.counts: Counter[str] = Counter()

    def mend(self, text: str | None) -> str | None:
        """Give a text as it was meant; None stays None, and no text becomes None."""
        if text is None or self.keep:
            return text
        if not text.isascii() and any(sign in text for sign in _SIGNS) and _SUSPECT.search(text):
            text = self._counted("utf-8", text, _utf8(text))
        if "<" in text and _TAG.search(text):
            text = self._counted("html", text, html_to_text(text))
        elif "&" in text and _ENTITY.search(text):
            text = self._counted("entities", text, unescape_html(text))
        if text not in ("", "N/A") and is_missing(text):  # N/A is a notice in any format
            text = self._counted("gone", text, "")
        return text or None

    def _counted(self, what: str, before: str, after: str) -> str:
        self.counts[what] += before != after
        return after

    def said(self) -> list[str]:
        """Say what was mended, and how to have the texts as they stand."""
        found = [(what, count) for what, count in self.counts.items() if count]
        return [
            f"in {count:,} {'text' if count == 1 else 'texts'} {_SAID[what]}; keep_text=True "
            "leaves texts as they stand"
            for what, count in found
        ]


def _utf8(text: str) -> str:
    import ftfy

    return ftfy.fix_encoding(text)
