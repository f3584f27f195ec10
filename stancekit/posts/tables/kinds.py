"""The kind of a post, by what its row says: flags, a word, whom it answers, how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from stancekit.posts.record import Record
from stancekit.posts.table import KINDS
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
    if said in KINDS and not flags:
        record["kind"] = said
        return
    word = _word(said) if isinstance(said, str) else ""
    if "reply_to_id" in record or "reply_to_author" in record:
        _answered(record, word)
    kind = _shown(record, flags) or KIND_WORDS.get(word)
    if kind is None and False in flags.values():
        kind = "post"
    if kind is not None:
        record["kind"] = kind


@lru_cache(maxsize=1000)
def _word(said: str) -> str:
    return plain_name(said)


def _shown(record: Record, flags: Mapping[str, bool | None]) -> str | None:
    text = record["text"]
    if flags.get("repost") or "repost_of" in record or (text and text.startswith("RT @")):
        return "repost"
    if flags.get("reply") or "reply_to_id" in record or "reply_to_author" in record:
        return "reply"
    return "quote" if flags.get("quote") or "quoted_id" in record else None


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
