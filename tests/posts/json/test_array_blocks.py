"""Arrays read in blocks give what a reading of the whole gives, however they are printed."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.json import array_blocks, stream
from stancekit.posts.json.arrays import array_items
from stancekit.posts.record import Reject

inner = st.recursive(
    st.text(max_size=5) | st.integers(-(2**53), 2**53) | st.booleans() | st.none(),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "a", '"', "}, {")), below, max_size=3)
    ),
    max_leaves=8,
)
items = st.lists(st.dictionaries(st.sampled_from(("id", "a", "b")), inner, max_size=3) | inner)


def read(text):
    return list(array_items(io.BufferedReader(io.BytesIO(text.encode())), "f"))


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(array_blocks, "BLOCK_BYTES", 40)
    monkeypatch.setattr(stream, "READ_BYTES", 16)


@pytest.mark.slow
@given(items, st.sampled_from((None, 0, 1, 4)), st.sampled_from(((",", ":"), (" ,\n", " : "))))
def test_small_blocks_give_every_item_in_order(rows, indent, separators):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_blocks, "BLOCK_BYTES", 40)
        patch.setattr(stream, "READ_BYTES", 16)
        text = json.dumps(rows, indent=indent, separators=separators, ensure_ascii=False)
        assert read(text) == list(enumerate(rows, 1))


@given(items, st.data())
def test_cut_text_gives_a_beginning_and_a_reject(rows, data):
    text = json.dumps(rows, indent=1)
    cut = data.draw(st.integers(1, len(text) - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_blocks, "BLOCK_BYTES", 40)
        found = read(text[:cut])
    assert isinstance(found[-1], Reject)
    whole = list(enumerate(rows, 1))
    assert found[:-2] == whole[: len(found[:-2])]  # the last may be a number that was cut


def test_what_follows_the_array_is_refused_after_many_blocks(small):
    rows = [{"tweet": {"id": str(n)}} for n in range(50)]
    found = read(json.dumps(rows) + "; alert(1)")
    assert found[:50] == list(enumerate(rows, 1)) and isinstance(found[50], Reject)


def test_items_that_hold_their_own_beginning_are_read_whole(small):
    rows = [{"id": n, "users": [{"id": m} for m in range(n)]} for n in range(9)]
    assert read(json.dumps(rows, separators=(",", ":"))) == list(enumerate(rows, 1))


def test_half_an_emoji_does_not_end_the_reading(small):
    text = '[{"id": "cut \\ud83d"}, {"id": "2"}, {"id": "whole \\ud83d\\ude8b"}]'
    assert [item[1]["id"][:3] for item in read(text)] == ["cut", "2", "who"]
    assert read(text)[2][1]["id"] == "whole 🚋"
