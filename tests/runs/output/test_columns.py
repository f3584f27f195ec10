from datetime import datetime, timezone

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import COLUMNS, to_frame
from stancekit.runs.output.columns import as_text, conform, to_batch, union_schema

NOTHING: frozenset[str] = frozenset()


def test_post_columns_stand_in_their_order_and_own_ones_as_they_appear():
    rows = [{"zeal": 1, "text": "a"}, {"text": "b", "id": "1", "age": 2}]
    assert to_batch(rows, NOTHING).schema.names == ["id", "text", "zeal", "age"]


def test_own_columns_are_text_whatever_a_batch_holds():
    one = to_batch([{"text": "a", "n": 1}], NOTHING)
    other = to_batch([{"text": "a", "n": "one"}, {"n": {"deep": [1.5]}}, {"n": True}], NOTHING)
    assert one.schema.field("n") == other.schema.field("n")
    assert other.column("n").to_pylist() == ["one", '{"deep":[1.5]}', "true"]


def test_types_of_post_columns_are_fixed():
    moment = datetime(2024, 5, 1, tzinfo=timezone.utc)
    row = dict.fromkeys(COLUMNS) | {"created_at": moment, "mentions": ["ana"]}
    batch = to_batch([row], NOTHING)
    assert batch.schema.field("created_at").type == pa.timestamp("us", "UTC")
    assert batch.schema.field("mentions").type == pa.list_(pa.string())
    assert batch.column("created_at").to_pylist() == [moment]


def test_half_an_emoji_costs_no_row():
    batch = to_batch([{"text": "cut \ud83d", "hashtags": ["\ud83d"], "own": "\ud83d"}], NOTHING)
    assert batch.column("text").to_pylist() == ["cut \ufffd"]
    assert batch.column("hashtags").to_pylist() == [["\ufffd"]]
    assert batch.column("own").to_pylist() == ["\ufffd"]


def test_an_emoji_in_two_halves_is_put_together():
    row = {"text": "tram \ud83d\ude8b", "own": ["\ud83d\ude8b", "\ud83d"]}
    batch = to_batch([row], NOTHING)
    assert batch.column("text").to_pylist() == ["tram 🚋"]
    assert batch.column("own").to_pylist() == ['["🚋","\ufffd"]']


def test_own_columns_read_the_same_as_in_read_posts():
    values = ["x", 7, 2**70, 1.5, True, {"a": ["\ud83d", 2**70]}, None]
    batch = to_batch([{"text": "a", "own": value} for value in values], NOTHING)
    frame = to_frame([{"text": "a", "own": value} for value in values])
    assert (
        batch.column("own").to_pylist()
        == frame["own"].astype(object).where(frame["own"].notna(), None).to_list()
    )


def test_reserved_names_are_given_way():
    row = {"text": "a", "label": "x", "source_label": "y", "reason": None}
    names = to_batch([row], frozenset({"label", "reason"})).schema.names
    assert names == ["text", "source_source_label", "source_label", "source_reason"]


def test_the_union_has_every_column_once_with_the_labels_last():
    one = to_batch([{"text": "a", "b": 1, "label": "x"}], NOTHING)
    other = to_batch([{"id": "1", "c": 2, "label": "x"}], NOTHING)
    schema = union_schema([one.schema, other.schema], ["label"])
    assert schema.names == ["id", "text", "b", "c", "label"]
    assert conform(one, schema).to_pylist() == [
        {"id": None, "text": "a", "b": "1", "c": None, "label": "x"}
    ]


values = st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.lists(st.text())


@given(st.lists(st.dictionaries(st.sampled_from(["text", "a", "b", "label"]), values)))
def test_any_row_of_a_users_own_columns_is_taken(rows):
    rows = [{**row, "text": as_text(row.get("text"))} for row in rows]
    assert len(to_batch(rows, frozenset({"label"}))) == (len(rows) if rows else 0)
