"""Whom a reply is at: the account it answers, those its writer names, those it only inherits.

A reply on X goes to everybody whom the thread before it went to, unless its writer takes them out:
the platform puts their names before the words. They stand among the mentions, and nobody wrote
them. Clients of the fediverse put them there too, where a writer sees and may strike them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stancekit.posts.limits import CHAIN_NAMES
from stancekit.posts.record import Record
from stancekit.posts.removed import is_nobody

OWN: Final = "own"
"""Names in a post are its writer's own: nothing is inherited."""
LED: Final = "led"
"""A reply's text opens with the names that its thread has put there."""
WHERE_LED: Final = "where-led"
"""As :data:`LED` where a reply opens with names, and :data:`UNTOLD` elsewhere."""
UNTOLD: Final = ""
"""Nobody knows whether the names in a reply are its writer's own."""

_OPENING: Final = re.compile(r"\s*(?:@[A-Za-z0-9_.-]{1,64}(?:@[\w.-]{1,200})?(?:\s+|$))+")
_NO_NAME: Final = frozenset(("", *"[ \t\n\r"))
_NO_REPLY: Final = frozenset(("post", "quote", "repost"))


class Chain:
    """Sets ``inherited`` in the records of one source, and counts what it took from the chain.

    Parameters
    ----------
    how : str
        :data:`OWN`, :data:`LED`, :data:`WHERE_LED` or :data:`UNTOLD`.

    Examples
    --------
    >>> reply = {"kind": "reply", "author": "dee", "text": "@ana @bo no", "mentions": ["ana", "bo"]}
    >>> Chain(LED).settle(reply)
    >>> reply["reply_to_author"], reply["inherited"]
    ('ana', ['bo'])
    """

    def __init__(self, how: str = UNTOLD) -> None:
        self.how = how
        self.answered = 0

    def settle(self, record: Record, listed: list[str] | None = None) -> None:
        """Set whom a record inherits, and whom it answers where only the chain tells.

        Parameters
        ----------
        record : dict
            Finished but for this; changed in place. ``inherited`` that its reader has set (None
            where it cannot tell) stays, without the account answered and the author.
        listed : list of str, optional
            All accounts that the platform says a reply goes to, the one answered first.
        """
        if listed is not None:
            answer_first(record, listed)
            record["inherited"] = _others(record, listed[:CHAIN_NAMES])
        elif "inherited" not in record:
            kind = record.get("kind")
            nobody = kind in _NO_REPLY or self.how == OWN
            record["inherited"] = [] if nobody else self._told(record, kind)
        elif self.how != UNTOLD and record["inherited"]:
            record["inherited"] = _others(record, record["inherited"][:CHAIN_NAMES])

    def said(self) -> list[str]:
        """Say in how many replies the account answered was told by the chain alone."""
        if not self.answered:
            return []
        whose = "1 reply does" if self.answered == 1 else f"{self.answered:,} replies do"
        return [f"{whose} not say who is answered: taken is the first name before the words"]

    def _told(self, record: Record, kind: str | None) -> list[str] | None:
        text = record.get("text")
        if kind is None:
            return _of_unknown_kind(text, record.get("mentions"))
        if self.how == UNTOLD or text is None:
            return [] if self.how == LED and not record.get("mentions") else None
        if _names_the_answered_alone(text, record.get("reply_to_author")):
            return []
        names = opening_names(text)
        return self._rest(record, names) if names or self.how == LED else None

    def _rest(self, record: Record, names: list[str]) -> list[str]:
        """Return all but the account answered, which is the first if nothing else tells it."""
        if not names:
            return []
        self.answered += answer_first(record, names)
        return _others(record, names)


def answer_first(record: Record, names: list[str]) -> bool:
    """Take the first name that is not the author's for the account answered, if none is known.

    Examples
    --------
    >>> record = {"author": "ana"}
    >>> answer_first(record, ["ana", "bo"]), record["reply_to_author"]
    (True, 'bo')
    >>> answer_first(record := {"author": "ana"}, ["[deleted]", "bo"]), record
    (False, {'author': 'ana'})
    """
    if record.get("reply_to_author") is not None:
        return False
    first = next((name for name in names if name != record.get("author")), "")
    if is_nobody(first):
        return False
    others = _others(record, names[:CHAIN_NAMES])
    if others:
        record["reply_to_author"] = others[0]
    return bool(others)


def _names_the_answered_alone(text: str, answered: str | None) -> bool:
    """Tell the commonest replies at once: ``@ana no`` to ana."""
    if answered is None or not text.startswith(f"@{answered} "):
        return False
    return text[len(answered) + 2 : len(answered) + 3].isalnum()


def opening_names(text: str | None) -> list[str]:
    """Return the names that a text opens with, one after another with only blanks between.

    Examples
    --------
    >>> opening_names("@ana @bo@tram.example no, @cy"), opening_names("no @ana")
    (['ana', 'bo@tram.example'], [])
    >>> opening_names(".@ana no"), opening_names("@ana, @bo: no"), opening_names("@ana")
    ([], [], ['ana'])
    """
    if not text or (text[0] != "@" and not text.lstrip().startswith("@")):
        return []
    found = _OPENING.match(text)
    return [word[1:] for word in found[0].split(None, CHAIN_NAMES)[:CHAIN_NAMES]] if found else []


def same_account(one: str, other: str) -> bool:
    """Tell whether two names are those of one account: in any case, with a host or without.

    Examples
    --------
    >>> same_account("Bo", "bo@tram.example"), same_account("bo@a.example", "bo@b.example")
    (True, False)
    """
    one, other = one.casefold(), other.casefold()
    if one == other:
        return True
    first, at, _ = one.partition("@")
    second, also, _ = other.partition("@")
    return bool(at) != bool(also) and first == second


def _others(record: Record, names: list[str]) -> list[str]:
    """Return each of some names once, as ``mentions`` writes it: no author, nobody answered."""
    author, answered = record.get("author"), record.get("reply_to_author")
    others = [name for name in names if name != answered and name != author]
    if not others:
        return []
    mentions = (record.get("mentions") or [])[:CHAIN_NAMES]
    known = [name for name in (author, answered) if name]
    if "@" in "".join((*others, *mentions, *known)):
        return list(_with_hosts(others, mentions, known))
    plain = {name.casefold(): name for name in (*others, *mentions)}  # a mention's spelling wins
    passed = {name.casefold() for name in known}
    return [
        plain[one]
        for one in dict.fromkeys([name.casefold() for name in others])
        if one not in passed and not (one[:1] in _NO_NAME and is_nobody(one))
    ]


def _with_hosts(names: list[str], mentions: list[str], known: list[str]) -> Iterator[str]:
    """Do the same where names have hosts, which may be left out in a text."""
    for name in names:
        written = next((one for one in mentions if same_account(one, name)), None)
        if written is not None:
            mentions = [one for one in mentions if one is not written]
            name = written
        if not is_nobody(name) and not any(same_account(one, name) for one in known):
            known = [*known, name]
            yield name


def _of_unknown_kind(text: str | None, mentions: list[str] | None) -> list[str] | None:
    """Tell whom a post inherits that may be a reply: nobody, or it cannot be told.

    The first name of a text is answered or addressed, and names further in are the writer's own;
    others before the words, and mentions that do not stand in the text, may be inherited. Where
    mentions are missing, too, nothing tells.
    """
    if mentions is None or (mentions and len(opening_names(text)) > 1):
        return None
    shown = (text or "").casefold()
    own = all(f"@{name.partition('@')[0].casefold()}" in shown for name in mentions)
    return [] if own else None
