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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from stancekit.errors import InputError
from stancekit.posts.files.opening import check_regular
from stancekit.posts.table import column_of
from stancekit.runs.files import check_parent, saving
from stancekit.runs.names_in_text import marked_names, plain_name, replace_names

_BYTES: Final = 32
#: Characters of a file that are read to find its key.
_READ: Final = 1_000
_KEY: Final = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")

#: Columns of ids of posts: on Bluesky and Mastodon addresses, on Facebook the account's id and the
#: post's, and in files of one's own whatever there is.
POST_IDS: Final = ("id", "reply_to_id", "quoted_id", "repost_of", "conversation_id")
#: Columns of ids, which may differ by case alone; of names, which do not.
IDS: Final = ("author_id",)
NAMES: Final = ("author", "reply_to_author", "quoted_author", "mentions", "inherited")
#: Columns of words that are the package's own, and of where a post stood.
OURS: Final = ("kind", "visibility", "source_format", "label", "reason", "model")
SOURCE: Final = "source_ref"
#: Columns of single words: a name is one there, however short.
TOKENS: Final = ("evidence", "hashtags")

_ADDRESS: Final = re.compile(r"[:/@%&\\]|\d_\d")
_SHORTEST_ID: Final = 5
_LINE: Final = re.compile(r"(?::\d+)?$")


@dataclass(frozen=True)
class Pseudonyms:
    """How to put pseudonyms for people in a batch of posts.

    Attributes
    ----------
    key
        32 bytes; see `read_key`.
    keep
        Columns besides those of the post table that stay, but for names known from the row;
        others may name people too, and are left out.
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
        """Give the pseudonym of a post's id with an account in it; other ids tell of nobody."""
        return _pseudonym(self.key, post_id, "post") if _ADDRESS.search(post_id) else post_id

    def of_place(self, place: str) -> str:
        """Give the pseudonym of a file, which may be called like people, and the line as it is."""
        line = _LINE.search(place)
        end = line.start() if line else len(place)
        return _pseudonym(self.key, place[:end], "file") + place[end:]

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
        return replace_names(text, self._instead(known or {}), known or {}, {})

    def _instead(self, names: Mapping[str, str]) -> Callable[[str, str], str]:
        def instead(kind: str, name: str) -> str:
            return self.of_id(name) if kind == "did" else self.of_name(names.get(name, name))

        return instead

    def __call__(self, posts: pa.RecordBatch) -> pa.RecordBatch:
        """Put pseudonyms in every column of a labelled batch that may hold people's names."""
        people = [
            _People.of(self, names, ids, texts)
            for names, ids, texts in zip(
                _rows(posts, NAMES), _rows(posts, IDS), _rows(posts, ("text", "urls")), strict=True
            )
        ]
        columns: list[pa.Array] = []
        for name, column in zip(posts.schema.names, posts.columns, strict=True):
            if name == SOURCE:
                column = _each(column, self.of_place)
            elif name in POST_IDS:
                column = self._texts(name, _each(column, self.of_post), people)
            elif name in IDS:
                column = _each(column, self.of_id)
            elif name in NAMES:
                column = _each(column, self.of_name)
            elif name not in OURS and _is_text(column.type):
                column = self._texts(name, column, people)
            columns.append(column)
        return pa.RecordBatch.from_arrays(columns, names=posts.schema.names)

    def _texts(self, name: str, column: pa.Array, people: "list[_People]") -> pa.Array:
        def changed(text: str | None, row: "_People") -> str | None:
            if text is None:
                return None
            instead = None if name in POST_IDS else self._instead(row.names)
            short = name in TOKENS
            return replace_names(text, instead, row.names, row.everywhere, all_words=short)

        values = [
            [changed(one, row) for one in value] if isinstance(value, list) else changed(value, row)
            for value, row in zip(column.to_pylist(), people, strict=True)
        ]
        return pa.array(values, column.type)


@dataclass(frozen=True)
class _People:
    """Who is named in a row.

    Attributes
    ----------
    names
        Names as a text may write them, and the names they are hashed as.
    everywhere
        Names and ids that are looked for without a mark, and their pseudonyms; longest first.
    """

    names: Mapping[str, str]
    everywhere: Mapping[str, str]

    @classmethod
    def of(
        cls, key: Pseudonyms, names: Sequence[Any], ids: Sequence[Any], texts: Sequence[Any]
    ) -> "_People":
        """Gather the names of a row: in its columns, and by their marks in its texts."""
        known = _spellings(names)
        found = dict(known)

        for text in _flat(texts):
            for name in marked_names(text):
                for part in (name, *name.split("@")):
                    found.setdefault(part, known.get(name, name))
        everywhere = {name: key.of_name(full) for name, full in found.items() if name}
        for one in _flat(ids):
            for part in {one, one.removeprefix("did:plc:")}:
                if len(part) >= _SHORTEST_ID:
                    everywhere[plain_name(part)] = key.of_id(one)
        longest = sorted(everywhere, key=len, reverse=True)
        return cls(known, {name: everywhere[name] for name in longest})


@lru_cache(maxsize=1 << 16)
def _pseudonym(key: bytes, value: str, kind: str) -> str:
    """Hash to 15 letters and digits, as long as a name on X may be: 70 bits.

    Among ten million people the odds of any two sharing one are 1 in 20 million.
    """
    data = value.encode("utf-8", "surrogatepass")
    person = f"stancekit.{kind}"[:16].encode()
    digest = hashlib.blake2b(data, digest_size=10, key=key, person=person).digest()
    return "u" + base64.b32encode(digest)[:14].decode().lower()


def _rows(posts: pa.RecordBatch, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Give what some columns hold of each post."""
    return zip(*(column_of(posts, name).to_pylist() for name in names), strict=True)


def _flat(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if one:
                yield one


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or (pa.types.is_list(kind) and _is_text(kind.value_type))


def _spellings(values: Iterable[str | list[str | None] | None]) -> dict[str, str]:
    """Names by each way to write them: with a host, without."""
    known: dict[str, str] = {}
    for name in _flat(values):
        plain = plain_name(name)
        if plain:
            known[plain] = plain
            known.setdefault(plain.partition("@")[0], plain)
    return known


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
    check_regular(path)
    try:
        with path.open(encoding="ascii") as file:
            line = file.read(_READ).strip()
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
