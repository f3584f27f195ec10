"""Times of a column are read alike; none is guessed where nothing shows day and month."""

from datetime import datetime, timezone

import pytest

from stancekit.errors import InputError
from stancekit.posts import Notice, read_records
from tests.support.builders import snowflake


@pytest.fixture
def read(tmp_path):
    def read(rows, **options):
        path = tmp_path / "posts.csv"
        path.write_text("id,text,date\n" + "".join(f"{row}\n" for row in rows), "utf-8")
        items = list(read_records(path, **options))
        said = [item for item in items if isinstance(item, Notice) and item.detail is None]
        records = [item for item in items if isinstance(item, dict)]
        times = [str(r["created_at"])[:16] if r["created_at"] else None for r in records]
        return times, records, said

    return read


def test_a_day_above_twelve_tells_the_order_of_the_column(read):
    times, _, said = read(["1,a,10/1/2017 19:58", "2,b,10/13/2017 22:43"])
    assert times == ["2017-10-01 19:58", "2017-10-13 22:43"]
    assert "month/day" in str(said[0]) and not said[0].warning
    times, _, said = read(["1,a,10/1/2017 19:58", "2,b,13/10/2017 22:43"])
    assert times == ["2017-01-10 19:58", "2017-10-13 22:43"] and "day/month" in str(said[0])


def test_points_tell_the_order_and_are_what_is_said(read):
    times, _, said = read(["1,a,10.1.2017 19:58"])
    assert times == ["2017-01-10 19:58"]
    assert "day/month" in str(said[0]) and "points" in str(said[0])
    assert "12" not in str(said[0]).replace("2017", "")
    _, _, said = read(["1,a,10.1.2017 19:58", "2,b,13.10.2017 22:43"])
    assert "above 12" in str(said[0])


def test_nothing_is_guessed_where_nothing_shows_it_and_the_cells_stay(read):
    times, records, said = read(["1,a,10/1/2017 19:58", "2,b,3/4/2017 22:43"])
    assert times == [None, None]
    assert [r["date"] for r in records] == ["10/1/2017 19:58", "3/4/2017 22:43"]
    assert not any(r["time_known"] for r in records)
    assert said[0].warning and "day_first=True" in str(said[0])


def test_a_column_in_both_orders_is_not_read(read):
    times, _, said = read(["1,a,10/13/2017 19:58", "2,b,13/10/2017 22:43", "3,c,1/2/2017 9:00"])
    assert times == ["2017-10-13 19:58", "2017-10-13 22:43", None] or times == [None] * 3
    assert said[0].warning


@pytest.mark.parametrize(("day_first", "time"), [("yes", "2017-01-10"), ("no", "2017-10-01")])
def test_the_order_can_be_said(read, day_first, time):
    times, _, said = read(["1,a,10/1/2017 19:58"], day_first=day_first)
    assert times == [f"{time} 19:58"] and not said
    with pytest.raises(InputError, match="give True or False"):
        read(["1,a,10/1/2017 19:58"], day_first="perhaps")


def test_ids_that_hold_their_time_tell_the_order(read):
    post_id = snowflake(datetime(2017, 10, 1, 19, 58, tzinfo=timezone.utc))
    times, _, said = read([f"{post_id},a,10/1/2017 19:58"])
    assert times == ["2017-10-01 19:58"] and "ids hold these days" in str(said[0])


def test_a_day_without_an_hour_is_no_known_time(read):
    _, records, _ = read(["1,a,31.12.2020", "2,b,31.12.2020 10:00"])
    assert [r["time_known"] for r in records] == [False, True]


def test_ids_of_posts_on_x_hold_the_time_that_a_table_lacks(tmp_path):
    moment = datetime(2017, 10, 1, 19, 58, tzinfo=timezone.utc)
    path = tmp_path / "posts.csv"
    path.write_text(f"tweet_id,text\n{snowflake(moment)},no tram\n77,peace\n", "utf-8")
    items = list(read_records(path))
    records = [item for item in items if isinstance(item, dict)]
    assert records[0]["created_at"] == moment and records[0]["time_known"]
    assert records[1].get("created_at") is None
    assert any("times are those that the ids hold" in str(item) for item in items)


def test_ids_of_other_platforms_are_no_times(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,text\n1169246717864136705,no tram\n", "utf-8")
    records = [item for item in read_records(path) if isinstance(item, dict)]
    assert "created_at" not in records[0]


def test_a_zone_in_the_name_of_the_column_holds_for_times_that_state_none(tmp_path):
    path = tmp_path / "posts.csv"
    rows = "a,2020-05-11 20:00:00\nb,2020-05-12T01:00:00Z\nc,5/11/2020 8:00 PM\nd,2020-05-12\n"
    path.write_text("text,Date (EST)\n" + rows + "e,5/13/2020 7:00 PM\n", "utf-8")
    items = list(read_records(path))
    times = [item["created_at"].isoformat()[:16] for item in items if isinstance(item, dict)]
    assert times == [*["2020-05-12T01:00"] * 3, "2020-05-12T00:00", "2020-05-14T00:00"]
    assert "times in EST, as the name of their column says" in str(items[0])


def test_the_order_is_looked_for_past_the_first_rows(tmp_path):
    path = tmp_path / "posts.csv"
    rows = [f"{n},no tram,3/{n % 12 + 1}/2024 10:00" for n in range(500)]
    path.write_text("id,text,date\n" + "\n".join([*rows, "500,peace,3/13/2024 9:00"]), "utf-8")
    records = [item for item in read_records(path) if isinstance(item, dict)]
    assert len(records) == 501
    assert {record["created_at"].month for record in records} == {3}
