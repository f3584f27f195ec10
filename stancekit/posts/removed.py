"""What platforms and tools write where words or names were: what is gone is no text and nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


NOBODY_ON: Final[Mapping[str, frozenset[str]]] = {
    "discord": frozenset(("Deleted User",)),
    "telegram": frozenset(("Deleted Account",)),
    "bluesky": frozenset(("handle.invalid",)),
    "facebook": frozenset(("Facebook User",)),
    "4cat": frozenset(("REDACTED", "N/A", "Anonymous", "handle.invalid")),
}
"""Names without brackets that many accounts share once they are gone, by how formats begin."""

_ACCOUNT: Final = re.compile(
    r"\[\s*(?:deleted|removed|suspended|unavailable|unknown|anonymous|banned)"
    r"(?:[\s-](?:by\s\w{1,30}|user|account|author))?\s*\]"
    r"|\[\s*(?:user|account|author)[\s-](?:deleted|removed|suspended|unavailable)\s*\]",
    re.IGNORECASE,
)


def is_nobody(name: str) -> bool:
    """Tell whether a platform wrote this where the name of an account was.

    Only what stands in brackets, or is empty, counts: there are accounts called ``deleted``, and
    ``None``. What one platform writes without brackets is in :data:`NOBODY_ON`.

    Examples
    --------
    >>> is_nobody("[deleted]"), is_nobody(" "), is_nobody("[deleted by user]")
    (True, True, True)
    >>> is_nobody("deleted"), is_nobody("None"), is_nobody("[ana]")
    (False, False, False)
    """
    shown = name.strip()
    return not shown or (shown[0] == "[" and _ACCOUNT.fullmatch(shown) is not None)


def nobody_on(source_format: str) -> frozenset[str]:
    """Return the names that are nobody's in a format, as :data:`NOBODY_ON` has them.

    Examples
    --------
    >>> sorted(nobody_on("bluesky-posts")), sorted(nobody_on("csv"))
    (['handle.invalid'], [])
    """
    found = (names for start, names in NOBODY_ON.items() if source_format.startswith(start))
    return next(found, frozenset())
