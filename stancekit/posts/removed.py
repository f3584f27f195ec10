"""What platforms and tools write where words were: a post that is gone is no text to label."""

from __future__ import annotations

import re
from typing import Final

NOTICES_BEGIN: Final = frozenset("[TtNn \t\n")
"""How the notices known to :func:`removal` begin: what else begins a text need not be asked."""

_BRACKETS: Final = re.compile(
    r"\[\s*(removed|deleted)(?:\s+by\s(?:[^][]|\[[^][]*\]){1,150})?\s*\]", re.IGNORECASE
)
_SENTENCE: Final = re.compile(
    r"this (?:tweet|post|status|message|comment|media|video|account|content)\b[^\n]{0,80}?"
    r"(?:(?P<deleted>was deleted by|no longer exists)"
    r"|is unavailable|is no longer available|from a suspended account|violated the \w+ rules"
    r"|(?:withheld|removed|disabled) in response to a (?:report|notice|request|legal demand)"
    r"|withheld in )[^\n]{0,80}",
    re.IGNORECASE,
)
_NOTHING: Final = frozenset(("n/a", "[unavailable]", "[no longer available]"))


def removal(text: str | None) -> str | None:
    """Tell what became of a post from the notice that stands in place of its words.

    Parameters
    ----------
    text : str or None
        The whole text of a post, where its platform writes such notices.

    Returns
    -------
    str or None
        ``"deleted"`` (by its author), ``"removed"`` (by somebody else), ``"unavailable"``;
        None for words.

    Examples
    --------
    >>> removal("[deleted by user]"), removal("[ Removed by Reddit in response to a copyright ]")
    ('deleted', 'removed')
    >>> removal("N/A"), removal("[removed] why?"), removal(None)
    ('unavailable', None, None)
    """
    if text is None or len(text) > 300:
        return None
    shown = text.strip()
    if found := _BRACKETS.fullmatch(shown):
        return found[1].lower()
    if shown.lower() in _NOTHING:
        return "unavailable"
    if found := _SENTENCE.fullmatch(shown):
        return "deleted" if found["deleted"] else "removed"
    return None
