"""Lists and times as cells of text."""

import csv
import io

import pyarrow as pa

from stancekit.runs.output.cells import json_cells, time_cells


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
