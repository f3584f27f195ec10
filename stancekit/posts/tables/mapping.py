"""From a row of any table to a record, by what its columns were taken for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from stancekit.posts.chain import Chain, answer_first
from stancekit.posts.ids import as_id, bare_id
from stancekit.posts.limits import HELD_SLACK
from stancekit.posts.record import Record, UnreadableError
from stancekit.posts.table import COLUMNS
from stancekit.posts.tables.cells import as_links, as_list, as_name, as_text, is_missing
from stancekit.posts.tables.chain_column import chain_names
from stancekit.posts.tables.clock import Clock
from stancekit.posts.tables.columns import ColumnMap
from stancekit.posts.tables.id_times import IdTimes
from stancekit.posts.tables.kinds import KindTeller
from stancekit.posts.tables.mending import Mender
from stancekit.posts.tables.values import value_at
from stancekit.posts.times import is_date_only, snowflake_time

Row: TypeAlias = dict[str, Any]

ID_FIELDS: Final = frozenset(
    ("id", "author_id", "reply_to_id", "quoted_id", "repost_of", "conversation_id")
)

_CONVERT: Final[dict[str, Callable[[Any], Any]]] = {
    **{name: as_text for name, dtype in COLUMNS.items() if dtype == "string"},
    **{name: as_list for name, dtype in COLUMNS.items() if dtype == "object"},
    **dict.fromkeys(ID_FIELDS, as_id),
    **dict.fromkeys(("author", "reply_to_author", "quoted_author"), as_name),
    "urls": as_links,
}
_DERIVED: Final = frozenset({"time_known", "source_format", "source_ref"})


def mapper_of(
    columns: ColumnMap,
    clock: Clock,
    mender: Mender,
    people: Chain,
    late: dict[str, tuple[str, str]],
    ids: IdTimes | None = None,
) -> Callable[[Row], Record]:
    """Make the function from a row to a record; it runs once a row, so it does little.

    Parameters
    ----------
    columns, clock, mender, people, ids
        What the columns are, and what reads their times, texts and accounts, and counts; `ids`
        where these hold times.
    late : dict
        Gets the columns whose ids turn out to be rounded: from a field to a name and a cell.
    """
    fields = dict(columns.fields)
    text_name = fields.pop("text")
    take_time = _timing(fields.pop("created_at", None), columns, clock, ids)
    fields.pop("kind", None)
    kinds = KindTeller(columns, late)
    goes_to = columns.chain
    plan = [(field, name, _CONVERT[field]) for field, name in fields.items()]
    untold = {"inherited": None} if "inherited" in fields else {}
    reserved = COLUMNS.keys()
    taken = (*columns.fields.values(), *columns.flags.values())
    nested = tuple(name for name in taken if "." in name)

    def to_record(row: Row) -> Record:
        if nested:
            _lift(row, nested)
        record: Record = {"text": mender.mend(_text(row.pop(text_name, None), text_name))}
        if untold:
            record.update(untold)
        for field, name, convert in plan:
            value = row.pop(name, None)
            if value is not None and not is_missing(value):
                try:
                    record[field] = convert(value)
                except ValueError:  # an id that was rounded is none
                    late.setdefault(field, (name, str(value)))
                    row[name] = value
        if take_time is not None:
            take_time(record, row)
        listed = _listed(record, row.pop(goes_to, None)) if goes_to else None
        kinds.tell(record, row)
        people.settle(record, listed)
        if reserved.isdisjoint(row):
            record.update(row)
        else:
            record.update((columns.extra_name(k), v) for k, v in row.items() if k not in _DERIVED)
        return record

    return to_record


def _lift(row: Row, nested: tuple[str, ...]) -> None:
    """Put values inside objects beside them."""
    for name in nested:
        if name not in row:
            row[name] = value_at(row, name)


def _listed(record: Record, cell: Any) -> list[str]:
    """Read whom a reply goes to; the first is the one it answers, before its kind is told."""
    names = chain_names(cell)
    answer_first(record, names)
    return names


def _text(value: Any, name: str) -> str | None:
    if isinstance(value, (dict, list)):
        raise UnreadableError(f"column {name!r} holds an object here, no text")
    return as_text(value)


def _timing(
    name: str | None, columns: ColumnMap, clock: Clock, ids: IdTimes | None
) -> Callable[[Record, Row], None] | None:
    """Make the function that takes a row's time; None if nothing tells it."""
    if name is None:
        return _take_held if columns.time_by_id else None
    hour, column, rounded = columns.hour, name, columns.held.column

    def stated(record: Record, row: Row) -> None:
        value = row.pop(column, None)
        if value is None or is_missing(value):
            return
        if hour and not is_missing(at := row.pop(hour, None)):
            value = f"{value} {at}"
        moment = record["created_at"] = clock.read(value)
        record["time_known"] = moment is not None and not is_date_only(value)
        if moment is None:  # a cell that is no time stays among the columns carried through
            row[column] = value

    return stated if ids is None else _checked(stated, ids, rounded)


def _checked(
    stated: Callable[[Record, Row], None], ids: IdTimes, column: str
) -> Callable[[Record, Row], None]:
    """Make the function that takes a row's time and holds it against its id."""
    shift, epoch, ahead = ids.ids.shift, ids.ids.epoch, ids.held.ahead

    def checked(record: Record, row: Row) -> None:
        stated(record, row)
        moment, post_id = record.get("created_at"), record.get("id")
        if moment is not None and post_id is not None and not ahead and post_id.isdecimal():
            held = (int(post_id) >> shift) + epoch
            if -HELD_SLACK <= moment.timestamp() * 1000 - held <= HELD_SLACK:
                ids.checked += 1  # nearly all rows of nearly all tables
                return
        day = moment is not None and not record["time_known"]
        settled, by_id = ids.settle(post_id or bare_id(row.get(column)), moment, day)
        if settled is not moment:
            record["created_at"] = settled
        if by_id:
            record["time_known"] = True

    return checked


def _take_held(record: Record, _: Row) -> None:
    moment = snowflake_time(record.get("id") or "")
    record |= {"created_at": moment, "time_known": moment is not None}
