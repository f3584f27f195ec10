import io

from stancekit.posts.json import lines
from stancekit.posts.json.lines import json_lines
from stancekit.posts.record import Reject


def read(raw):
    return list(json_lines(io.BufferedReader(io.BytesIO(raw)), "f"))


def test_broken_lines_do_not_stop_the_reading():
    items = read(b'{"a": 1}\n\n{"a": \n  \n{"a": 2}')
    assert [i for i in items if not isinstance(i, Reject)] == [(1, {"a": 1}), (5, {"a": 2})]
    (reject,) = (i for i in items if isinstance(i, Reject))
    assert reject.line == 3 and reject.reason.startswith("not JSON")


def test_bom_utf16_and_half_emoji():
    assert read(b'\xef\xbb\xbf{"a": 1}\n') == [(1, {"a": 1})]
    assert read('{"a": "é"}\r\n{"a": 2}'.encode("utf-16")) == [(1, {"a": "é"}), (2, {"a": 2})]
    assert read(b'{"a": "\\ud83d"}') == [(1, {"a": "\ud83d"})]


def test_nan_is_read_as_python_writes_it():
    ((_, row),) = read(b'{"a": NaN}')
    assert row["a"] != row["a"]


def test_bytes_that_are_not_utf8_are_read_as_windows_wrote_them():
    (value, notice) = read(b'{"a": "caf\xe9"}')
    assert value == (1, {"a": "café"}) and "cp1252" in notice.message


def test_deep_nesting_is_a_reject():
    (reject,) = read(b"[" * 100_000)
    assert isinstance(reject, Reject)


def test_line_past_the_limit_is_a_reject_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(lines, "LINE_BYTES", 20)
    items = read(b'{"a": "' + b"x" * 50 + b'"}\n{"a": 2}\n')
    assert isinstance(items[0], Reject) and "longer" in items[0].reason
    assert items[1:] == [(2, {"a": 2})]


def test_lines_of_an_array_without_brackets_and_of_python_are_mended_and_counted():
    first, second, third, notice = read(
        b"""{"id": "1", "text": "a"},\n{'id': '2', 'text': "it's", 'by': None}\n{"id": "3",}\n"""
    )
    assert first == (1, {"id": "1", "text": "a"})
    assert second == (2, {"id": "2", "text": "it's", "by": None})
    assert third == (3, {"id": "3"})
    assert "3 items were not quite JSON" in notice.message


def test_two_objects_in_a_line_are_not_taken_for_one():
    (reject,) = read(b'{"id": "1"} {"id": "2"}')
    assert "2" not in reject.reason.partition("line")[0]
