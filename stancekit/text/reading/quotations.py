"""Quotations of two words and more: somebody else's words are not the author's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stancekit.text.reading.edits import Edit

#: Words a quotation must have to be masked, and words that must remain outside.
INSIDE, OUTSIDE = 2, 4
#: What is read between the quotation marks.
MASK: Final = "…"
_LONGEST: Final = 400
_QUOTED: Final = re.compile(
    r"(?<!\w)(?:"
    rf'"(?!\s)([^"\0]{{3,{_LONGEST}}}?)(?<!\s)"'
    rf'|[“„]([^“”"\0]{{3,{_LONGEST}}}?)[”“"]'
    rf"|«([^«»\0]{{3,{_LONGEST}}}?)»"
    rf"|(?<![^\s(])['‘](?!\s)((?:[^'’‘\0]|(?<=\w)['’](?=\w)){{3,{_LONGEST}}}?)(?<!\s)['’](?![\w'’])"
    r")(?!\w)"
)
_MARK: Final = re.compile("[\"“”„«»‘’']")
_WORD: Final = re.compile(r"[^\W\d_][\w'’]*")


def quotations(text: str) -> Iterator[Edit]:
    """Yield the quotations of a post that are masked.

    Those of two words or more, where four words remain outside of all of them: a post that is a
    quotation and no more speaks in it, and one word in quotation marks is doubted, not quoted.

    Examples
    --------
    >>> found = quotations('He called her "a lying witch" and nobody in the room objected')
    >>> [(edit.start, edit.end, edit.text) for edit in found]
    [(15, 28, '…')]
    >>> list(quotations('Some "expert" she is'))
    []
    """
    first = _MARK.search(text)
    if not first or not _MARK.search(text, first.end()):
        return
    found = [
        span
        for match in _QUOTED.finditer(text, first.start())
        if _several(text[match.start() + 1 : match.end() - 1], INSIDE)
        for span in [match.span()]
    ]
    if not found:
        return
    rest, at = [], 0
    for start, end in found:
        rest.append(text[at:start])
        at = end
    if _several(" . ".join([*rest, text[at:]]), OUTSIDE):
        for start, end in found:
            yield Edit(start + 1, end - 1, MASK)


def _several(text: str, words: int) -> bool:
    return sum(1 for _ in zip(range(words), _WORD.finditer(text), strict=False)) == words
