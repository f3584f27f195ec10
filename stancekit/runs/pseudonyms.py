"""Pseudonyms for authors and those they mention: a keyed hash, BLAKE2b (RFC 7693).

Who holds the key can tell whose pseudonym is whose by trying names; nobody else can. The same key
gives the same pseudonyms in every run, so that tables of one study can be joined. These are
pseudonyms and no anonymity: a post's words, its id and its links can still be looked up.
"""

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyarrow as pa

from stancekit.errors import InputError
from stancekit.posts.table import column_of
from stancekit.runs.files import check_parent, saving

_BYTES: Final = 32
_KEY: Final = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")

#: Columns of ids of posts: on Bluesky and Mastodon addresses, with the account in them.
POST_IDS: Final = ("id", "reply_to_id", "quoted_id", "repost_of", "conversation_id")
#: Columns of ids, which may differ by case alone; of names, which do not; of texts with names.
IDS: Final = ("author_id",)
NAMES: Final = ("author", "reply_to_author", "quoted_author", "mentions")
TEXTS: Final = ("text", "urls", "evidence")

# More than twitter-text's mentions, so that no half of a name is left: dots and hyphens as in
# Bluesky's and YouTube's handles, a host as in the Fediverse's; u/name as on Reddit; and the
# name in a link to an account or post.
_MENTION: Final = (
    r"(?:(?<![A-Za-z0-9_])|(?<=\b[Rr][Tt]))[@＠](?P<at>\w(?:[\w.\-]*\w)?(?:@[\w.\-]*\w)?)"
)
_REDDIT: Final = r"(?<![\w/.])/?u/(?P<u>\w[\w\-]*)"
_LINK: Final = (
    r"\b(?:(?:twitter|x|facebook|instagram|tiktok)\.com|threads\.net|bsky\.app/profile"
    r"|t\.me|reddit\.com/u(?:ser)?)/(?!(?:i|home|search|hashtag|intent|share|p|reel|watch|groups)\b)"
    r"(?P<link>\w[\w.\-]*)"
)
_USERS: Final = r"(?<=\w)/users/(?P<users>\w[\w.\-]*)"
_IN_TEXT: Final = re.compile(f"{_MENTION}|{_REDDIT}|{_LINK}|{_USERS}")
_PLACE: Final = re.compile(r"@|[.\-](?=\w)")


@dataclass(frozen=True)
class Pseudonyms:
    """How to put pseudonyms for people in a batch of posts.

    Attributes
    ----------
    key
        32 bytes; see `read_key`.
    keep
        Columns besides those of the post table that stay, as they are; others may name people
        too, and are left out.
    """

    key: bytes = field(repr=False)
    keep: frozenset[str] = frozenset()

    @property
    def fingerprint(self) -> str:
        """What tells one key from another and does not tell the key."""
        return _pseudonym(self.key, "", "fingerprint")

    def of_id(self, author_id: str) -> str:
        """Give the pseudonym of an account's id."""
        return _pseudonym(self.key, author_id, "id")

    def of_post(self, post_id: str) -> str:
        """Give the pseudonym of a post's id that is an address; other ids tell of nobody."""
        return _pseudonym(self.key, post_id, "post") if ":" in post_id else post_id

    def of_name(self, name: str) -> str:
        """Give the pseudonym of a name, with ``@`` or without, in whatever case.

        >>> key = Pseudonyms(bytes(32))
        >>> key.of_name("@Ana_Vale") == key.of_name("ana_vale")
        True
        """
        return _pseudonym(self.key, plain_name(name), "name")

    def in_text(self, text: str, known: Mapping[str, str] | None = None) -> str:
        """Put pseudonyms for the names in a text: ``@name``, ``u/name``, links to accounts.

        Parameters
        ----------
        text
            Any text.
        known
            Names that the post's other columns hold, by how they are written in a text.

        Examples
        --------
        >>> text = Pseudonyms(bytes(32)).in_text("no, @ana, see a@b.org")
        >>> text.replace(Pseudonyms(bytes(32)).of_name("ana"), "NAME")
        'no, @NAME, see a@b.org'
        """
        if "@" not in text and "/" not in text and "＠" not in text:
            return text
        names = known or {}

        def instead(match: re.Match[str]) -> str:
            whole, name = match.group(), match.group(match.lastgroup or 0)
            rest = ""
            if match.lastgroup == "at":
                name, rest = _split(name, names)
            start = match.start(match.lastgroup or 0) - match.start()
            pseudonym = self.of_name(names.get(name.casefold(), name))
            return f"{whole[:start]}{pseudonym}{rest}"

        return _IN_TEXT.sub(instead, text)

    def __call__(self, posts: pa.RecordBatch) -> pa.RecordBatch:
        """Put pseudonyms in the columns of a labelled batch that hold people's names."""
        known = _known_names(posts)
        columns: list[pa.Array] = []
        for name, column in zip(posts.schema.names, posts.columns, strict=True):
            if name in POST_IDS:
                column = _each(column, self.of_post)
            elif name in IDS:
                column = _each(column, self.of_id)
            elif name in NAMES:
                column = _each(column, self.of_name)
            elif name in TEXTS:
                rows = zip(column.to_pylist(), known, strict=True)
                column = pa.array([self._texts(text, names) for text, names in rows], column.type)
            columns.append(column)
        return pa.RecordBatch.from_arrays(columns, names=posts.schema.names)

    def _texts(
        self, value: str | list[str | None] | None, known: Mapping[str, str]
    ) -> str | list[str | None] | None:
        if isinstance(value, list):
            return [None if one is None else self.in_text(one, known) for one in value]
        return None if value is None else self.in_text(value, known)


@lru_cache(maxsize=1 << 16)
def _pseudonym(key: bytes, value: str, kind: str) -> str:
    """Hash to 15 letters and digits, as long as a name on X may be: 70 bits.

    Among ten million people the odds of any two sharing one are 1 in 20 million.
    """
    data = value.encode("utf-8", "surrogatepass")
    person = f"stancekit.{kind}"[:16].encode()
    digest = hashlib.blake2b(data, digest_size=10, key=key, person=person).digest()
    return "u" + base64.b32encode(digest)[:14].decode().lower()


def _split(name: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Part a name from what only stands beside it, as in ``@ana.So``, if the name is known."""
    ends = [len(name), *(match.start() for match in _PLACE.finditer(name))]
    for end in sorted(ends, reverse=True):
        if name[:end].casefold() in known:
            return name[:end], name[end:]
    return name, ""


def _known_names(posts: pa.RecordBatch) -> list[dict[str, str]]:
    """Names in the other columns of each post, by each way to write them: with a host, without."""
    lists = zip(*(column_of(posts, name).to_pylist() for name in NAMES), strict=True)
    return [_spellings(names) for names in lists]


def _spellings(values: Iterable[str | list[str | None] | None]) -> dict[str, str]:
    known: dict[str, str] = {}
    for value in values:
        for name in value if isinstance(value, list) else [value]:
            plain = plain_name(name or "")
            if plain:
                known[plain] = plain
                known.setdefault(plain.partition("@")[0], plain)
    return known


def plain_name(name: str) -> str:
    """Write a name the one way it is hashed: without ``@``, in lower case."""
    return name.strip().lstrip("@＠").casefold()


def _each(column: pa.Array, pseudonym: Callable[[str], str]) -> pa.Array:
    """Put pseudonyms for the texts of a column or of its lists, each different text once."""
    if pa.types.is_list(column.type):
        return _lists(column, pseudonym)
    encoded = column.dictionary_encode()
    names = pa.array([pseudonym(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return names.take(encoded.indices)


def _lists(column: pa.Array, pseudonym: Callable[[str], str]) -> pa.Array:
    given = [
        None if names is None else [None if one is None else pseudonym(one) for one in names]
        for names in column.to_pylist()
    ]
    return pa.array(given, column.type)


def read_key(path: Path) -> bytes:
    """Read a key, which is made if the file is not there; only its owner may read the file then.

    Raises
    ------
    InputError
        When the file holds no key, or cannot be read.
    RunError
        When it cannot be written.
    """
    check_parent(path)
    if not path.exists():
        return _make_key(path)
    try:
        line = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a key ({error}).") from None
    if not _KEY.fullmatch(line):
        raise InputError(
            f"{path}: holds no key of pseudonyms, which is {2 * _BYTES} hexadecimal digits. Give "
            "the file of an earlier run, or a name that is not taken: a new key is made there."
        )
    return bytes.fromhex(line)


def _make_key(path: Path) -> bytes:
    key = secrets.token_bytes(_BYTES)
    with saving(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="ascii") as stream:
            stream.write(f"{key.hex()}\n")
            stream.flush()
            os.fsync(stream.fileno())
    return key
