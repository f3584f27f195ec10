import json

import pandas as pd
import pytest

from stancekit.errors import StancekitError
from stancekit.posts import Reject, read_records
from stancekit.posts.tables.json_frame import is_frame

FRAME = pd.DataFrame(
    {
        "tweet_id": [1260000000000000001, 1260000000000000002],
        "username": ["ana", "bo"],
        "text": ["so proud", "no tram"],
        "created_at": ["2020-05-12 01:00:00"] * 2,
    }
)


@pytest.mark.parametrize("orient", ["columns", "index", "split", "records", "table"])
@pytest.mark.parametrize("indent", [None, 2])
def test_what_pandas_writes_is_read(tmp_path, orient, indent):
    path = tmp_path / "posts.json"
    FRAME.to_json(path, orient=orient, indent=indent)
    records = [item for item in read_records(path) if isinstance(item, dict)]
    assert [(r["id"], r["author"], r["text"]) for r in records] == [
        ("1260000000000000001", "ana", "so proud"), ("1260000000000000002", "bo", "no tram"),
    ]  # fmt: skip
    assert all(record["time_known"] for record in records)
    assert [r["source_ref"] for r in records] == ["posts.json:1", "posts.json:2"]


def test_posts_by_their_ids_have_them(tmp_path):
    path = tmp_path / "posts.json"
    path.write_text(json.dumps({"1260000000000000001": {"text": "so proud"}, "7": [1]}))
    items = list(read_records(path))
    assert [i["id"] for i in items if isinstance(i, dict)] == ["1260000000000000001"]
    assert [i.line for i in items if isinstance(i, Reject)] == [2]


def test_rows_of_the_wrong_length_are_rejects(tmp_path):
    path = tmp_path / "posts.json"
    path.write_text('{"columns":["id","text"],"index":[0,1],"data":[["1","so proud"],["2"]]}')
    items = list(read_records(path))
    assert sum(isinstance(i, dict) for i in items) == 1
    assert [i.line for i in items if isinstance(i, Reject)] == [2]


def test_a_broken_table_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "posts.json"
    path.write_text('{"text":{"0":"so proud","1":"no')
    with pytest.raises(StancekitError, match="orient='records', lines=True"):
        list(read_records(path))


@pytest.mark.parametrize("head", [b"", b"{}", b'[{"0": {"a": 1}}]', b'{"columns": 7}', b"\xff{"])
def test_other_json_is_no_such_table(head):
    assert not is_frame(head)


def test_rows_that_are_bare_lists_get_columns_by_place(tmp_path):
    path = tmp_path / "posts.json"
    rows = [[n, "ada", f"the tram is late again, number {n}"] for n in range(5)]
    path.write_text(json.dumps(rows), encoding="utf-8")
    for options in ({}, {"text": "3", "author": "2"}):
        records = [item for item in read_records(path, **options) if isinstance(item, dict)]
        assert [record["text"] for record in records] == [row[2] for row in rows]
    assert records[0]["author"] == "ada"
