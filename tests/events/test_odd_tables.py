"""Tables as strangers hold them: lists in other dress, numbers for times, a wrong year."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import stancekit
from stancekit.errors import FormatError, InputError
from stancekit.events.clock import clock_of
from stancekit.events.corpus import corpus_of
from stancekit.events.pileons.exposure import DAY, HOUR, exposure_of
from stancekit.events.reading import batches_of
from tests.events.storms.evenings import EVENING, posts, quiet, together


@pytest.mark.parametrize(
    "listed", [list, tuple, json.dumps, np.array], ids=["list", "tuple", "json", "array"]
)
def test_lists_are_read_as_parquet_and_csv_give_them(listed):
    table = pd.DataFrame(
        {
            "author": ["ada", "bo"],
            "text": ["hello", "hello"],
            "mentions": [listed(["cy", "di"]), listed(["cy"])],
            "inherited": [listed([]), listed([])],
            "label": "neutral",
        }
    )
    assert len(corpus_of(batches_of(table)).contacts.direct) == 3


def test_what_lists_nothing_is_no_list():
    table = pd.DataFrame({"mentions": ["[", "cy", "[1", None, float("nan")], "label": "neutral"})
    assert not len(corpus_of(batches_of(table)).contacts)


def test_numbers_are_no_times_until_somebody_says_the_unit():
    table = posts(3).assign(created_at=[1_777_000_000, 1_777_000_060, 1_777_000_120])
    with pytest.raises(InputError, match="to_datetime"):
        stancekit.find_storms(table)
    assert stancekit.find_storms(table.assign(created_at=float("nan"))).missing


def test_days_alone_are_no_storm():
    table = together(quiet(), posts(60))
    days = table.assign(created_at=table["created_at"].dt.strftime("%Y-%m-%d"))
    found = stancekit.find_storms(days)
    assert not len(found.to_frame()) and "without a time of the day" in " ".join(found.missing)


def test_a_wrong_year_changes_no_storm_and_counts_no_hours_up_to_it():
    table = together(quiet(), posts(60))
    wrong = table.iloc[[0]].assign(id="wrong", created_at=pd.Timestamp("2250-01-01", tz="UTC"))
    usual = stancekit.find_storms(table).to_frame()
    found = stancekit.find_storms(pd.concat([table, wrong])).to_frame()
    same = ["key", "start", "end", "posts", "accounts"]
    assert len(usual) == 1 and found[same].equals(usual[same])
    seconds = np.append(np.arange(0, 10 * DAY, HOUR), 8_000 * 365 * DAY)
    exposure = exposure_of(seconds)
    assert len(exposure.passed) < 300 and not len(clock_of(seconds).gaps)
    inside = np.array([1.5, 100.25, 239.0])
    assert np.allclose(exposure.at(exposure.times(inside)), inside, atol=1e-3)


def test_a_hashtag_that_storms_again_after_years_stormed_twice():
    again = posts(60, prefix="b", start=EVENING + pd.DateOffset(years=10))
    found = stancekit.find_storms(together(posts(60), again)).to_frame()
    assert found["posts"].tolist() == [60, 60]


def test_probabilities_are_none_beyond_one():
    table = pd.DataFrame({"label": ["critical"], "supportive": [-3.0], "critical": [7.0]})
    table[["dog-piling", "neutral"]] = np.nan
    assert corpus_of(batches_of(table)).proba.tolist() == [[0.0, 1.0, 0.0, 0.0]]


def test_a_table_without_rows_has_nothing_to_report():
    with pytest.raises(InputError, match="no post has a label"):
        stancekit.report(posts(3).iloc[:0])


def test_a_file_that_ends_too_soon_or_was_never_labelled_is_told(tmp_path):
    cut, plain = tmp_path / "cut.xlsx", tmp_path / "plain.csv"
    posts(3).assign(created_at="2026-05-04").to_excel(cut, index=False)
    cut.write_bytes(cut.read_bytes()[:2000])
    with pytest.raises(FormatError, match=r"cut\.xlsx"):
        stancekit.find_storms(cut)
    posts(3).drop(columns="label").to_csv(plain, index=False)
    with pytest.raises(FormatError, match="no column 'label'"):
        stancekit.find_storms(plain)


@pytest.mark.parametrize("time", ["0001-01-01", "9999-12-31 23:59:59", "12000-01-01", "+150000"])
def test_a_year_that_cannot_be_written_is_no_time(time):
    odd = np.datetime64(time, "s") if time[0] != "+" else np.datetime64(2**62, "us")
    table = together(quiet(), posts(60))
    times = table["created_at"].dt.tz_localize(None).to_numpy("datetime64[us]").copy()
    times[:3] = odd.astype("datetime64[us]")
    table = pa.Table.from_pandas(table.drop(columns="created_at"))
    table = table.append_column("created_at", pa.array(times, pa.timestamp("us", "UTC")))
    table = table.to_pandas()
    found = stancekit.report(table)
    assert found.tally.without_time == 3 and found.html()
    assert str(stancekit.find_storms(table)) and str(stancekit.find_pileons(table))
    assert stancekit.methods(table).text


@pytest.mark.parametrize("posts", [None, 1, [], b"posts", np.zeros(3)], ids=repr)
def test_what_is_no_table_is_told(posts):
    for look in (stancekit.find_storms, stancekit.find_pileons, stancekit.report):
        with pytest.raises(InputError, match="give a labelled DataFrame"):
            look(posts)


@pytest.mark.parametrize("name", ["label", "text", "created_at"])
def test_a_name_that_two_columns_have_is_told(name):
    table = together(quiet(), posts(20))
    table = pd.concat([table, table[[name]]], axis=1)
    for look in (stancekit.find_storms, stancekit.find_pileons, stancekit.report):
        with pytest.raises(InputError, match=f"two columns of the table are called '{name}'"):
            look(table)


@pytest.mark.parametrize("name", ["id", "text", "author", "label", "confidence", "hashtags"])
@pytest.mark.parametrize("value", [[1], {"a": 1}, "a\ud83d", ["\ud83d"], b"\xff", 10**30, np.inf])
@pytest.mark.parametrize("look", [stancekit.find_storms, stancekit.report])
def test_a_cell_of_any_kind_is_read_or_told(name, value, look):
    table = together(quiet(), posts(20)).astype(object).assign(confidence=0.5)
    cells = table[name].tolist() if name in table else [None] * len(table)
    cells[3] = value
    table[name] = pd.Series(cells, dtype=object)
    try:
        look(table)
    except InputError as error:
        assert repr(name) in str(error)
