import pyarrow as pa

from stancekit.posts.table import COLUMNS, to_batch
from stancekit.runs.assemble import conform, output_schema

ADDED = pa.schema([("label", pa.dictionary(pa.int8(), pa.string())), ("confidence", pa.float64())])


def test_the_union_has_every_column_once_with_the_labels_last():
    one = to_batch([{"text": "a", "b": 1}])
    other = to_batch([{"id": "1", "c": 2}])
    names = [[*batch.schema.names, *ADDED.names] for batch in (one, other)]
    schema = output_schema(names, ADDED, None)
    assert schema.names == ["id", "text", "b", "c", "label", "confidence"]
    assert schema.field("label").type == ADDED.field("label").type
    missing = {"label": None, "confidence": None}
    assert conform(one, schema).to_pylist() == [
        {"id": None, "text": "a", "b": "1", "c": None} | missing
    ]


def test_columns_asked_for_are_there_whether_a_part_has_them_or_not():
    schema = output_schema([["text", "own"]], ADDED, ["own", "mentions", "label", "text"])
    assert schema.names == ["own", "mentions", "text", "label", "confidence"]
    assert schema.field("mentions").type == pa.list_(pa.string())


def test_of_no_parts_all_columns_are_empty():
    assert output_schema([], ADDED, None).names == [*COLUMNS, *ADDED.names]
