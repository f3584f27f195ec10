"""Which posts of a source are labelled: by visibility, time and language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import ArgumentError
from stancekit.posts.table import TYPES, column_of
from stancekit.posts.times import as_utc, is_date_only, parse_time

#: Why a post is left out, in the summary.
NOT_PUBLIC: Final = "not public"
VISIBILITY_UNKNOWN: Final = "visibility not told"
TIME_UNKNOWN: Final = "time not told"
OTHER_TIME: Final = "before since or after until"
LANGUAGE_UNKNOWN: Final = "language not told"
OTHER_LANGUAGE: Final = "other language"

#: What is between the last moment of a day and the next day.
_LEAST: Final = timedelta(microseconds=1)
_REST_OF_DAY: Final = timedelta(days=1) - _LEAST

Moment = str | date | datetime


@dataclass(frozen=True)
class Filters:
    """Which posts to keep; all, if nothing is said.

    Attributes
    ----------
    public
        Keep public posts only. A post whose source does not tell is left out: nobody said that
        it is public.
    since, until
        First and last moment, in UTC, both included. A post without a time is left out; one of
        which only the day is known is kept if that whole day lies between them.
    languages
        Primary subtags of BCP 47, in lower case ("en" takes "en-GB" in), as the source tells
        them. A post whose source does not tell is left out.
    """

    public: bool = False
    since: datetime | None = None
    until: datetime | None = None
    languages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()

    def reasons(self, posts: pa.RecordBatch) -> pa.Array:
        """Say of each post why it is left out; missing for those to keep."""
        nothing = pa.nulls(len(posts), pa.string())
        found = [nothing]
        if self.public:
            found.append(_visibility(column_of(posts, "visibility")))
        if self.since or self.until:
            times, known = column_of(posts, "created_at"), column_of(posts, "time_known")
            found.append(self._time(times, known.fill_null(True)))
        if self.languages:
            found.append(self._language(column_of(posts, "lang")))
        return pc.coalesce(*found)

    def _time(self, first: pa.Array, known: pa.Array) -> pa.Array:
        # the day of a post is its midnight: then the post is of some moment from there on
        rest = pc.if_else(known, _length(timedelta(0)), _length(_REST_OF_DAY))
        last = pc.add(first, rest)
        outside = pa.array(np.zeros(len(first), bool))
        if self.since:
            outside = pc.or_kleene(outside, pc.less(first, _scalar(self.since)))
        if self.until:
            outside = pc.or_kleene(outside, pc.greater(last, _scalar(self.until)))
        return _why((pc.is_null(first), TIME_UNKNOWN), (outside, OTHER_TIME))

    def _language(self, languages: pa.Array) -> pa.Array:
        primary = pc.utf8_lower(pc.replace_substring_regex(languages, r"[-_].*", ""))
        unknown = pc.or_kleene(pc.is_null(primary), pc.is_in(primary, pa.array(["", "und"])))
        other = pc.invert(pc.is_in(primary, pa.array(self.languages)))
        return _why((unknown, LANGUAGE_UNKNOWN), (other, OTHER_LANGUAGE))


NO_FILTERS: Final = Filters()
"""Keeps every post."""


def filters_for(
    only: str | None, since: Moment | None, until: Moment | None, lang: str | Iterable[str] | None
) -> Filters:
    """Read what a caller asked for.

    Parameters
    ----------
    only
        None or "public".
    since, until
        A date, which takes in the whole day, or a time; without a zone it is UTC.
    lang
        A language tag, or some.

    Raises
    ------
    InputError
        Names the argument that cannot be used.

    Examples
    --------
    >>> filters_for(None, None, "2024-05-03", None).until.isoformat()
    '2024-05-03T23:59:59.999999+00:00'
    """
    if only not in (None, "public"):
        raise ArgumentError(f'only is {only!r}: give "public", or None for all')
    first, last = _moment("since", since), _moment("until", until)
    if last is not None and _is_day(until):
        last += _REST_OF_DAY
    if first is not None and last is not None and first > last:
        raise ArgumentError(f"since {since} is after until {until}: no post can be between them")
    return Filters(only == "public", first, last, _languages(lang))


def _languages(lang: Any) -> tuple[str, ...]:
    if lang is None:
        return ()
    given = [lang] if isinstance(lang, str) or not isinstance(lang, Iterable) else list(lang)
    tags = [one.strip().lower() for one in given if isinstance(one, str)]
    if not tags or not all(tags) or len(tags) < len(given):
        raise ArgumentError(
            f'lang is {lang!r}: give a language tag such as "en", or a list of some'
        )
    return tuple(sorted({re.split("[-_]", tag)[0] for tag in tags}))


def _is_day(value: Any) -> bool:
    return is_date_only(value) or (isinstance(value, date) and not isinstance(value, datetime))


def _moment(name: str, value: Any) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    moment = parse_time(value) if isinstance(value, str | datetime) else None
    if moment is None:
        raise ArgumentError(
            f"{name} is {value!r}: give a date or time in UTC, such as 2024-05-01 or "
            "2024-05-01T18:30"
        )
    return as_utc(moment)


def _scalar(moment: datetime) -> pa.Scalar:
    return pa.scalar(moment, TYPES["created_at"])


def _length(time: timedelta) -> pa.Scalar:
    return pa.scalar(time, pa.duration("us"))


def _visibility(values: pa.Array) -> pa.Array:
    private = pc.not_equal(values, "public")
    return _why((pc.is_null(values), VISIBILITY_UNKNOWN), (private, NOT_PUBLIC))


def _why(*cases: tuple[pa.Array, str]) -> pa.Array:
    """Give the reason of the first case that holds for a post."""
    nothing = pa.scalar(None, pa.string())
    return pc.coalesce(*(pc.if_else(holds.fill_null(False), why, nothing) for holds, why in cases))
