"""Ids that hold the time of their post fill, settle and check the times of a table."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import Notice, columns_of, read_records
from stancekit.posts.snowflakes import PLATFORMS
from tests.support.builders import snowflake

START = datetime(2020, 3, 28, 20, 0, 7, tzinfo=timezone.utc)
MOMENTS = [START + timedelta(minutes=7 * n, seconds=n) for n in range(12)]
IDS = [snowflake(moment, n) for n, moment in enumerate(MOMENTS)]


def written(moment, hours=0, form="%Y-%m-%d %H:%M:%S"):
    return (moment + timedelta(hours=hours)).strftime(form)


@pytest.fixture
def read(tmp_path):
    def read(ids, times, name="tweet_id", **options):
        path = tmp_path / "posts.csv"
        rows = [f"{one},no tram,{time}\n" for one, time in zip(ids, times, strict=True)]
        path.write_text(f"{name},text,date\n" + "".join(rows), "utf-8")
        items = list(read_records(path, **options))
        said = [item for item in items if isinstance(item, Notice) and item.detail is None]
        return [item for item in items if isinstance(item, dict)], said

    return read


def times(records):
    return [record["created_at"].replace(microsecond=0) for record in records]


@pytest.mark.parametrize("name", ["tweet_id", "id"])
@pytest.mark.parametrize("hours", [-7, 2, 5.75])
def test_times_without_a_zone_that_lie_hours_from_the_ids_are_local(read, name, hours):
    records, (told,) = read(IDS, [written(moment, hours) for moment in MOMENTS], name)
    assert times(records) == MOMENTS and all(record["time_known"] for record in records)
    assert not told.warning and f"{abs(hours):g} hours" in str(told) and "no zone" in str(told)


def test_summer_time_begins_in_the_middle_of_a_table(read):
    cells = [written(moment, 0 if n < 8 else 1) for n, moment in enumerate(MOMENTS)]
    records, (told,) = read(IDS, cells)
    assert times(records) == MOMENTS and not told.warning
    many = [START + timedelta(hours=n) for n in range(300)]
    cells = [written(moment, 0 if n < 250 else 1) for n, moment in enumerate(many)]
    records, _ = read(map(snowflake, many), cells)
    assert times(records) == many


def test_a_zone_that_is_stated_wrongly_is_told_as_a_warning(read):
    records, (told,) = read(IDS, [f"{written(moment, -5)}Z" for moment in MOMENTS])
    assert times(records) == MOMENTS
    assert told.warning and "12 times" in str(told) and "wrong" in str(told)


def test_times_that_agree_stay_as_stated(read):
    for cells in (
        [written(moment) for moment in MOMENTS],
        [written(moment, -5) + "-05:00" for moment in MOMENTS],
        [str(int(moment.timestamp())) for moment in MOMENTS],
    ):
        records, said = read(IDS, cells)
        assert [record["created_at"] for record in records] == MOMENTS and not said


def test_minutes_are_enough_and_stay_what_they_are(read):
    cells = [written(moment, 0, "%m/%d/%Y %H:%M") for moment in MOMENTS]
    records, said = read([f"x{one}" for one in IDS], cells, "status_id")
    assert times(records) == [moment.replace(second=0) for moment in MOMENTS]
    assert not any(notice.warning for notice in said)


def test_missing_and_unreadable_times_are_filled(read):
    cells = [written(moment) for moment in MOMENTS]
    cells[3], cells[4] = "", "soon"
    records, said = read(IDS, cells)
    assert times(records) == MOMENTS and records[4]["date"] == "soon"
    assert records[3]["time_known"] and records[4]["time_known"]
    assert any("2 posts state no time" in str(notice) for notice in said)
    assert any("holds the times of the ids there" in str(notice) for notice in said)


def test_ids_that_were_rounded_still_hold_their_time(read):
    rounded = [f"{one[:15]}0000" for one in IDS]
    records, said = read(rounded, ["", *(written(moment) for moment in MOMENTS[1:])])
    assert "id" not in records[0] and records[0]["tweet_id"] == rounded[0]
    assert abs(records[0]["created_at"] - MOMENTS[0]) < timedelta(seconds=1)
    assert any("1 post states no time" in str(notice) for notice in said)


def test_some_times_that_differ_stay_as_stated_and_are_counted(read):
    cells = [written(moment) for moment in MOMENTS]
    cells[5] = written(MOMENTS[5] + timedelta(days=3, minutes=11))
    records, (told,) = read(IDS, cells)
    assert records[5]["created_at"] == MOMENTS[5] + timedelta(days=3, minutes=11)
    assert told.warning and "1 of 12 times" in str(told)


def test_ids_called_those_of_tweets_that_differ_at_random_are_told(read):
    moved = [moment + timedelta(days=n, minutes=11 * n + 4) for n, moment in enumerate(MOMENTS)]
    records, (told,) = read(IDS, [written(moment) for moment in moved])
    assert times(records) == moved
    assert told.warning and "12 of the first 12 times" in str(told)
    records, said = read(IDS, [written(moment) for moment in moved], "id")
    assert times(records) == moved and not said


def test_a_day_gets_its_hour(read):
    records, (told,) = read(IDS, [written(moment, 0, "%Y-%m-%d") for moment in MOMENTS])
    assert times(records) == MOMENTS and all(record["time_known"] for record in records)
    assert "12 posts state only a day" in str(told)


@pytest.mark.parametrize("platform", ["discord", "mastodon"])
def test_ids_of_other_platforms_are_told_by_the_times_beside_them(read, platform):
    one = PLATFORMS[platform]
    ids = [(round(m.timestamp() * 1000) - one.epoch) << one.shift for m in MOMENTS]
    records, _ = read(ids, ["", *(written(moment) for moment in MOMENTS[1:])], "id")
    assert times(records) == MOMENTS


def test_a_piece_of_a_table_is_read_as_its_start_was(read, tmp_path):
    cells = [written(moment, -7) for moment in MOMENTS]
    read(IDS, cells)
    columns = columns_of(tmp_path / "posts.csv")
    records, _ = read(IDS[10:], cells[10:], columns=columns)
    assert times(records) == MOMENTS[10:]


@pytest.mark.parametrize("platform", PLATFORMS)
@given(moment=st.datetimes(datetime(2017, 6, 1), datetime(2060, 1, 1)), chance=st.integers(0, 9999))
def test_an_id_holds_the_millisecond(platform, moment, chance):
    one = PLATFORMS[platform]
    held = round(moment.replace(tzinfo=timezone.utc).timestamp() * 1000)
    post_id = str(((held - one.epoch) << one.shift) + chance)
    assert one.milliseconds(post_id) == (held if int(post_id) <= one.last else None)


@given(st.text(max_size=25) | st.integers() | st.none())
def test_what_is_no_id_holds_nothing(value):
    for one in PLATFORMS.values():
        held = one.milliseconds(value)
        assert held is None or str(value).isdecimal()
