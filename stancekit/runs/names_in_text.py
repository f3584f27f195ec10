"""Names of accounts in texts, in every spelling that a reader or a program would still read.

They are sought in a text `as_read`: in any case, with invisible characters inside, as HTML entities
or percent-encoded. Marked names (``@name``, ``u/name``, links, DIDs) are found by their marks; a
name that is known from elsewhere is found without one too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import lru_cache
from typing import Final

from stancekit.runs.as_read import as_read

_SHORTEST: Final = 4
"""Letters of a name that is looked for without a mark: shorter ones are mostly words."""
_NOBODY: Final = (
    "(?:about|explore|groups|hashtag|help|home|i|intent|login|p|photo|posts|privacy|reel|reels"
    "|search|settings|share|sharer|status|stories|story|tos|tv|video|watch|web)"
)
#: Sites on which what follows the host is an account, as far as people link to them in posts.
_HOSTS: Final = (
    r"(?:twitter|x|[fv]xtwitter|fixupx|fixvx|xcancel|facebook|fb|instagram|instagr|ig|tiktok|gab"
    r"|truthsocial|youtube|linktr|vk|ok|twitch|patreon|github|pinterest|tumblr|gettr|parler|minds"
    r"|snapchat|soundcloud|rumble|onlyfans|flickr|vimeo|ko-fi|buymeacoffee|disqus|steemit)"
    r"\.(?:com|am|ee|net|me|ru|tv)|threads\.(?:net|com)|(?:t|m|telegram)\.me"
    r"|[\w.\-]*\bnitter\.[\w.]+"
)
_PATHS: Final = (
    r"(?:(?:#!|s|m|user|users|u|c|add|channel|in|profile|people|stories|blog/view)/+)?"
    rf"(?!{_NOBODY}\b)@?"
)
#: A letter of a name; of marks that stand on letters, those of Latin and of Indic scripts.
_W: Final = r"[\w\u0300-\u036f\u0900-\u0eff]"
_IN: Final = rf"{_W}(?:(?:{_W}|[.\-])*{_W})?"

# More than twitter-text's mentions, so that no half of a name is left: dots and hyphens as in
# Bluesky's and YouTube's handles, a host as in the Fediverse's, before the name or after it.
_PATTERNS: Final = (
    r"(?P<did>\bdid:(?:plc|web):[\w.\-]*\w)",
    rf"(?:(?<![a-z0-9_])|(?<=\brt))@(?P<at>{_IN}(?:@{_IN})?)",
    rf"(?<![\w/.])/?u/(?P<u>{_W}(?:{_W}|-)*)",
    rf"\b(?:{_HOSTS})/+{_PATHS}(?P<link>\w[\w.\-]*)",
    r"\b(?:bsky\.app|reddit\.com|linkedin\.com)/+(?:profile|u|user|in)/+(?!did:)"
    r"(?P<profile>\w[\w.\-]*)",
    r"(?<=\w)/+users/+(?P<users>\w[\w.\-]*)",
    r"//(?!www\.)(?P<site>[\w\-]+)\.(?:tumblr|substack|blogspot|wordpress|livejournal)\.com\b",
    r"\b(?:acct|mailto|skype|xmpp):(?P<address>\w[\w.\-]*)",
    r"[?&](?:screen_name|username|account|via|domain)=(?P<asked>\w[\w.\-]*)",
)
_MARKED: Final = re.compile("|".join(_PATTERNS))
_MARK: Final = re.compile(r"[@/=:]")
_PLACE: Final = re.compile(r"@|[.\-](?=\w)")

#: Gets what kind of mark a name had ("did" for an id, else a name) and the name as it is read.
Instead = Callable[[str, str], str]
_Found = tuple[int, int, str]


@lru_cache(maxsize=1 << 16)
def plain_name(name: str) -> str:
    """Write a name the one way it is hashed: as it is read, without ``@``.

    >>> plain_name(" @Ana_Vale")
    'ana_vale'
    """
    return as_read(name).text.lstrip("@ ").rstrip()


def marked_names(text: str) -> Iterator[str]:
    """Give the names that a mark tells in a text, but for ids.

    >>> list(marked_names("so @Ana, see x.com/%62o_1 and did:plc:x"))
    ['ana', 'bo_1']
    """
    for match in _marked(as_read(text).text):
        if match.lastgroup and match.lastgroup != "did":
            yield match.group(match.lastgroup)


def replace_names(
    text: str,
    instead: Instead | None,
    known: Container[str],
    everywhere: Mapping[str, str],
    *,
    all_words: bool = False,
) -> str:
    """Replace the names in a text, and leave all else as it is written.

    Parameters
    ----------
    text
        Any text.
    instead
        What stands for a name that a mark tells; None leaves marks alone.
    known
        Names, as `plain_name` gives them, that tell where a name ends that something stands
        beside, as in ``@ana.So``.
    everywhere
        Names that are replaced as words of their own, and what stands for them, the first before
        the others.
    all_words
        Whether short names, that are letters only, are sought, too: they are mostly words.

    Examples
    --------
    >>> said = "so Ana&#95;Vale, ana%5Fvale and ana_valet, the bo of bo"
    >>> replace_names(said, None, (), {"ana_vale": "NAME", "bo": "BO"})
    'so NAME, NAME and ana_valet, the bo of bo'
    """
    read = as_read(text)
    found: list[_Found] = []
    if instead is not None:
        found += _by_marks(read.text, instead, known)
    for name, pseudonym in everywhere.items():
        if name in read.text and (all_words or _is_name(name)):
            found += _as_words(read.text, name, pseudonym, found)
    written, done = [], 0
    for start, end, pseudonym in sorted(found):
        written += [text[done : read.starts[start]], pseudonym]
        done = read.ends[end - 1]
    return "".join([*written, text[done:]])


def _is_name(name: str) -> bool:
    return len(name) > _SHORTEST or (len(name) == _SHORTEST and not name.isalpha())


def _marked(read: str) -> Iterator[re.Match[str]]:
    return _MARKED.finditer(read) if _MARK.search(read) else iter(())


def _by_marks(read: str, instead: Instead, known: Container[str]) -> Iterator[_Found]:
    for match in _marked(read):
        kind = match.lastgroup or ""
        name, start = match.group(kind), match.start(kind)
        if kind == "at":
            name = _without_rest(name, known)
        yield start, start + len(name), instead(kind, name)


def _without_rest(name: str, known: Container[str]) -> str:
    """Part a name from what only stands beside it, as in ``@ana.So``, if the name is known."""
    ends = [len(name), *(match.start() for match in _PLACE.finditer(name))]
    return next((name[:end] for end in sorted(ends, reverse=True) if name[:end] in known), name)


def _as_words(read: str, name: str, pseudonym: str, taken: list[_Found]) -> Iterator[_Found]:
    start = read.find(name)
    while start >= 0:
        end = start + len(name)
        inside = any(start < other_end and other < end for other, other_end, _ in taken)
        if not inside and _is_word(read, start, end, name.isascii()):
            yield start, end, pseudonym
        start = read.find(name, start + 1)


def _is_word(read: str, start: int, end: int, ascii_only: bool) -> bool:
    """Tell whether a name stands by itself: a ``_`` that no letter follows belongs to others."""
    before, after = read[max(0, start - 2) : start][::-1], read[end : end + 2]
    return _is_end(before, ascii_only) and _is_end(after, ascii_only)


def _is_end(beside: str, ascii_only: bool) -> bool:
    if beside[:1] == "_":
        return not beside[1:2].isalpha()
    return not beside[:1].isalnum() or (ascii_only and not beside[:1].isascii())
