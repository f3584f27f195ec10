"""Values inside large JSON documents."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import Reject
from stancekit.posts.json.nested import json_values, nested_items


def read(text, *paths, function=nested_items):
    raw = text if isinstance(text, bytes) else text.encode()
    return list(function(io.BufferedReader(io.BytesIO(raw)), "x.json", paths.__contains__))


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(values, max_size=6), st.text(max_size=3))
def test_every_item_of_a_list_comes_as_it_is(items, name):
    document = json.dumps({"other": [name], "list": items, name + "?": items})
    found = read(document, "list.item")
    assert found == [("list.item", n, item) for n, item in enumerate(items, 1)]


def test_values_come_in_the_order_of_the_file_and_repeated_keys_twice():
    found = read('{"a":{"n":"x"},"l":[],"l":[1,{"b":2}],"a":{"n":"y"}}', "a.n", "l.item")
    assert found == [
        ("a.n", 1, "x"), ("l.item", 1, 1), ("l.item", 2, {"b": 2}), ("a.n", 2, "y"),
    ]  # fmt: skip


def test_what_was_whole_is_kept_when_the_text_breaks_off():
    *found, last = read('{"l":[{"a":1},{"a":2},{"a"', "l.item")
    assert [value for _, _, value in found] == [{"a": 1}, {"a": 2}]
    assert isinstance(last, Reject) and "after 2 items" in last.reason


def test_item_nested_without_end_is_a_reject():
    (last,) = read('{"l":[' + "[" * 5000 + "]" * 5000 + "]}", "l.item")
    assert isinstance(last, Reject) and "deep" in last.reason


def test_lines_arrays_and_documents():
    rows = [{"a": 1}, {"a": "déjà"}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    for text in (lines, "\ufeff" + lines, json.dumps(rows), json.dumps({"l": rows}, indent=1)):
        assert [v for _, v in read(text, "l.item", function=json_values)] == rows


def test_broken_first_line_costs_only_itself():
    reject, second = read('{"a": 1,}\n{"a": 2}\n', function=json_values)
    assert isinstance(reject, Reject) and reject.line == 1
    assert second == (2, {"a": 2})
