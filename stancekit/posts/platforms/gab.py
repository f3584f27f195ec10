"""Posts as Gab sends them to a browser, under keys of one to three letters since 2023."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stancekit.posts.html_text import has_markup, html_to_text
from stancekit.posts.json.access import mapping_at, text_at
from stancekit.posts.record import NotAPostError, Record, UnreadableError
from stancekit.posts.strings import hashtags_in
from stancekit.posts.times import time_columns

_OTHERS: Final = {"group": "groups", "user": "accounts"}
"""Kinds of what earlier captures hold besides posts."""


def captured_record(item: Mapping[str, Any]) -> Record:
    """Turn a post, as captured, into a record.

    Raises
    ------
    NotAPostError
        If it is a group or an account.
    ValueError
        If it has no place for words that is known.
    """
    other = _OTHERS.get(text_at(item, "type") or "")
    if other:
        raise NotAPostError(other)
    words = next((item[key] for key in ("c", "content") if isinstance(item.get(key), str)), None)
    if words is None:
        raise UnreadableError("a post that is not as Gab wrote them: no words in it")
    account = mapping_at(item, "author_info") or mapping_at(item, "account")
    text = html_to_text(words) if has_markup(words) else words
    target = text_at(item, "in_reply_to_id")
    reposted = mapping_at(item, "reblog")
    return {
        "id": text_at(item, "i", "id"),
        "text": text or None,
        "author": text_at(account, "un", "username", "ac"),
        "author_id": text_at(account, "i", "id") or text_at(item, "ai"),
        **time_columns(text_at(item, "ca", "created_at")),
        "kind": "repost" if reposted else "reply" if target else "post",
        "reply_to_id": target,
        "repost_of": text_at(reposted, "id"),
        "lang": text_at(item, "language"),
        "hashtags": hashtags_in(text),
        "group": text_at(mapping_at(item, "g"), "title"),
    }
