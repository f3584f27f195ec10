from datetime import datetime, timedelta, timezone

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import COLUMNS, to_frame


def test_no_records_give_an_empty_table_with_all_columns():
    frame = to_frame([])
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == 0


def test_dtypes_do_not_hang_on_the_rows():
    empty, one = to_frame([]), to_frame([{"text": "a"}])
    full = to_frame([{"id": "1", "text": "a", "time_known": True, "mentions": ["b"],
                      "created_at": datetime(2024, 1, 1, tzinfo=timezone.utc)}])  # fmt: skip
    assert empty.dtypes.to_dict() == one.dtypes.to_dict() == full.dtypes.to_dict()
    assert {name: str(dtype) for name, dtype in full.dtypes.items()} == COLUMNS


def test_missing_is_na():
    row = to_frame([{"text": None}]).iloc[0]
    assert all(value is pd.NA or value is pd.NaT for value in row)


def test_times_are_utc():
    zone = timezone(timedelta(hours=2))
    frame = to_frame([{"created_at": datetime(2024, 5, 1, 2, tzinfo=zone)}])
    assert frame.loc[0, "created_at"] == pd.Timestamp("2024-05-01T00:00Z")


def test_extra_columns_are_text_in_order_of_appearance():
    frame = to_frame(
        [{"text": "a", "likes": 3}, {"text": "b", "deep": {"x": [1]}, "likes": "many"}]
    )
    assert list(frame.columns)[len(COLUMNS) :] == ["likes", "deep"]
    assert frame["likes"].tolist() == ["3", "many"]
    assert frame["deep"].tolist() == [pd.NA, '{"x":[1]}']
    assert str(frame["likes"].dtype) == "string"


def test_half_an_emoji_is_replaced():
    assert to_frame([{"text": "cut \ud83d"}]).loc[0, "text"] == "cut \ufffd"


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
nested = st.recursive(values, lambda v: st.lists(v, max_size=3), max_leaves=4)


@given(st.lists(st.dictionaries(st.text("abc", min_size=1, max_size=2), nested), max_size=5))
def test_any_extra_value_survives(rows):
    frame = to_frame(rows)
    assert len(frame) == len(rows)


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=5))
def test_any_text_survives(texts):
    frame = to_frame([{"text": text} for text in texts])
    for text, kept in zip(texts, frame["text"], strict=True):
        assert kept == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
