import json
import sqlite3
from contextlib import closing

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError, RunError
from stancekit.runs import label_archive
from stancekit.runs.output import outputs, writers
from stancekit.runs.output.outputs import output_for
from stancekit.runs.output.sqlite import distinct_names, write_sqlite
from stancekit.runs.output.writers import Style, grouped
from tests.support.fakes import CLASSES
from tests.support.storm import write_jsonl


def in_sqlite(path, query="SELECT * FROM posts"):
    with closing(sqlite3.connect(path)) as base:
        base.row_factory = sqlite3.Row
        return [dict(row) for row in base.execute(query)]


@pytest.fixture
def parquet(source, model, tmp_path):
    label_archive(source, tmp_path / "out.parquet", model=model, chunk_size=30)
    return pq.read_table(tmp_path / "out.parquet")


@pytest.mark.parametrize("ending", [".sqlite", ".sqlite3", ".db"])
def test_sqlite_holds_the_same_table(source, model, tmp_path, parquet, ending):
    label_archive(source, tmp_path / f"out{ending}", model=model, chunk_size=30)
    rows = in_sqlite(tmp_path / f"out{ending}")
    for one, two in zip(rows, parquet.to_pylist(), strict=True):
        assert one["created_at"] == two.pop("created_at").strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        for lists in ("hashtags", "inherited"):
            assert json.loads(one[lists]) == two.pop(lists)
        assert bool(one["time_known"]) is two.pop("time_known")
        assert {name: one[name] for name in two} == two


def test_sqlite_says_which_model_labelled_what(source, model, tmp_path):
    label_archive(source, tmp_path / "out.db", model=model)
    rows = in_sqlite(tmp_path / "out.db", "SELECT * FROM about")
    about = {row["name"]: row["value"] for row in rows}
    assert about["stancekit.model_digest"] == model.digest


def test_a_database_is_written_once_and_leaves_nothing_beside_it(source, model, tmp_path):
    label_archive(source, tmp_path / "out.db", model=model)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.db", "storm.jsonl"]
    with pytest.raises(RunError, match="already there"):
        label_archive(source, tmp_path / "out.db", model=model)


def test_own_columns_that_differ_by_case_or_hold_quotes_are_all_kept(model, tmp_path):
    rows = [{"text": "a", "Likes": 1, "likes": 2, 'a "b"; DROP': 3, "Text": "T"}]
    source = write_jsonl(tmp_path / "s.jsonl", rows)
    label_archive(source, tmp_path / "out.db", model=model)
    [row] = in_sqlite(tmp_path / "out.db")
    assert [row[name] for name in ("Likes", "likes_2", 'a "b"; DROP')] == ["1", "2", "3"]


@given(st.lists(st.text(min_size=1), unique=True))
def test_names_in_a_database_differ_by_more_than_case(names):
    found = distinct_names(names)
    assert len({name.lower() for name in found}) == len(names)
    for old, new in zip(names, found, strict=True):
        assert new.startswith(old)


@settings(max_examples=30)
@given(st.lists(st.text() | st.none(), min_size=1))
def test_any_text_comes_out_of_sqlite_as_it_went_in(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("base") / "x.db"
    batch = pa.RecordBatch.from_pydict({"text": pa.array(texts, pa.string())})
    write_sqlite(path, batch.schema, [batch], Style())
    assert [row["text"] for row in in_sqlite(path)] == texts


def test_a_folder_of_parts_is_one_table(source, model, tmp_path, parquet, monkeypatch):
    monkeypatch.setattr(outputs, "ROW_GROUP", 20)
    monkeypatch.setattr(outputs, "PART_GROUPS", 2)
    label_archive(source, tmp_path / "out", model=model, chunk_size=30)
    files = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in files] == [f"part-0000{n}.parquet" for n in range(3)]
    assert [pq.read_metadata(path).num_rows for path in files] == [40, 40, 15]
    assert len({str(pq.read_schema(path)) for path in files}) == 1
    assert pq.read_schema(files[2]).metadata[b"stancekit.model_digest"] == model.digest.encode()
    table = pd.read_parquet(tmp_path / "out")
    pd.testing.assert_frame_equal(table, parquet.to_pandas())
    assert table["label"].cat.categories.tolist() == list(CLASSES)


def test_without_posts_there_is_one_part_without_rows(model, tmp_path):
    source = tmp_path / "s.csv"
    source.write_text("id,text\n", encoding="utf-8")
    label_archive(source, tmp_path / "out", model=model)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["part-00000.parquet"]
    label_archive(source, tmp_path / "out.db", model=model)
    assert in_sqlite(tmp_path / "out.db", "SELECT COUNT(*) AS n FROM about") != [{"n": 0}]


def test_a_folder_is_replaced_by_force_and_only_if_nothing_else_is_in_it(source, model, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    label_archive(source, out, model=model)  # an empty folder is nothing to lose
    with pytest.raises(RunError, match="already there"):
        label_archive(source, out, model=model)
    (out / "part-00007.parquet").write_bytes(b"old")
    label_archive(source, out, model=model, force=True)
    assert [path.name for path in out.iterdir()] == ["part-00000.parquet"]
    (out / "thesis.txt").touch()
    with pytest.raises(InputError, match="other things than Parquet parts"):
        label_archive(source, out, model=model, force=True)
    assert (out / "thesis.txt").exists()


def test_an_ending_that_says_nothing_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match=r"\.csv.*\.sqlite.*folder of Parquet parts"):
        output_for(tmp_path / "out.docx")


def test_row_groups_do_not_hang_on_chunks(source, model, tmp_path, monkeypatch):
    monkeypatch.setattr(writers, "ROW_GROUP", 40)
    label_archive(source, tmp_path / "out.parquet", model=model, chunk_size=7)
    found = pq.read_metadata(tmp_path / "out.parquet")
    assert [found.row_group(n).num_rows for n in range(found.num_row_groups)] == [40, 40, 15]


@given(st.lists(st.integers(0, 30)), st.integers(1, 20))
def test_groups_hold_every_row_in_order(sizes, rows):
    schema = pa.schema([("n", pa.int64())])
    numbers = iter(range(sum(sizes)))
    batches = [
        pa.RecordBatch.from_pydict({"n": [next(numbers) for _ in range(size)]}, schema)
        for size in sizes
    ]
    tables = list(grouped(batches, schema, rows))
    assert [n for table in tables for n in table["n"].to_pylist()] == list(range(sum(sizes)))
    assert all(len(table) == rows for table in tables[:-1])
