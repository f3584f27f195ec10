"""Which column of a table is what: guessed from names people use, shown, and overridable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stancekit.errors import InputError
from stancekit.posts.table import COLUMNS, KINDS

TEXT_NAMES: Final = (
    ("full_text", "text"),
    ("body", "message", "content", "tweet", "tweet_text", "post_text", "comment", "comment_text",
     "caption", "selftext"),
    ("description", "post"),
)  # fmt: skip
"""Names of the column with the words, the likeliest first; within the first group the first one
present is taken, within a later group two at once are a question for the user."""

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id_str", "id", "tweet_id", "post_id", "status_id", "comment_id", "message_id"),
    "author": ("author", "author_username", "username", "screen_name",
               "user_screen_name", "user_handle", "handle", "user_name", "from_user", "user",
               "from", "author_name"),
    "author_id": ("author_id", "user_id_str", "user_id", "from_user_id", "from_id"),
    "created_at": ("created_at", "timestamp", "datetime", "date", "time", "created_utc",
                   "published_at", "post_created", "unix_timestamp", "timestamp_utc"),
    "kind": ("kind",),
    "reply_to_id": ("reply_to_id", "in_reply_to_status_id_str", "in_reply_to_status_id",
                    "in_reply_to_id", "reply_to", "parent_id", "referenced_tweets_replied_to_id"),
    "reply_to_author": ("reply_to_author", "in_reply_to_screen_name", "in_reply_to_username",
                        "replied_author"),
    "quoted_id": ("quoted_id", "quoted_status_id_str", "quoted_status_id",
                  "referenced_tweets_quoted_id"),
    "quoted_author": ("quoted_author",),
    "repost_of": ("repost_of", "retweeted_status_id", "retweeted_id",
                  "referenced_tweets_retweeted_id"),
    "conversation_id": ("conversation_id", "thread_id"),
    "mentions": ("mentions",),
    "hashtags": ("hashtags",),
    "urls": ("urls",),
    "lang": ("lang", "language"),
    "visibility": ("visibility",),
}  # fmt: skip
"""For each column of the post table, the names taken for it, the likeliest first."""

_NUMBER: Final = re.compile(r"\s*[-+]?[\d.,]+(?:[eE][-+]?\d+)?\s*")
_FROM_ROW: Final = ("time_known", "source_format", "source_ref")


@dataclass(frozen=True)
class ColumnMap:
    """Which column of a table was taken for which column of the post table.

    Attributes
    ----------
    fields : mapping of str to str
        From the post table's column to the table's own name for it.
    extra : tuple of str
        Columns that are carried through under their own names.
    """

    fields: Mapping[str, str]
    extra: tuple[str, ...] = ()

    def __str__(self) -> str:
        taken = ", ".join(f"{field}={name!r}" for field, name in self.fields.items())
        return f"columns taken as {taken}; carried through: {', '.join(self.extra) or 'none'}"

    def extra_name(self, name: str) -> str:
        """Return the name under which an extra column is carried through."""
        return f"source_{name}" if name in COLUMNS else name


def guess_columns(
    names: Sequence[str],
    sample: Sequence[Mapping[str, Any]],
    *,
    where: str,
    given: Mapping[str, str | None] | None = None,
) -> ColumnMap:
    """Guess which column is what, from the names and from the values of the first rows.

    Parameters
    ----------
    names : sequence of str
        The table's columns.
    sample : sequence of mappings
        Its first rows; a column of numbers is not taken for the text.
    where : str
        The file, for error messages.
    given : mapping, optional
        What the user said: from a column of the post table to a name in ``names``; an empty
        string says that the table has no such column; None leaves it to the guess.

    Raises
    ------
    InputError
        If no column, or more than one, can be the text, or a given name is not there.

    Examples
    --------
    >>> guess_columns(["Post ID", "Body", "likes"], [], where="posts.csv").fields
    {'text': 'Body', 'id': 'Post ID'}
    """
    stated = {field: name for field, name in (given or {}).items() if name is not None}
    for field, name in stated.items():
        if name and name not in names:
            raise InputError(f"{where}: no column {name!r} for {field}; there are: {_list(names)}")
    free = [name for name in names if name not in stated.values()]
    plain: dict[str, str] = {}
    for name in free:
        plain.setdefault(plain_name(name), name)
    fields: dict[str, str] = {"text": stated.get("text") or _text_column(plain, sample, where)}
    for field, guesses in NAMES.items():
        guess = next((plain[g] for g in guesses if g in plain), None)
        chosen = stated.get(field, guess)
        if chosen and chosen != fields["text"] and _fits(field, chosen, sample):
            fields[field] = chosen
    taken = {*fields.values(), *_FROM_ROW}
    return ColumnMap(fields, tuple(name for name in names if name not in taken))


def plain_name(name: str) -> str:
    """Write a column's name the way the lists above do: lower case, ``_`` for all else."""
    return re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")


def _text_column(plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]], where: str) -> str:
    for rank, group in enumerate(TEXT_NAMES):
        found = [plain[name] for name in group if name in plain]
        if rank:
            found = [name for name in found if not _is_numeric(name, sample)]
        if len(found) > 1 and rank:
            raise InputError(
                f"{where}: more than one column could be the text: {_list(found)}; "
                f"say which one, as in text={found[0]!r}"
            )
        if found:
            return found[0]
    if looks_like_data(list(plain.values())):
        raise InputError(
            f"{where}: the first row looks like a post, not like the names of columns "
            f"({_list(plain.values())}). If the table has no header, say so, "
            "and which column holds the words, counted from 1: header='no', text='2'"
        )
    candidates = [n for n in plain.values() if not _is_numeric(n, sample)] or list(plain.values())
    raise InputError(
        f"{where}: no column is called text, or anything like it; say which one holds the words, "
        f"as in text={candidates[0] if candidates else 'name'!r}. Columns: {_list(plain.values())}"
    )


def looks_like_data(header: Sequence[str]) -> bool:
    """Tell whether the cells of a first row are those of a post rather than names of columns.

    Examples
    --------
    >>> looks_like_data(["0", "1467810369", "is happy today"]), looks_like_data(["id", "words"])
    (True, False)
    """
    return any(_NUMBER.fullmatch(cell) or len(cell.split()) > 6 for cell in header if cell.strip())


def _is_numeric(name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    values = _values(name, sample)
    return bool(values) and all(_NUMBER.fullmatch(str(value)) for value in values)


def _fits(field: str, name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the first rows bear a guess out: a user's own ``kind`` may mean anything."""
    values = _values(name, sample)
    if field == "kind":
        return all(value in KINDS for value in values)
    if field in {"mentions", "hashtags", "urls"}:
        return not _is_numeric(name, sample)
    return not any(isinstance(value, (dict, list)) for value in values)


def _values(name: str, sample: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [row[name] for row in sample if row.get(name) not in (None, "")]


def _list(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(map(repr, shown[:40])) + (" …" if len(shown) > 40 else "")
