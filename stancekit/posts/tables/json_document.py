"""Rows that stand in a list inside a JSON object, as answers of interfaces and many tools have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from io import BufferedReader
from typing import Any, Final

from stancekit.errors import FormatError
from stancekit.posts.files.encoding import decode_head
from stancekit.posts.json.nested import nested_items
from stancekit.posts.json.sniffing import json_paths
from stancekit.posts.json.values import objects_of
from stancekit.posts.record import Notice, Reject
from stancekit.posts.tables.names import HOLDERS, NAMES, TEXT_NAMES, plain_name

_SURE: Final = frozenset((*TEXT_NAMES[0], *TEXT_NAMES[1]))
_ANY: Final = frozenset(name for group in TEXT_NAMES for name in group)
_BESIDE: Final = frozenset((*NAMES["id"], *NAMES["author"], *NAMES["created_at"]))
"""A row has one of these besides its text; a list of tags or links in a post has none."""


@lru_cache(maxsize=4)  # two formats ask about the same bytes
def row_lists(head: bytes) -> tuple[str, ...]:
    r"""Name the lists of posts inside the objects of a file, by its first bytes.

    None are named if the objects themselves look like posts.

    Examples
    --------
    >>> row_lists(b'{"title": "a film", "comments": [{"id": 1, "text": "no"}]}')
    ('comments',)
    >>> row_lists(b'{"text": "a post", "tags": [{"id": 1, "text": "tram"}]}')
    ()
    """
    text = decode_head(head).lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return ()
    first, _, rest = text.partition("\n")
    several = first.rstrip().endswith("}") and rest.lstrip().startswith("{")
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for path in json_paths(head):
        holder, _, key = path.rpartition(".")
        keys[holder].add(plain_name(key))
        outer, _, name = holder.rpartition(".")
        if name in HOLDERS and name != "item":  # each post lies in an object of its own
            keys[outer].add(plain_name(key))
    if not keys[""].isdisjoint(_ANY if several else _SURE):
        return ()
    return tuple(
        sorted(
            holder.removesuffix(".item")
            for holder, names in keys.items()
            if holder.endswith(".item") and holder.split(".").count("item") == 1
            if not names.isdisjoint(_SURE) and not names.isdisjoint(_BESIDE)
        )
    )


def document_rows(
    stream: BufferedReader, file: str, head: bytes, items: str | None
) -> Iterator[tuple[int, dict[str, Any]] | Reject | Notice]:
    """Yield the objects of one list of a document, numbered from 1.

    Parameters
    ----------
    items : str, optional
        The list's name, with ``.`` between keys; if there is but one of posts, it is found.

    Raises
    ------
    FormatError
        If there is no list of posts, or more than one; the message names them.
    """
    found = row_lists(head)
    if items is None and len(found) != 1:
        raise FormatError(
            f"{file}: one JSON object, not an array, "
            + (f"with several lists: {', '.join(found)}. " if found else "and no list of posts. ")
            + "Say which list holds the posts, as in items='data.posts'"
        )
    name = items or found[0]
    if items is None:
        yield Notice(file, f"a JSON object; the posts are read from its list {name!r}", False)
    values = nested_items(stream, file, f"{name}.item".__eq__)
    plain = ((item[0], item[1].value) if isinstance(item, tuple) else item for item in values)
    yield from objects_of(plain, file)
