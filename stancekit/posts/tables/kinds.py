"""The kind of a post, by what its row says: flags, a word, whom it answers, how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stancekit.posts.record import Record
from stancekit.posts.tables.cells import objects_in
from stancekit.posts.tables.names import KIND_WORDS, plain_name


def settle_kind(record: Record, said: Any, flags: Mapping[str, bool | None]) -> None:
    """Set the kind of a record, where its row tells it, and put right whom it answers.

    Parameters
    ----------
    record : dict
        Changed in place.
    said : object
        The row's own word for the kind.
    flags : mapping of str to bool
        Kinds to which the row says yes or no. A repost is no reply, a reply no quote.
    """
    word = plain_name(said) if said is not None else ""
    _answered(record, word)
    shown = {kind for kind, is_so in flags.items() if is_so} | _shown(record)
    kind = next((kind for kind in _ORDER if kind in shown), None) or KIND_WORDS.get(word)
    if kind is None and any(is_so is False for is_so in flags.values()):
        kind = "post"
    if kind is not None:
        record["kind"] = kind


_ORDER: Final = ("repost", "reply", "quote")


def _shown(record: Record) -> set[str]:
    text = record["text"]
    found = {kind for kind, names in _BY_COLUMN.items() if any(name in record for name in names)}
    return found | ({"repost"} if text is not None and text.startswith("RT @") else set())


_BY_COLUMN: Final = {
    "repost": ("repost_of",),
    "reply": ("reply_to_id", "reply_to_author"),
    "quote": ("quoted_id",),
}


def _answered(record: Record, word: str) -> None:
    """Take accounts in place of an id for those answered, and oneself for nobody.

    twint's ``reply_to`` holds a list of accounts; NodeXL's second vertex is who is mentioned, and
    in a post that answers nobody the author again.
    """
    accounts = objects_in(record.get("reply_to_id"))
    if accounts is not None:
        del record["reply_to_id"]
        if accounts:
            record.setdefault("reply_to_author", accounts[0])
    if word in ("mentions", "mention", "mentions_in_retweet") and "reply_to_author" in record:
        record.setdefault("mentions", [record.pop("reply_to_author")])
    own = word in ("tweet", "post") and "reply_to_id" not in record
    if own and record.get("reply_to_author") == record.get("author"):
        record.pop("reply_to_author", None)
