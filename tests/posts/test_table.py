from datetime import datetime, timedelta, timezone

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import COLUMNS, to_frame
from stancekit.posts.table import to_batch


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


@pytest.mark.slow
@given(st.lists(st.dictionaries(st.text("abc", min_size=1, max_size=2), nested), max_size=5))
def test_any_extra_value_survives(rows):
    frame = to_frame(rows)
    assert len(frame) == len(rows)


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=5))
def test_any_text_survives(texts):
    frame = to_frame([{"text": text} for text in texts])
    for text, kept in zip(texts, frame["text"], strict=True):
        assert kept == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_post_columns_of_a_batch_stand_in_their_order_and_own_ones_as_they_appear():
    rows = [{"zeal": 1, "text": "a"}, {"text": "b", "id": "1", "age": 2}]
    assert to_batch(rows).schema.names == ["id", "text", "zeal", "age"]


def test_own_columns_of_a_batch_are_text_whatever_a_batch_holds():
    one = to_batch([{"text": "a", "n": 1}])
    other = to_batch([{"text": "a", "n": "one"}, {"n": {"deep": [1.5]}}, {"n": True}])
    assert one.schema.field("n") == other.schema.field("n")
    assert other.column("n").to_pylist() == ["one", '{"deep":[1.5]}', "true"]


def test_types_of_post_columns_are_fixed():
    moment = datetime(2024, 5, 1, tzinfo=timezone.utc)
    row = dict.fromkeys(COLUMNS) | {"created_at": moment, "mentions": ["ana"]}
    batch = to_batch([row])
    assert batch.schema.field("created_at").type == pa.timestamp("us", "UTC")
    assert batch.schema.field("mentions").type == pa.list_(pa.string())
    assert batch.column("created_at").to_pylist() == [moment]


def test_half_an_emoji_costs_no_row_of_a_batch():
    batch = to_batch([{"text": "cut \ud83d", "hashtags": ["\ud83d"], "own": "\ud83d"}])
    assert batch.column("text").to_pylist() == ["cut \ufffd"]
    assert batch.column("hashtags").to_pylist() == [["\ufffd"]]
    assert batch.column("own").to_pylist() == ["\ufffd"]


def test_an_emoji_in_two_halves_is_put_together():
    row = {"text": "tram \ud83d\ude8b", "own": ["\ud83d\ude8b", "\ud83d"]}
    batch = to_batch([row])
    assert batch.column("text").to_pylist() == ["tram 🚋"]
    assert batch.column("own").to_pylist() == ['["🚋","\ufffd"]']


def test_own_columns_read_the_same_as_in_read_posts():
    values = ["x", 7, 2**70, 1.5, True, {"a": ["\ud83d", 2**70]}, None]
    batch = to_batch([{"text": "a", "own": value} for value in values])
    frame = to_frame([{"text": "a", "own": value} for value in values])
    assert (
        batch.column("own").to_pylist()
        == frame["own"].astype(object).where(frame["own"].notna(), None).to_list()
    )


def test_reserved_names_are_given_way():
    row = {"text": "a", "label": "x", "source_label": "y", "reason": None}
    names = to_batch([row], {"label", "reason"}).schema.names
    assert names == ["text", "source_source_label", "source_label", "source_reason"]


own_values = (
    st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.lists(st.text())
)


@given(st.lists(st.dictionaries(st.sampled_from(["text", "a", "b", "label"]), own_values)))
def test_any_row_of_a_users_own_columns_is_taken_by_a_batch(rows):
    rows = [{**row, "text": str(row.get("text"))} for row in rows]
    batch = to_batch(rows, {"label"})
    assert len(batch) == len(rows)
    assert "label" not in batch.schema.names
