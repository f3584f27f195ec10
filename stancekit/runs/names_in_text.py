"""Names of accounts in texts, in every spelling that a reader or a program would still read.

Marked names (``@name``, ``u/name``, links, DIDs) are found by their marks. A name that is known
from elsewhere is found without one too, in any case, with invisible characters inside, as HTML
entities or percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

_SHORTEST: Final = 4
"""Letters of a name that is looked for without a mark: shorter ones are mostly words."""
_UNSEEN: Final = "\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_AT: Final = f"(?:[@＠﹫]|&#0*64;|&#x0*40;|&commat;|%40)[{_UNSEEN}]*"
_IN: Final = rf"\w(?:[\w.\-{_UNSEEN}]*\w)?"
_SLASH: Final = r"(?:\\?/|%2f|&#0*47;|&#x0*2f;|&sol;)+"
_NOBODY: Final = (
    "(?:about|explore|groups|hashtag|help|home|i|intent|login|p|photo|posts|privacy|reel|reels"
    "|search|settings|share|sharer|status|stories|story|tos|tv|video|watch|web)"
)
_HOSTS: Final = (
    r"(?:twitter|x|facebook|fb|instagram|instagr|tiktok|gab|truthsocial|youtube|nitter|linktr)"
    r"\.(?:com|am|ee|net|me)|threads\.(?:net|com)|(?:t|telegram)\.me|[\w.\-]*\bnitter\.[\w.]+"
)
_PATHS: Final = (
    rf"(?:(?:#!|s|user|users|u|c|channel|in|profile|people){_SLASH})?(?!{_NOBODY}\b)(?:{_AT})?"
)

# More than twitter-text's mentions, so that no half of a name is left: dots and hyphens as in
# Bluesky's and YouTube's handles, a host as in the Fediverse's, before the name or after it.
_PATTERNS: Final = (
    r"(?P<did>\bdid(?::|%3a)(?:plc|web)(?::|%3a)[\w.\-]*\w)",
    rf"(?:(?<![A-Za-z0-9_])|(?<=\brt)|(?<=%2f)){_AT}(?P<at>{_IN}(?:{_AT}{_IN})?)",
    rf"(?<![\w/.])/?u/[{_UNSEEN}]*(?P<u>\w[\w\-]*)",
    rf"(?:\b|(?<=%2f))(?:{_HOSTS}){_SLASH}{_PATHS}(?P<link>\w[\w.\-]*)",
    rf"(?:\b|(?<=%2f))(?:bsky\.app|reddit\.com|linkedin\.com){_SLASH}(?:profile|u|user|in){_SLASH}"
    r"(?!did(?::|%3a))(?P<profile>\w[\w.\-]*)",
    rf"(?<=\w){_SLASH}users{_SLASH}(?P<users>\w[\w.\-]*)",
    r"[?&](?:amp;)?(?:screen_name|username|account|via)(?:=|%3d)(?P<asked>\w[\w.\-]*)",
)
_MARKED: Final = re.compile("|".join(_PATTERNS), re.IGNORECASE)
_MARKS: Final = ("@", "/", "＠", "﹫", "did", "%", "&")
_PLACE: Final = re.compile(r"[@＠﹫]|[.\-](?=\w)")
_INVISIBLE: Final = re.compile(f"[{_UNSEEN}]+")


def visible_only(text: str) -> str:
    r"""Leave out characters that nobody sees.

    >>> visible_only("an\u200ba")
    'ana'
    """
    return text if text.isascii() else _INVISIBLE.sub("", text)


def plain_name(name: str) -> str:
    """Write a name the one way it is hashed: without ``@``, in lower case.

    >>> plain_name(" @Ana_Vale")
    'ana_vale'
    """
    return visible_only(name).strip().lstrip("@＠﹫").casefold()


def replace_marked(text: str, known: Iterable[str], instead: Callable[[str, str], str]) -> str:
    """Replace the names in a text that a mark tells: ``@name``, ``u/name``, links, DIDs.

    Parameters
    ----------
    text
        Any text.
    known
        Names known from elsewhere, as `plain_name` gives them: they tell where a name ends that
        something stands beside, as in ``@ana.So``.
    instead
        Gets what kind of mark it was ("did" for an id, else a name) and the name.
    """
    if not any(mark in text for mark in _MARKS) and "DID" not in text:
        return text

    def change(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        whole, name, rest = match.group(), match.group(kind), ""
        if kind == "at":
            name, rest = _split(name, known)
        start = match.start(kind) - match.start()
        return f"{whole[:start]}{instead(kind, name)}{rest}"

    return _MARKED.sub(change, text)


def replace_known(text: str, name: str, pseudonym: str, *, all_words: bool = False) -> str:
    """Replace a name wherever it stands as a word of its own, in whatever spelling.

    Short names that are letters only are mostly words; they stay unless `all_words`.

    >>> replace_known("so Ana&#95;Vale, ana%5Fvale and ana_valet", "ana_vale", "NAME")
    'so NAME, NAME and ana_valet'
    >>> replace_known("the bo of bo", "bo", "NAME")
    'the bo of bo'
    """
    if not all_words and (len(name) < _SHORTEST or (name.isalpha() and len(name) == _SHORTEST)):
        return text
    coded = "%" in text or "&" in text
    if not coded and name not in visible_only(text).casefold():
        return text
    return _spellings(name).sub(pseudonym, text)


@lru_cache(maxsize=1 << 13)
def _spellings(name: str) -> re.Pattern[str]:
    letters = f"[{_UNSEEN}]*".join(map(_spelling, name))
    word = "0-9A-Za-z_" if name.isascii() else r"\w"
    return re.compile(f"(?<![{word}]){letters}(?![{word}])", re.IGNORECASE)


def _spelling(letter: str) -> str:
    both = {letter, letter.upper()} - {""}
    coded = {f"&#0*{ord(one)};|&#x0*{ord(one):x};" for one in both if len(one) == 1}
    percent = {"".join(f"%{byte:02x}" for byte in one.encode()) for one in both}
    ways = [re.escape(letter), *sorted(coded | percent), *_NAMED.get(letter, ())]
    return f"(?:{'|'.join(ways)})"


#: Entities with names for what names of accounts hold.
_NAMED: Final = {
    "_": ("&lowbar;",),
    ".": ("&period;",),
    "-": ("&hyphen;", "&dash;"),
    "@": ("&commat;",),
}


def _split(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Part a name from what only stands beside it, as in ``@ana.So``, if the name is known."""
    ends = [len(name), *(match.start() for match in _PLACE.finditer(name))]
    for end in sorted(ends, reverse=True):
        if plain_name(name[:end]) in known:
            return name[:end], name[end:]
    return name, ""
