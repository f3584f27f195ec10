import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.json.arrays import array_items
from stancekit.posts.json.stream import small_json
from stancekit.posts.record import Reject


def read(raw):
    return list(array_items(io.BufferedReader(io.BytesIO(raw)), "f"))


@pytest.mark.parametrize(
    "raw",
    [b'[{"a": "1"}]', b'window.YTD.tweets.part0 = [{"a": "1"}]', b'y.x = \n [{"a":"1"}];\n',
     b'\xef\xbb\xbfx=[{"a":"1"}] ;;\n', 'x = [{"a": "1"}]'.encode("utf-16")],
)  # fmt: skip
def test_array_behind_whatever(raw):
    assert read(raw) == [(1, {"a": "1"})]


def test_empty_array():
    assert read(b"window.YTD.tweets.part0 = [ ]") == []


@pytest.mark.parametrize("raw", [b"", b"var x", b'{"a": [1]}', b"<html>", b"x = 5; [1]"])
def test_no_array_is_a_reject(raw):
    (reject,) = read(raw)
    assert reject.reason == "no JSON array in it"


def test_text_after_the_array_is_refused():
    items = read(b"x = [1, 2]; alert(1)")
    assert items[:2] == [(1, 1), (2, 2)]
    assert isinstance(items[2], Reject)


def test_bad_bytes_do_not_end_the_reading():
    raw = '["déjà", "'.encode() + b'a\xff", "b"]'
    assert read(raw) == [(1, "déjà"), (2, "a\ufffd"), (3, "b")]


@given(st.lists(st.dictionaries(st.text(), st.text()), min_size=1), st.data())
def test_items_before_a_cut_are_kept(rows, data):
    raw = json.dumps(rows).encode()
    cut = data.draw(st.integers(1, len(raw) - 1))
    items = read(raw[:cut])
    assert isinstance(items[-1], Reject)
    assert len(items) <= len(rows) + 1
    assert items[-1].line == len(items)


def test_small_json():
    raw = b'window.__THAR_CONFIG = {"a": [1]}'
    assert small_json(io.BufferedReader(io.BytesIO(raw))) == {"a": [1]}
    assert small_json(io.BufferedReader(io.BytesIO(b"x = {"))) is None


@pytest.mark.parametrize("body", ["[" * 300_000, '[{"a":' * 100_000, "[1," + "[" * 300_000])
def test_brackets_without_end_are_a_reject(body):
    """Without a limit this takes gigabytes."""
    *_, last = array_items(io.BufferedReader(io.BytesIO(body.encode())), "x.json")
    assert isinstance(last, Reject) and "too deep" in last.reason


def test_brackets_in_words_are_words():
    rows = [{"text": "[{" * 1500}] * 20
    body = json.dumps(rows).encode()
    found = array_items(io.BufferedReader(io.BytesIO(body)), "x.json")
    assert [item for _, item in found] == rows
