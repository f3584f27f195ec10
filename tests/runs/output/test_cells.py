import csv
import io

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stancekit.runs.output.cells import escape_cells, json_cells, restore_cells, time_cells

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
risky = st.builds(
    "{}{}".format, st.sampled_from(["=", "'", "''@", "+", "-", "@", "\t", "\r"]), texts
)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert escape_cells(pa.array([f"{start}cmd|' /C calc'!A0"]))[0].as_py().startswith(f"'{start}")


@pytest.mark.parametrize("number", ["-1", "+3.5", "-1e-9", "0", "12"])
def test_numbers_stay_numbers(number):
    assert escape_cells(pa.array([number, "=x"]))[0].as_py() == number


@given(st.lists(st.none() | texts | risky))
@example(["'=x", "=x", "''=x", "-1", "'-1", "'", "", "plain 'quoted'"])
def test_restoring_gives_back_every_text(values):
    escaped = escape_cells(pa.array(values, pa.string())).to_pylist()
    restored = restore_cells(pd.Series(escaped, dtype=object)).tolist()
    assert restored == values


@given(texts | risky)
def test_no_escaped_cell_starts_a_formula(value):
    cell = escape_cells(pa.array([value]))[0].as_py()
    if cell[:1] and cell[0] in "=+-@\t\r":
        float(cell)


def test_restoring_does_not_change_its_argument():
    frame = pd.DataFrame({"text": ["'@ana"], "n": [1]})
    assert restore_cells(frame).text[0] == "@ana"
    assert frame.text[0] == "'@ana"


def test_lists_become_json_text_that_csv_can_carry():
    cells = json_cells(pa.array([["a", 'b"c'], [], None, ["ü", None]], pa.list_(pa.string())))
    assert cells.to_pylist() == ['["a","b\\"c"]', "[]", None, '["ü",null]']
    row = next(csv.reader(io.StringIO('"[""a""]"')))
    assert row == ['["a"]']


def test_lists_of_a_slice_are_its_own():
    lists = pa.array([["a"], ["b", "c"], None, ["d"]], pa.list_(pa.string()))
    assert json_cells(lists.slice(1, 2)).to_pylist() == ['["b","c"]', None]
    assert json_cells(lists.slice(0, 0)).to_pylist() == []


def test_times_are_iso_8601_all_alike():
    times = pa.array([0, 1_714_557_600_123_000, None], pa.timestamp("us", "UTC"))
    assert time_cells(times).to_pylist() == [
        "1970-01-01T00:00:00.000000Z",
        "2024-05-01T10:00:00.123000Z",
        None,
    ]
