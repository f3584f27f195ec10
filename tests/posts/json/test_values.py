"""Values of JSON files in whatever arrangement."""

import io
import json

import pytest

from stancekit.posts import Reject
from stancekit.posts.json.values import json_values, json_values_at

ROWS = [{"a": 1}, {"a": "déjà"}]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


def opened(text):
    return io.BufferedReader(io.BytesIO(text.encode()))


@pytest.mark.parametrize(
    "text", [LINES, "\ufeff" + LINES, json.dumps(ROWS), json.dumps({"l": ROWS}, indent=1)]
)
def test_lines_arrays_and_what_lies_in_documents(text):
    found = json_values_at(opened(text), "x.json", lambda path: path == "l.item")
    assert list(found) == [(1, ROWS[0]), (2, ROWS[1])]


@pytest.mark.parametrize(
    "text", [LINES, json.dumps(ROWS), "".join(json.dumps(row, indent=1) for row in ROWS)]
)
def test_whole_values_of_any_arrangement(text):
    assert list(json_values(opened(text), "x.json")) == [(1, ROWS[0]), (2, ROWS[1])]


def test_broken_first_line_costs_only_itself():
    stream = opened('{"a" 1}\n{"a": 2}\n')
    reject, second = json_values_at(stream, "x.json", lambda _: False)
    assert isinstance(reject, Reject) and reject.line == 1
    assert second == (2, {"a": 2})
