from datetime import date, datetime, timedelta, timezone

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.posts.table import to_batch
from stancekit.runs import label_archive
from stancekit.runs.filters import NO_FILTERS, filters_for
from tests.support.storm import posts, write_jsonl

UTC = timezone.utc


def why(rows, only=None, since=None, until=None, lang=None):
    batch = to_batch([{"text": "x", **row} for row in rows], frozenset())
    return filters_for(only, since, until, lang).reasons(batch).to_pylist()


def at(*moment, known=True):
    return {"created_at": datetime(*moment, tzinfo=UTC), "time_known": known}


def test_nothing_asked_for_leaves_nothing_out():
    assert not NO_FILTERS
    assert why([{}, {"visibility": "direct"}]) == [None, None]


def test_only_public_leaves_out_what_is_not_known_to_be_public():
    rows = [{"visibility": one} for one in ("public", "unlisted", "private", "direct", None)]
    assert why(rows, only="public") == [None, *["not public"] * 3, "visibility not told"]
    assert why([{}], only="public") == ["visibility not told"]


def test_a_date_takes_in_its_whole_day():
    rows = [at(2024, 4, 30, 23, 59, 59), at(2024, 5, 1), at(2024, 5, 3, 23, 59, 59), at(2024, 5, 4)]
    outside = "before since or after until"
    for bounds in (("2024-05-01", "2024-05-03"), (date(2024, 5, 1), date(2024, 5, 3))):
        assert why(rows, None, *bounds) == [outside, None, None, outside]


def test_times_are_utc_unless_they_say_otherwise_and_are_included():
    rows = [at(2024, 5, 1, 10), at(2024, 5, 1, 12)]
    outside = "before since or after until"
    assert why(rows, until="2024-05-01T10:00") == [None, outside]
    assert why(rows, since="2024-05-01T14:00+02:00") == [outside, None]
    assert why(rows, since=datetime(2024, 5, 1, 12, tzinfo=UTC)) == [outside, None]


def test_a_post_of_which_only_the_day_is_known_is_kept_if_the_whole_day_is_asked_for():
    rows = [at(2024, 5, 1, known=False)]
    assert why(rows, since="2024-05-01", until="2024-05-01") == [None]
    assert why(rows, since="2024-05-01T10:00") != [None]
    assert why(rows, until="2024-05-01T10:00") != [None]


def test_a_post_without_a_time_is_left_out_and_why():
    assert why([{}, {"time_known": False}], since="2024-05-01") == ["time not told"] * 2


def test_languages_are_told_by_their_first_part():
    rows = [{"lang": one} for one in ("en", "EN-gb", "en_US", "de", "", "und", None)]
    unknown = "language not told"
    assert why(rows, lang="en-AU") == [None, None, None, "other language", *[unknown] * 3]
    assert why(rows, lang=["de", "en"])[:4] == [None] * 4


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"only": "friends"}, "only is 'friends'"),
        ({"since": "03/04/2024"}, "since is '03/04/2024': give a date or time"),
        ({"until": 3}, "until is 3"),
        ({"since": "2024-05-02", "until": "2024-05-01"}, "is after until"),
        ({"lang": ""}, "lang is ''"),
        ({"lang": []}, r"lang is \[\]"),
        ({"lang": 3}, "lang is 3"),
        ({"lang": ["en", 3]}, "lang is"),
    ],
)
def test_what_cannot_be_asked_is_named(source, model, tmp_path, asked, what):
    with pytest.raises(InputError, match=what):
        label_archive(source, tmp_path / "out.csv", model=model, **asked)
    assert [path.name for path in tmp_path.iterdir()] == ["storm.jsonl"]


moments = st.datetimes(datetime(2024, 5, 1), datetime(2024, 5, 3))


@given(st.lists(moments, min_size=1), moments, st.timedeltas(timedelta(0), timedelta(days=2)))
def test_what_is_kept_is_what_lies_between(times, since, length):
    until = since + length
    kept = why([{"created_at": one.replace(tzinfo=UTC)} for one in times], None, since, until)
    assert [reason is None for reason in kept] == [since <= one <= until for one in times]


def test_posts_left_out_are_in_no_output_and_are_counted(model, tmp_path):
    rows = [{**row, "lang": "en" if n % 3 else "de"} for n, row in enumerate(posts(95))]
    source = write_jsonl(tmp_path / "s.jsonl", rows)
    asked = {"lang": "en", "since": "2024-05-01T10:10", "until": "2024-05-01T10:29"}
    summary = label_archive(source, tmp_path / "out.parquet", model=model, chunk_size=10, **asked)
    minutes = [n % 60 for n in range(95)]
    wanted = [n for n in range(95) if n % 3 and 10 <= minutes[n] <= 29]
    table = pd.read_parquet(tmp_path / "out.parquet")
    assert table["id"].tolist() == [str(10**18 + n) for n in wanted]
    assert summary.posts == len(wanted)
    assert summary.posts + sum(summary.left_out.values()) == 95
    assert "Left out as asked:" in str(summary)


def test_when_nothing_is_left_the_summary_says_why(source, model, tmp_path):
    summary = label_archive(source, tmp_path / "out.csv", model=model, only="public")
    assert summary.left_out == {"visibility not told": 95}
    assert "No post of the source is what was asked for" in str(summary)
    assert (tmp_path / "out.csv").exists()


def test_reasons_are_texts_even_for_no_posts():
    batch = to_batch([{"text": "x"}], frozenset()).slice(0, 0)
    found = filters_for("public", "2024-05-01", None, "en").reasons(batch)
    assert (found.type, len(found)) == (pa.string(), 0)
