"""JSON lines, JSON arrays and Parquet."""

import json

import pandas as pd
import pytest

from stancekit.errors import FormatError, InputError
from stancekit.posts import Reject, read_posts, read_records, to_frame

ROWS = [
    {
        "id": 1169246717864136705,
        "text": "first",
        "user": "ada",
        "created_at": "2024-05-01T10:00:00Z",
    },
    {"id": 1169246717864136706, "text": None, "user": "bo", "created_at": None},
    {"id": 1169246717864136707, "text": "", "user": "cy", "likes": 3},
]


def read(path, **options):
    items = list(read_records(path, **options))
    records = [item for item in items if isinstance(item, dict)]
    return records, [item for item in items if isinstance(item, Reject)]


@pytest.fixture(params=["jsonl", "json", "parquet"])
def written(request, tmp_path):
    def write(rows):
        path = tmp_path / f"posts.{request.param}"
        if request.param == "parquet":
            pd.DataFrame(rows).to_parquet(path)
        elif request.param == "json":
            path.write_text(json.dumps(rows))
        else:
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    return write


def test_every_row_comes_out(written):
    records, rejects = read(written(ROWS))
    assert not rejects
    frame = to_frame(records)
    assert frame["id"].tolist() == [str(row["id"]) for row in ROWS]
    assert frame["text"].isna().tolist() == [False, True, True]
    assert frame["author"].tolist() == ["ada", "bo", "cy"]
    assert frame["created_at"].isna().tolist() == [False, True, True]
    assert records[2]["source_ref"].endswith(":3")


def test_rounded_ids_are_none(written):
    records, _ = read(written([{"id": 1.62e18, "text": "a"}]))
    assert records[0]["text"] == "a" and records[0].get("id") is None


def test_columns_that_appear_late_are_carried_through(written):
    rows = [{"text": str(n)} for n in range(300)] + [{"text": "x", "late": "y"}]
    records, _ = read(written(rows))
    assert records[-1]["late"] == "y"


def test_lines_that_are_no_objects_are_rejects(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n[1]\n"b"\n{"text": "c"}\n')
    records, rejects = read(path)
    assert [r["text"] for r in records] == ["a", "c"]
    assert [(r.line, r.reason) for r in rejects] == [
        (2, "not a JSON object"),
        (3, "not a JSON object"),
    ]


def test_array_items_that_are_no_objects_are_rejects(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"text": "a", "score": 0.5}, 7, {"text": "c"}]')
    records, rejects = read(path)
    assert [r["text"] for r in records] == ["a", "c"]
    assert records[0]["score"] == 0.5
    assert rejects[0].line == 2


def test_folder_of_files_is_one_table(tmp_path):
    for month in ("2024_01", "2024_02"):
        (tmp_path / f"{month}.jsonl").write_text('{"text": "a"}\n')
    records, _ = read(tmp_path)
    assert [r["source_ref"] for r in records] == ["2024_01.jsonl:1", "2024_02.jsonl:1"]


def test_nested_values_are_carried_as_json(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a", "place": {"town": "Ostermoor"}}\n')
    assert next(read_posts(path)).loc[0, "place"] == '{"town":"Ostermoor"}'


def test_damaged_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"x" * 100)
    with pytest.raises(FormatError, match="damaged Parquet"):
        read(path)


def test_file_of_broken_lines_only(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("{a\n{b\n")
    records, rejects = read(path)
    assert not records and len(rejects) == 2


def test_no_text_column_names_the_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"x": "a"}\n')
    with pytest.raises(InputError, match=r"a.jsonl: no column is called text"):
        read(path)
