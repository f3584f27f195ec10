"""The kind of a post, by what its row says: flags, a word, whom it answers, how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from stancekit.posts.ids import as_id
from stancekit.posts.record import Record
from stancekit.posts.table import KINDS
from stancekit.posts.tables.cells import is_missing, objects_in
from stancekit.posts.tables.columns import ColumnMap
from stancekit.posts.tables.names import kind_of, plain_name
from stancekit.posts.tables.values import flag_of, value_at


@dataclass(frozen=True)
class KindTeller:
    """Tells the kinds of the rows of one table.

    Attributes
    ----------
    columns : ColumnMap
        Which columns tell it.
    rounded : dict
        Gets the columns whose ids turn out to be rounded: from a field to a name and a cell.
    """

    columns: ColumnMap
    rounded: dict[str, tuple[str, str]]

    def tell(self, record: Record, row: dict[str, Any]) -> None:
        """Set the kind of a record, and which post it is about; `row` loses what was taken."""
        columns = self.columns
        name = columns.fields.get("kind")
        said = None if name is None else row.pop(name, None)
        if name and said and not (isinstance(said, str) and (is_missing(said) or _kind(said))):
            row[name] = said
        flags = {kind: flag_of(row.pop(flag, None)) for kind, flag in columns.flags.items()}
        for kind, filled in columns.filled.items():
            flags[kind] = is_filled(value_at(row, filled)) or flags.get(kind)
        settle_kind(record, said, flags)
        if columns.linked:
            self._link(record, value_at(row, columns.linked))

    def _link(self, record: Record, value: Any) -> None:
        field = _LINKS.get(record.get("kind", ""))
        if field and not is_missing(value):
            try:
                record.setdefault(field, as_id(value))
            except ValueError:  # an id that was rounded is none
                self.rounded.setdefault(field, (self.columns.linked, str(value)))


_LINKS: Final = {"repost": "repost_of", "reply": "reply_to_id", "quote": "quoted_id"}


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
    if isinstance(said, str) and said in KINDS and not flags:
        record["kind"] = said
        return
    if "reply_to_id" in record or "reply_to_author" in record:
        _answered(record, _word(said) if isinstance(said, str) else "")
    kind = _shown(record, flags) or (_kind(said) if isinstance(said, str) else None)
    if kind is None and False in flags.values():
        kind = "post"
    if kind is not None:
        record["kind"] = kind


@lru_cache(maxsize=1000)
def _word(said: str) -> str:
    return plain_name(said)


@lru_cache(maxsize=1000)
def _kind(said: str) -> str | None:
    return kind_of(said)


def is_filled(value: Any) -> bool | None:
    """Tell whether a cell of a column holds something that only posts of one kind have.

    Examples
    --------
    >>> is_filled("55"), is_filled({"user_id": 55}), is_filled("[]"), is_filled("NA")
    (True, True, None, None)
    """
    nothing = is_missing(value) or str(value).strip() in _NOTHING
    return None if nothing else True


_NOTHING: Final = frozenset(("", "[]", "{}", "0", "-1", "False", "false", "FALSE"))


def _shown(record: Record, flags: Mapping[str, bool | None]) -> str | None:
    text = record["text"]
    if flags.get("repost") or "repost_of" in record or (text and text.startswith("RT @")):
        return "repost"
    if flags.get("reply") or "reply_to_id" in record or "reply_to_author" in record:
        return "reply"
    quotes = flags.get("quote") or "quoted_id" in record or "quoted_author" in record
    return "quote" if quotes else None


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
