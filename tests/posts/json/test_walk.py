"""One broken item costs itself: what stands around it is read, counted and in its place."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.json import decoding
from stancekit.posts.json.arrays import array_items
from stancekit.posts.json.nested import nested_items
from stancekit.posts.record import Notice, Reject


def opened(text):
    return io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass")))


def array(text):
    return list(array_items(opened(text), "f"))


def nested(text, *paths):
    return list(nested_items(opened(text), "f", paths.__contains__))


def values(items):
    """Numbers and values, ``None`` for a reject."""
    return [
        (item.line, None) if isinstance(item, Reject) else item
        for item in items
        if not isinstance(item, Notice)
    ]


ROWS = [{"id": n, "text": f"row {n}", "by": {"id": 7, "tags": ["a", "b"]}} for n in range(1, 8)]
HARM = {
    "bare word with a quotation mark": lambda item: item.replace('"by"', 'oh "no'),
    "mark inside a text": lambda item: item.replace("row ", 'row "quoted" '),
    "mark missing at the end of a text": lambda item: item.replace('", "by"', ', "by"'),
    "colon missing": lambda item: item.replace('"text":', '"text"'),
    "bracket missing": lambda item: item.replace("]", ""),
    "bracket too many": lambda item: item.replace("[", "[["),
    "brace missing": lambda item: item[:-1],
    "cut in the middle": lambda item: item[: len(item) // 2],
    "half of it gone": lambda item: item[:3] + item[len(item) // 2 :],
    "nothing but a brace": lambda item: "{",
}  # fmt: skip
LAYOUTS = {
    "compact": lambda items: "[" + ", ".join(items) + "]",
    "a line each": lambda items: "[\n" + ",\n".join(items) + "\n]",
    "printed": lambda items: "[\n  " + ",\n  ".join(items) + "\n]",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_broken_item_costs_only_itself(layout, harm, place):
    items = [json.dumps(row) for row in ROWS]
    items[place] = HARM[harm](items[place])
    if place == 0 and layout == "compact" and not items[0].startswith('{"id":'):
        pytest.skip("nothing says how items begin")
    found = array(LAYOUTS[layout](items))
    expected = [(n, None if n == place + 1 else row) for n, row in enumerate(ROWS, 1)]
    assert values(found) == expected
    (reject,) = (item for item in found if isinstance(item, Reject))
    assert 0 < reject.size <= len(items[place]) + 6
    assert reject.lines == 1
    assert f"{reject.size} bytes not read" in reject.reason


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("harm", [harm for harm in HARM if harm != "half of it gone"])
def test_what_follows_a_list_with_a_broken_end_is_found(indent, harm):
    mark = "broken end"
    chats = [
        {"name": "Tram", "id": 1, "messages": [ROWS[0], {**ROWS[1], "text": mark}]},
        {"name": "Ferry", "id": 2, "messages": ROWS[2:4]},
    ]
    text = json.dumps({"chats": {"list": chats}}, indent=indent)
    start = text.index(mark)
    start = text.rindex("{", 0, start)
    end = start + json.JSONDecoder().raw_decode(text[start:])[1]
    broken = HARM[harm](text[start:end].replace(mark, "row 2"))
    try:
        json.loads(broken)
    except ValueError:
        text = text[:start] + broken + text[end:]
    else:
        pytest.skip("no harm in this layout")
    found = nested(text, "chats.list.item.name", "chats.list.item.messages.item")
    read = [item[1].value for item in found if isinstance(item, tuple)]
    assert read == ["Tram", ROWS[0], "Ferry", *ROWS[2:4]]
    assert sum(isinstance(item, Reject) for item in found) == 1


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('{"id": video_files/sticker (2).webm}', {"id": "video_files/sticker (2).webm"}),
        ('{"id": a, b.webm, "n": 1}', {"id": "a, b.webm", "n": 1}),
        ('{"a": [1, 2,], "b": {"c": None,},}', {"a": [1, 2], "b": {"c": None}}),
        ('{"a": True, "b": undefined, name: "x"}', {"a": True, "b": None, "name": "x"}),
        (r'{"a": "C:\dir \" \u00e9 \ud8"}', {"a": 'C:\\dir " é \\ud8'}),
        ('{"a": "tab\there\nand \x01"}', {"a": "tab\there\nand \x01"}),
    ],
)
def test_what_was_meant_beyond_doubt_is_mended(wrong, right):
    assert values(array(f'[{{"id": 1}}, {wrong}, {{"id": 3}}]')) == [
        (1, {"id": 1}), (2, right), (3, {"id": 3}),
    ]  # fmt: skip


def test_mending_is_told_with_a_count():
    *_, notice = array('[{"a": b}, {"a": c}, {"a": "d"}]')
    assert isinstance(notice, Notice) and "2 items were not quite JSON" in notice.message


def test_not_a_number_is_read_as_python_writes_it():
    ((_, item),) = array('[{"a": NaN}]')
    assert item["a"] != item["a"]


inner = st.recursive(
    st.text(max_size=8) | st.integers(-(2**53), 2**53) | st.booleans() | st.none(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below),
    max_leaves=6,
)
rows = st.lists(st.fixed_dictionaries({"id": st.integers(), "v": inner}), min_size=3, max_size=8)


@pytest.mark.slow
@given(rows, st.sampled_from((None, 1)), st.data())
def test_dropped_bytes_cost_no_item_before_them(items, indent, data):
    text = json.dumps(items, indent=indent)
    start = data.draw(st.integers(1, len(text) - 2))
    end = data.draw(st.integers(start + 1, min(start + 30, len(text))))
    found = array(text[:start] + text[end:])
    whole = sum(len(json.dumps(items[:n], indent=indent)) < start for n in range(1, len(items)))
    assert values(found)[:whole] == list(enumerate(items[:whole], 1))
    numbers = [number for number, _ in values(found) if number is not None]
    assert numbers == sorted(numbers)


@pytest.mark.slow
@pytest.mark.parametrize(
    "start", ["", '[{"a": 1}, ', '{"x": {"l": [{"a": 1}, ', '[{"a": "b'], ids=repr
)
@pytest.mark.parametrize(
    "part", ["[", '{"a":', '[{"a":', '"', '{"a":"x},', '{"a":[0,', '{"a":[1,1,1,1,', "\\", "]"]
)
def test_text_that_never_ends_is_read_in_a_bounded_number_of_looks(start, part, monkeypatch):
    looks = 0
    decoder = decoding._DECODER

    class Counting:
        def raw_decode(self, text, at=0):
            nonlocal looks
            try:
                value, end = decoder.raw_decode(text, at)
            except json.JSONDecodeError as error:
                looks += error.pos - at
                raise
            except RecursionError:
                looks += 1000 * len(part)
                raise
            looks += end - at
            return value, end

    monkeypatch.setattr(decoding, "_DECODER", Counting())
    monkeypatch.setattr(decoding, "LINE_BYTES", 1 << 16)
    text = start + part * 3_000
    list(array_items(opened(text), "f"))
    list(nested_items(opened(text), "f", lambda path: path.endswith("l.item")))
    assert looks < 80 * len(text) + (1 << 22)


def test_a_stretch_without_marks_says_that_its_posts_cannot_be_counted():
    text = '[{"id": 1}, {"id": 2}, ' + "\\" * 9_000 + '{"x": 1}]'
    *_, reject = array(text)
    assert isinstance(reject, Reject) and reject.stretch
    assert "how many posts they held cannot be told" in reject.reason


def test_no_word_of_the_text_is_in_the_reason():
    found = array('[{"id": "1"},\n{"id": "2", "text": "@zz is bad, zz!" oops}]')
    assert "zz" not in found[-1].reason and "line 2, byte" in found[-1].reason


def test_places_are_those_of_the_file():
    text = 'window.x =\n[{"id": "é"},\n{"id": é},\n{"id": oh "no}]'
    *_, reject, _notice = array(text)
    place = len(text[: text.index('oh "no')].encode()) + 1
    assert f"(line 4, byte {place})" in reject.reason


def test_a_comma_too_many_in_every_item_costs_none():
    rows = [{f"key {n}": n, "tags": ["a", "b"]} for n in range(300)]
    wrong = [json.dumps(row).replace("]", ",]").replace("}", ",}") for row in rows]
    *items, notice = array("[" + ",".join(wrong) + "]")
    assert [item[1] for item in items] == rows
    assert "300 items were not quite JSON" in notice.message


@pytest.mark.parametrize("starts", [("id", "user"), ("a", "b", "c", "d", "e")])
def test_items_that_begin_in_several_ways_are_found_again(starts):
    rows = [{starts[n % len(starts)]: str(n), "text": "fine"} for n in range(20)]
    items = [json.dumps(row) for row in rows]
    items[10] = items[10].replace("fine", 'fi"ne')
    found = array("[" + ",".join(items) + "]")
    assert values(found) == [(n, None if n == 11 else row) for n, row in enumerate(rows, 1)]


def test_printed_items_without_commas_between_them_are_each_rejected_alone():
    items = ['{"text": [1, 2'] * 50
    rejects = array('[\n{"text": "a"},\n' + "\n".join(items) + "]")[1:]
    assert len(rejects) == 50 and not any(reject.stretch for reject in rejects[:-1])


def test_errors_do_not_count_the_lines_of_the_whole_text(monkeypatch):
    unended = '[{"a": "' + "{b," * 200_000  # a string that makes the window grow to all of it
    items = ",".join(['{"a": x"'] * 2_000)
    text = unended + '"},' + items + "]"
    counted = 0
    error = json.JSONDecodeError.__init__

    def init(self, message, document, place):
        nonlocal counted
        counted += place if type(document).count is str.count else 0
        error(self, message, document, place)

    monkeypatch.setattr(json.JSONDecodeError, "__init__", init)
    array(text)
    assert counted < 20 * len(text)
