import locale
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.times import is_date_only, parse_time, slashed_time, snowflake_time
from tests.support.builders import snowflake

MOMENT = datetime(2024, 11, 9, 12, 14, 18, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "value",
    [
        "2024-11-09T12:14:18Z", "2024-11-09T12:14:18.000Z", "2024-11-09 12:14:18",
        "2024-11-09 12:14:18 UTC", "2024-11-09T14:14:18+0200", "2024-11-09 07:14:18-05:00",
        "2024-11-09T12:14:18.00000000Z", "Sat Nov 09 12:14:18 +0000 2024",
        "2024-11-09 12:14:18 +0000", 1731154458, "1731154458", "1731154458.0", 1731154458000,
        1731154458000000, 1731154458.0, datetime(2024, 11, 9, 12, 14, 18),
        "2024-11-09 07:14:18 EST", "2024-11-09 13:14:18 CET", "Sat Nov 09 04:14:18 PST 2024",
        "Sat, 09 Nov 2024 13:14:18 +0100", "Sat Nov 09 2024 14:14:18 GMT+0200 (EET)",
        "9 November 2024, 12:14:18", "Nov 9, 2024 12:14:18 PM", "2024/11/09 12:14:18",
        "2024-11-09T13:14:18[Europe/Amsterdam]", "2024-11-09 07:14:18 America/New_York",
        "2024-11-09T13:14:18+01:00[Europe/Amsterdam]", "20241109T121418Z", "2024.11.9 12:14:18",
        "2024-11-9 12:14:18", "9. November 2024 12:14:18",
        "20241109121418", 20241109121418, 20241109121418.0,
    ],
)  # fmt: skip
def test_forms_of_one_moment(value):
    assert parse_time(value) == MOMENT
    assert parse_time(value).utcoffset().total_seconds() == 0


@pytest.mark.parametrize(
    "value", ["", "soon", "03/04/2024", "2024-13-01", "12", 7, True, None, [],
              "Sat Xyz 09 12 2024 x", "20249999121418", "2024-11-09 12:00 IST", 5e12,
              "Nov 31, 2024", "May we go", "9 Nov 2024 until 10:00", "99999-01-01",
              "20241301", 199001010000000, "1990", float("inf"), float("nan")]
)  # fmt: skip
def test_what_is_no_time_is_none(value):
    assert parse_time(value) is None


def test_fractions_of_any_length():
    assert parse_time("2024-11-09T12:14:18.78349200Z").microsecond == 783492


@pytest.mark.parametrize("value", ["20241109", 20241109, "9. Nov. 2024", "2024/11/9"])
def test_days_without_an_hour(value):
    assert parse_time(value) == datetime(2024, 11, 9, tzinfo=timezone.utc)
    assert is_date_only(value)


def test_twelve_digits_are_a_date_and_no_unix_time_of_1976():
    assert parse_time("202005120130") == datetime(2020, 5, 12, 1, 30, tzinfo=timezone.utc)
    assert not is_date_only("202005120130")


@pytest.mark.parametrize("value", [100_000_000, "400000000", 200_000_000_000])
def test_no_post_is_older_than_the_web(value):
    assert parse_time(value) is None


def test_a_region_that_nobody_knows_is_no_time():
    assert parse_time("2024-11-09 12:14:18 Europe/Nowhere") is None


def test_date_only():
    assert is_date_only("2024-11-09") and not is_date_only("2024-11-09 00:00:00")
    assert parse_time("2024-11-09") == datetime(2024, 11, 9, tzinfo=timezone.utc)


def test_locale_does_not_matter():
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "de_DE.UTF-8")
    except locale.Error:
        pytest.skip("no German locale on this machine")
    try:
        assert parse_time("Sat Oct 05 12:14:18 +0000 2024").month == 10
    finally:
        locale.setlocale(locale.LC_TIME, before)


@given(st.datetimes(datetime(2010, 11, 5), datetime(2050, 1, 1)), st.integers(0, (1 << 22) - 1))
def test_snowflake_holds_the_millisecond(moment, sequence):
    moment = moment.replace(tzinfo=timezone.utc, microsecond=moment.microsecond // 1000 * 1000)
    assert snowflake_time(snowflake(moment, sequence)) == moment


@pytest.mark.parametrize("post_id", ["11406610783", "abc", "", "٣٤", "9" * 30, "-5"])
def test_ids_that_hold_no_time(post_id):
    assert snowflake_time(post_id) is None


@given(st.text() | st.integers() | st.floats())
def test_anything_is_a_time_or_none(value):
    moment = parse_time(value)
    assert moment is None or moment.tzinfo is not None


@pytest.mark.parametrize(
    ("value", "day_first", "moment"),
    [
        ("10/1/2017 19:58", False, datetime(2017, 10, 1, 19, 58)),
        ("10/1/2017 19:58", True, datetime(2017, 1, 10, 19, 58)),
        ("1.10.2017, 7:58 PM", True, datetime(2017, 10, 1, 19, 58)),
        ("10/7/14 20:02", False, datetime(2014, 10, 7, 20, 2)),
        ("31/12/2020", True, datetime(2020, 12, 31)),
    ],
)
def test_dates_of_three_numbers_in_a_known_order(value, day_first, moment):
    assert slashed_time(value, day_first) == moment.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize("value", ["31/12/2020", "12/31/2020", "1/2/2020 25:00", "a/b/c"])
def test_dates_that_there_are_none_of(value):
    assert None in (slashed_time(value, True), slashed_time(value, False))
