"""Texts of posts on a page: escaped, and the words that speak for their labels marked."""

from __future__ import annotations

import re

from markupsafe import Markup

from stancekit.reporting.counting.examples import Example
from stancekit.show.cells import escaped


def marked(example: Example) -> Markup:
    """Escape an example's text, and mark the words that speak for its label.

    >>> marked(Example("critical", 0.9, "No <b>shame</b>!", ("shame",)))
    Markup('No &lt;b&gt;<mark>shame</mark>&lt;/b&gt;!')
    """
    words = sorted(filter(None, example.evidence), key=len, reverse=True)
    if not words:
        return Markup(escaped(example.text))
    found = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.I)
    parts, end = [], 0
    for match in found.finditer(example.text):
        parts += [escaped(example.text[end : match.start()]), f"<mark>{escaped(match[0])}</mark>"]
        end = match.end()
    return Markup("".join([*parts, escaped(example.text[end:])]))
