"""Times as exports write them, read without regard to the computer's locale or zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stancekit.posts.limits import FIRST_YEAR, LAST_YEAR, TIME_CHARACTERS
from stancekit.posts.snowflakes import snowflake_time as snowflake_time

UTC: Final = timezone.utc

ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "JST": 9, "KST": 9, "SGT": 8,
    "HKT": 8, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "SAST": 2,
}  # fmt: skip
"""Hours from UTC of zones by their names; those of North America as RFC 2822 has them. A name that
means several zones (IST) is not read."""

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
} | {"Mai": 5, "Okt": 10, "Dez": 12}
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?"
    r"\s*(?:(Z|z|UTC|GMT)|([+-])(\d\d):?(\d\d))?"
)
_CLOCK: Final = re.compile(
    r"(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([AaPp]\.?[Mm]\.?)?(?![\d:])"
)
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d\d):?(\d\d)(?!\d)")
_WORD: Final = re.compile(r"[A-Za-z]+\.?")
_DIGITS: Final = re.compile(r"((?:19|20)\d{6})(?:T?(\d{4})(\d\d)?)?(Z?)")
_REGION: Final = re.compile(
    r"\s*\[?((?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Indian|US|Etc)/[\w/+-]+)\]?$"
)
_SLASHED: Final = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)(.*)", re.DOTALL)
_EPOCH: Final = re.compile(r"\d{9,19}(?:\.\d*)?")

_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)


def parse_time(value: Any) -> datetime | None:
    """Read a time in any of the forms that exports use, as UTC.

    ISO 8601 with or without zone (without: taken as UTC), Twitter's
    ``Sat Nov 09 12:14:18 +0000 2024``, RFC 2822, what JavaScript writes, zones by name, fourteen
    digits, and Unix time in seconds, milli-, micro- or nanoseconds. A date whose day and month
    cannot be told apart (``03/04/2024``) is not guessed at: see :func:`slashed_time`.

    Returns
    -------
    datetime.datetime or None
        None for what is no time in one of these forms.

    Examples
    --------
    >>> parse_time("Sat Nov 09 12:14:18 +0000 2024").isoformat()
    '2024-11-09T12:14:18+00:00'
    >>> parse_time("2024-11-09 14:14:18+02:00") == parse_time(1731154458000)
    True
    >>> parse_time("03/04/2024")
    """
    try:
        if isinstance(value, str):
            return _parse_text(value) if len(value) <= TIME_CHARACTERS else None
        if isinstance(value, datetime):
            return as_utc(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return _from_digits(str(value)) or _from_epoch(float(value))
    except (ValueError, OverflowError):
        return None
    return None


def time_columns(value: Any) -> dict[str, Any]:
    """Return ``created_at`` and ``time_known`` for a time that states the hour.

    Examples
    --------
    >>> time_columns("no time")
    {'created_at': None, 'time_known': False}
    """
    moment = parse_time(value)
    return {"created_at": moment, "time_known": moment is not None}


def as_utc(moment: datetime) -> datetime:
    """Give the same moment in UTC; a time without a zone is taken as UTC."""
    if moment.tzinfo is UTC:
        return moment
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def is_date_only(value: Any) -> bool:
    """Tell whether a value names a day and no hour, so that bursts cannot be seen by it.

    Examples
    --------
    >>> is_date_only("2024-11-09"), is_date_only("9 Nov 2024"), is_date_only("1731154458")
    (True, True, False)
    """
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str) or ":" in value:
        return False
    value = value.strip()
    digits = _DIGITS.fullmatch(value)
    return not digits[2] if digits else not _EPOCH.fullmatch(value)


def states_zone(value: object) -> bool:
    """Tell whether a written time says in which zone it is; Unix time is always in UTC.

    Examples
    --------
    >>> states_zone("2024-11-09 12:14:18"), states_zone("11/9/2024 12:14 PM")
    (False, False)
    >>> states_zone("2024-11-09T12:14:18Z"), states_zone("Sat Nov 09 12:14:18 +0000 2024")
    (True, True)
    >>> states_zone("2024-11-09 12:14 CEST"), states_zone(1731154458)
    (True, True)
    """
    if isinstance(value, datetime):
        return value.tzinfo is not None
    text = str(value).strip()
    if _EPOCH.fullmatch(text) or _REGION.search(text) or _OFFSET.search(text[10:]):
        return True
    return text[-1:] == "Z" or any(word in ZONES for word in _WORD.findall(text))


def _parse_text(value: str) -> datetime | None:
    if value[10:11] in ("T", " ") and value[4:5] == "-":
        try:  # the C parser reads nearly all, 8 times as fast as the pattern below
            return as_utc(datetime.fromisoformat(value.replace("Z", "+00:00")))
        except ValueError:
            pass
    if value[19:26] == " +0000 ":
        return _from_twitter(value)
    value = value.strip()
    found = _ISO.fullmatch(value)
    if found:
        return _from_iso(found)
    if value.isdecimal() or _DIGITS.fullmatch(value) or _EPOCH.fullmatch(value):
        known = _from_digits(value)
        return known or (_from_epoch(float(value)) if _EPOCH.fullmatch(value) else None)
    region = _REGION.search(value)
    return _in_region(value[: region.start()], region[1]) if region else _from_words(value)


def _in_region(value: str, name: str) -> datetime | None:
    """Read a time of day in a region of the time zone database: ``[Europe/Amsterdam]``."""
    moment = _parse_text(value)
    if moment is None or re.search(r"(?:[+-]\d\d:?\d\d|Z)$", value):
        return moment
    try:
        return moment.replace(tzinfo=ZoneInfo(name)).astimezone(UTC)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


def slashed_time(value: str, day_first: bool) -> datetime | None:
    """Read a date of three numbers, with or without a time of day, in the order that is known.

    Examples
    --------
    >>> slashed_time("10/1/2017 19:58", day_first=False).isoformat()
    '2017-10-01T19:58:00+00:00'
    """
    found = _SLASHED.fullmatch(value)
    if not found:
        return None
    first, _, second, year, rest = found.groups()
    day, month = (first, second) if day_first else (second, first)
    century = 2000 if len(year) == 2 else 0
    try:
        return _at_clock(int(year) + century, int(month), int(day), rest)
    except ValueError:
        return None


def day_comes_first(value: str) -> bool | None:
    """Tell the order of day and month where one is above 12, or points part them; None if neither.

    Examples
    --------
    >>> day_comes_first("10/13/2017"), day_comes_first("1.10.2017"), day_comes_first("10/1/2017")
    (False, True, None)
    """
    found = _SLASHED.fullmatch(value)
    if not found:
        return None
    first, mark, second = int(found[1]), found[2], int(found[3])
    if first > 12 or second > 12 or mark == ".":
        return second <= 12
    return None


def is_slashed(value: object) -> bool:
    """Tell a date of three numbers, the year last, whose order must be known."""
    return isinstance(value, str) and _SLASHED.fullmatch(value) is not None


def _at_clock(year: int, month: int, day: int, rest: str) -> datetime | None:
    """Add what is left of a written time: a time of day, a zone, the name of a day."""
    moment = datetime(year, month, day, tzinfo=UTC)
    clock = _CLOCK.search(rest)
    if clock:
        hour, half = int(clock[1]), (clock[5] or "")[:1].lower()
        if half:
            hour = hour % 12 + 12 * (half == "p")
        fraction = int((clock[4] or "0")[:6].ljust(6, "0"))
        moment = moment.replace(
            hour=hour, minute=int(clock[2]), second=int(clock[3] or 0), microsecond=fraction
        )
        rest = f"{rest[: clock.start()]} {rest[clock.end() :]}"
    offset = _OFFSET.search(rest)
    if offset:
        shift = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        moment = moment - shift if offset[1] == "+" else moment + shift
        rest = f"{rest[: offset.start()]} {rest[offset.end() :]}"
    words = [word.rstrip(".") for word in _WORD.findall(re.sub(r"\(.*?\)", " ", rest))]
    words = [word for word in words if word[:3].title() not in _DAYS and word not in ("T", "at")]
    if len(words) > 1 or any(word.upper() not in ZONES for word in words):
        return None
    if re.search(r"\d", rest):
        return None
    return moment - timedelta(hours=ZONES[words[0].upper()]) if words and not offset else moment


_DAYS: Final = frozenset(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
_NAMED_DATE: Final = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})"
    r"|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?)\b"
)
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d|:)")
_DATE: Final = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)(?!\d)")


def _from_words(value: str) -> datetime | None:
    """Read a date whose month has a name, or one in ISO's order with a zone that has one."""
    if len(value) > 80:
        return None
    dated = _DATE.match(value)
    if dated:
        return _at_clock(int(dated[1]), int(dated[3]), int(dated[4]), value[dated.end() :])
    for found in _NAMED_DATE.finditer(value):
        month = _MONTHS.get((found[2] or found[4])[:3].title(), 0)
        if not month:
            continue
        rest = f"{value[: found.start()]} {value[found.end() :]}"
        year = found[3] or found[6]
        if year is None:  # Mon Apr 06 22:19:45 PDT 2009
            last = _YEAR.search(re.sub(r"[+-]\d{4}", lambda m: "x" * len(m[0]), rest))
            if last is None:
                return None
            year, rest = last[0], f"{rest[: last.start()]} {rest[last.end() :]}"
        return _at_clock(int(year), month, int(found[1] or found[5]), rest)
    return None


def _from_digits(value: str) -> datetime | None:
    """Read digits from year to day, minute or second, as archives of the web write them."""
    found = _DIGITS.fullmatch(value.removesuffix(".0"))
    if found is None:
        return None
    try:
        written = f"{found[1]}{found[2] or '0000'}{found[3] or '00'}"
        return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _from_iso(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, fraction, _, sign, zone_h, zone_m = found.groups("0")
    moment = datetime(
        int(year), int(month), int(day), int(hour), int(minute), int(second),
        int(fraction[:6].ljust(6, "0")), UTC,
    )  # fmt: skip
    if sign == "0":
        return moment
    offset = timedelta(hours=int(zone_h), minutes=int(zone_m))
    return moment - offset if sign == "+" else moment + offset


def _from_epoch(number: float) -> datetime | None:
    for unit, least in ((1e9, 1e17), (1e6, 1e14), (1e3, 1e11), (1.0, 1e8)):
        if number >= least:
            moment = _UNIX + timedelta(seconds=number / unit)
            return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None
    return None


def _from_twitter(value: str) -> datetime | None:
    if len(value) == 30 and value[19:26] == " +0000 ":  # as X always writes it
        year, month, day = int(value[26:]), _MONTHS.get(value[4:7], 0), int(value[8:10])
        return datetime(
            year, month, day, int(value[11:13]), int(value[14:16]), int(value[17:19]), 0, UTC
        )
    return _from_words(value)
