"""The post in a tool's record: which of its fields is the text, and which the id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stancekit.posts.tables.names import NAMES, TEXT_NAMES, plain_name
from stancekit.posts.tables.values import value_at
from stancekit.study.annotations.mark import Asked, words

#: Names of the id of a post, before those of posts' own tables.
ITEM_NAMES: Final = (
    *("item_id", "item", "id_str", "post_id", "tweet_id", "comment_id", "text_id", "doc_id"),
    *("document_id", "example_id", "sample_id", "instance_id", "unit_id"),
    *NAMES["id"],
)
_TEXT_NAMES: Final = tuple(name for group in TEXT_NAMES[:2] for name in group)


def text_of(holder: Mapping[str, Any], asked: Asked) -> str | None:
    """Return the text among a record's fields: by name, or else the longest."""
    if asked.text:
        return words(value_at(holder, asked.text))
    plain = {plain_name(key): value for key, value in holder.items() if isinstance(value, str)}
    for name in _TEXT_NAMES:
        if plain.get(name):
            return plain[name]
    longest = max(plain.values(), key=lambda text: len(text.split()), default="")
    return longest if " " in longest.strip() else None


def item_of(holder: Mapping[str, Any], asked: Asked) -> str | None:
    """Return the id of the post among a record's fields."""
    if asked.item:
        return words(value_at(holder, asked.item))
    plain = {plain_name(key): value for key, value in holder.items()}
    return next((found for name in ITEM_NAMES if (found := words(plain.get(name)))), None)
