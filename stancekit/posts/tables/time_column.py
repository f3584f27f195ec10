"""Which column of a table holds the times, and in which zone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from stancekit.posts.tables.names import HOURS, NAMES, X_IDS, plain_name
from stancekit.posts.tables.values import values_of
from stancekit.posts.times import ZONES, is_date_only, is_slashed, parse_time, snowflake_time


def times_first(names: list[str], sample: Sequence[Mapping[str, Any]]) -> list[str]:
    """Put the columns first most of whose cells are times: ``time`` may hold “2 years ago”."""

    def is_time(value: Any) -> bool:
        return is_slashed(value) or parse_time(value) is not None

    def holds_none(name: str) -> bool:
        values = values_of(name, sample)
        return sum(map(is_time, values)) < 0.5 * len(values)

    return sorted(names, key=holds_none)


def with_zones(plain: Mapping[str, str]) -> list[str]:
    """Find columns of times whose names end with a zone: ``Date (EST)``."""
    return [name for g, name in plain.items() if zone_of(name) and _without_zone(g) in _TIMES]


def _without_zone(plain: str) -> str:
    return plain.rpartition("_")[0]


def called_data(plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]]) -> list[str]:
    """Find a column ``data`` of times: so Italian, Polish and Portuguese call a date."""
    values = values_of(plain["data"], sample) if "data" in plain else []
    are_times = all(is_slashed(value) or parse_time(value) is not None for value in values)
    return [plain["data"]] if values and are_times else []


def zone_of(name: str) -> str:
    """Return the zone that a column of times states in its name; empty if it states none.

    Examples
    --------
    >>> zone_of("Date (EST)"), zone_of("created_at"), zone_of("Age (EST)")
    ('EST', '', '')
    """
    zone = plain_name(name).rpartition("_")[2].upper()
    return zone if zone in ZONES and _without_zone(plain_name(name)) in _TIMES else ""


def hour_column(
    fields: Mapping[str, str], plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]]
) -> str:
    """Return the column of the hours, where the one of times holds days only; empty if none is.

    Examples
    --------
    >>> row = {"Datum": "2024-05-14", "Uhrzeit": "14:00"}
    >>> hour_column({"created_at": "Datum"}, {"datum": "Datum", "uhrzeit": "Uhrzeit"}, [row])
    'Uhrzeit'
    """
    days = values_of(fields.get("created_at", ""), sample)
    if not days or not all(is_date_only(day) for day in days):
        return ""
    for name in (plain[hour] for hour in HOURS if hour in plain):
        hours = values_of(name, sample)
        if hours and name not in fields.values() and all(_HOUR.fullmatch(str(h)) for h in hours):
            return name
    return ""


_HOUR: Final = re.compile(
    r"\s*\d{1,2}:\d\d(:\d\d(\.\d+)?)?\s*([AaPp]\.?\s?[Mm]\.?)?\s*(Z|[+-]\d\d:?\d\d)?"
)
_TIMES: Final = frozenset(NAMES["created_at"])


def holds_x_ids(fields: Mapping[str, str], sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether ids are those of posts on X since 2010, by the column's name and most cells."""
    name = fields.get("id", "")
    ids = [str(value) for value in values_of(name, sample)] if plain_name(name) in X_IDS else []
    return bool(ids) and sum(snowflake_time(one) is not None for one in ids) >= 0.5 * len(ids)
