"""Numbers past what Python makes an integer of cost their item, wherever a piece ends in them."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import Reject, detect, read_records
from stancekit.posts.json.arrays import array_items
from stancekit.posts.json.sniffing import json_paths
from stancekit.posts.json.values import json_values
from stancekit.posts.limits import NUMBER_DIGITS, READ_BYTES


def opened(text):
    return io.BufferedReader(io.BytesIO(text.encode()))


@given(st.integers(0, READ_BYTES), st.integers(1, 2 * NUMBER_DIGITS))
def test_a_number_is_read_or_refused_wherever_it_lies(before, digits):
    text = json.dumps(["x" * before])[:-1] + ', {"n": ' + "7" * digits + "}]"
    found = list(array_items(opened(text), "x.json"))
    if digits > NUMBER_DIGITS:
        assert isinstance(found[-1], Reject)
    elif digits < 300:  # beyond that, some parsers make it infinite
        assert found[1][1] == {"n": int("7" * digits)} or found[1][1] == {"n": float("7" * digits)}


@pytest.mark.parametrize("digits", [NUMBER_DIGITS + 1, 70_000, 500_000])
def test_long_numbers_end_neither_detection_nor_reading(digits, tmp_path):
    row = '{"id": "1", "text": "no tram", "n": ' + "9" * digits + "}"
    assert json_paths(row.encode()) == {"id", "text", "n"}
    printed = row.replace(",", ",\n")
    assert isinstance(list(json_values(opened(printed), "x.json"))[-1], Reject)
    path = tmp_path / "posts.jsonl"
    path.write_text(row + '\n{"id": "2", "text": "a town"}\n')
    assert detect(path).name == "jsonl"
    last = list(read_records(path))[-1]
    assert last["text"] == "a town"
