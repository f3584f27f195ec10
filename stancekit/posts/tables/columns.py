"""Which column of a table is what: guessed from names people use, shown, and overridable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from stancekit.errors import InputError
from stancekit.posts.limits import COLUMNS_SAID
from stancekit.posts.table import COLUMNS
from stancekit.posts.tables.chain_column import chain_column
from stancekit.posts.tables.id_times import NOTHING, Held
from stancekit.posts.tables.names import FILLED, FLAGS, HOLDERS, LINKED, NAMES, kind_of, plain_name
from stancekit.posts.tables.text_column import text_by_cells, text_column
from stancekit.posts.tables.time_column import (
    called_data,
    holds_x_ids,
    hour_column,
    times_first,
    with_zones,
    zone_of,
)
from stancekit.posts.tables.values import flag_of, is_numeric, nested_names, quoted, values_of

_WANTED: Final = {"author": "author", "created_at": "time"}
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
    flags : mapping of str to str
        From a kind of post to the column that says yes or no to it.
    filled : mapping of str to str
        From a kind of post to a column that holds something in such posts alone; it is carried
        through as well.
    linked : str
        The column of the post that one reposts, answers or quotes, as its kind says.
    zone : str
        The zone that the name of the column of times states, as in ``Date (EST)``.
    by_cells : bool
        Whether the column of the text was told by its cells, not by its name.
    day_first : bool or None
        Whether 3/4/2024 is in April, where the column of times shows it.
    hour : str
        The column of the hour, where the column of times holds only days.
    chain : str
        The column of all accounts that a reply goes to, the one answered first.
    opens : bool or None
        Whether replies open with the names of those accounts; None if the first rows have no
        reply.
    time_by_id : bool
        Whether there is no column of times, and the ids are those of posts on X, which hold it.
    """

    fields: Mapping[str, str]
    extra: tuple[str, ...] = ()
    flags: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, str] = field(default_factory=dict)
    linked: str = ""
    zone: str = ""
    by_cells: bool = False
    day_first: bool | None = None
    time_by_id: bool = False
    hour: str = ""
    chain: str = ""
    opens: bool | None = None
    held: Held = NOTHING

    def __str__(self) -> str:
        taken = [f"{field}={name!r}" for field, name in self.fields.items()]
        if self.by_cells:
            taken[0] += " (whose cells look like posts)"
        kinds = dict.fromkeys((*self.flags.values(), *self.filled.values()))
        taken += [f"kind by {name!r}" for name in kinds]
        if self.chain:
            taken.append(f"whom replies go to from {self.chain!r}")
        if self.hour:
            taken.append(f"the hour from {self.hour!r}")
        if self.zone:
            taken.append(f"times in {self.zone}, as the name of their column says")
        lacking = [said for field, said in _WANTED.items() if field not in self.fields]
        if self.time_by_id:
            lacking.remove("time")
            taken.append("times are those that the ids hold")
        if lacking:
            taken[-1] += f"; none found for {' and '.join(lacking)}"
        carried = list(self.extra[:COLUMNS_SAID])
        if len(self.extra) > COLUMNS_SAID:
            carried.append(f"{len(self.extra) - COLUMNS_SAID} more")
        through = ", ".join(carried) or "none"
        return f"columns taken as {', '.join(taken)}; carried through: {through}"

    def without(self, field: str) -> ColumnMap:
        """Give the same map with a column carried through that was taken for `field`."""
        fields = {other: name for other, name in self.fields.items() if other != field}
        by_id = self.time_by_id and field != "id"
        extra = (self.fields[field], *self.extra)
        return replace(self, fields=fields, extra=extra, time_by_id=by_id)

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
    every = [*names, *nested_names(sample)]
    for field_, name in stated.items():
        if name and name not in every:
            raise InputError(
                f"{where}: no column {name!r} for {field_}; there are: {quoted(names)}"
            )
    plain = _plain_names(name for name in every if name not in stated.values())
    text = stated.get("text") or text_column(plain, sample, where)
    by_cells = not text
    fields: dict[str, str] = {"text": text or text_by_cells(plain, sample, where)}
    listed = chain_column(plain, sample)
    plain = {guess: name for guess, name in plain.items() if not listed or name != listed}
    for field_, guesses in NAMES.items():
        found = [plain[g] for g in guesses if g in plain and plain[g] not in fields.values()]
        if field_ == "created_at":
            found = times_first(found or with_zones(plain) or called_data(plain, sample), sample)
        found.sort(key=lambda name: not values_of(name, sample))  # empty ones last
        guess = next((name for name in found if _is_likely(field_, name, sample)), None)
        chosen = stated.get(field_, guess)
        if chosen and chosen != fields["text"] and _fits(field_, chosen, sample):
            fields[field_] = chosen
    flags, filled = {}, {}
    if not stated.get("kind"):
        flags = _flags(plain, sample)
        left = {guess: name for guess, name in plain.items() if name not in fields.values()}
        filled = {kind: left[g] for kind, names in FILLED.items() for g in names[::-1] if g in left}
    hour = hour_column(fields, plain, sample)
    taken = {*fields.values(), *flags.values(), *_FROM_ROW, hour, listed}
    without_time = "created_at" not in stated and "created_at" not in fields
    return ColumnMap(
        fields,
        extra=tuple(name for name in names if name not in taken),
        flags=flags,
        filled={kind: name for kind, name in filled.items() if name not in flags.values()},
        linked=next((plain[name] for name in LINKED if name in plain), ""),
        zone=zone_of(fields.get("created_at", "")),
        by_cells=by_cells,
        time_by_id=without_time and holds_x_ids(fields, sample),
        hour=hour,
        chain=listed,
    )


def _plain_names(names: Iterable[str]) -> dict[str, str]:
    """Map plain names to a table's own; what is in an object around a whole post has two."""
    plain: dict[str, str] = {}
    held: dict[str, str] = {}
    for name in names:
        plain.setdefault(plain_name(name), name)
        holder, _, inner = name.partition(".")
        if inner and holder in HOLDERS:
            held.setdefault(plain_name(inner), name)
    return held | plain


def _flags(plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    found = {}
    for kind, guesses in FLAGS.items():
        for name in (plain[guess] for guess in guesses if guess in plain):
            counts = plain_name(name) == "reply" and is_numeric(name, sample)  # how many there are
            if not counts and all(flag_of(value) is not None for value in values_of(name, sample)):
                found[kind] = name
                break
    return found


def _fits(field: str, name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the first rows bear a guess out: a user's own ``kind`` may mean anything."""
    values = values_of(name, sample)
    if field == "kind":
        words = [isinstance(value, str) and kind_of(value) is not None for value in values]
        return all(words) if plain_name(name) in ("kind", "type") else any(words) or not words
    if field == "inherited":  # what else is so called is no list
        return all(isinstance(v, list) or str(v).startswith("[") for v in values)
    if field in {"mentions", "hashtags", "urls"}:
        return not is_numeric(name, sample) and not any(isinstance(v, dict) for v in values)
    return not any(isinstance(value, (dict, list)) for value in values)


def _is_likely(field: str, name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a guess fits; ``in_reply_to`` may hold ids in one table, accounts in another."""
    if not _fits(field, name, sample):
        return False
    values = [str(value).lstrip() for value in values_of(name, sample)]
    if field == "author" and plain_name(name) == "name":
        return bool(values) and all(map(_ACCOUNT.fullmatch, values))
    if field == "reply_to_author":
        return not values or not all(value.isdecimal() and len(value) > 9 for value in values)
    if field == "reply_to_id":
        return not values or any(map(_MAYBE_ID.search, values))
    return True


_ACCOUNT: Final = re.compile(r"(?!t\d_)@?[\w.-]{2,60}")
"""An account's name in one word; Reddit calls the id of a post its name."""
_MAYBE_ID: Final = re.compile(r"\d|^\[")
