"""Values inside large JSON documents."""

import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import Reject
from stancekit.posts.json.nested import nested_items


def read(text, *paths):
    """Give ``(path, number, value)`` of each value, and rejects."""
    stream = io.BufferedReader(io.BytesIO(text.encode()))
    found = nested_items(stream, "x.json", paths.__contains__)
    return [item if isinstance(item, Reject) else tuple(item[1]) for item in found]


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
    assert isinstance(last, Reject) and last.line == 3 and "breaks off" in last.reason


def test_item_nested_without_end_is_a_reject():
    (last,) = read('{"l":[' + "[" * 5000 + "]" * 5000 + "]}", "l.item")
    assert isinstance(last, Reject) and "deep" in last.reason


@pytest.mark.parametrize("number", [2**63, 2**64, -(2**70), 1.5, -0.0])
def test_numbers_past_64_bits_end_nothing(number):
    found = read(json.dumps({"l": [{"n": number}, 2]}), "l.item")
    assert found == [("l.item", 1, {"n": number}), ("l.item", 2, 2)]
    assert not isinstance(found[0][2]["n"], Decimal)
