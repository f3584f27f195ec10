"""A CSV for Excel: what Excel is known to need, and the same table when it is read back."""

import csv
import io

import pandas as pd
import pytest

from stancekit.errors import ArgumentError
from stancekit.runs import label_archive, read_labels, restore_cells
from tests.support.storm import posts, write_jsonl

ROWS = [
    {"id": "1842042042042042042", "text": "grüß Gott 😀", "author_id": "007", "zip": "01067"},
    {"id": "7", "text": "=1+1", "author_id": "ana", "likes": "3"},
    {"id": "8", "text": '="12"', "author_id": None, "likes": "1234567890123456"},
    {"id": "9", "text": "two\nlines; and, marks", "likes": "0,5"},
]


@pytest.fixture
def source(tmp_path):
    return write_jsonl(tmp_path / "s.jsonl", ROWS)


def cells(path, mark):
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=mark))


@pytest.mark.parametrize(("excel", "mark", "point"), [(True, ",", "."), (";", ";", ",")])
def test_excel_reads_texts_ids_and_numbers_as_they_are(source, model, tmp_path, excel, mark, point):
    out = tmp_path / "out.csv"
    label_archive(source, out, model=model, excel=excel)
    first, formula, *_ = cells(out, mark)
    assert first["id"] == '="1842042042042042042"'
    assert (first["author_id"], first["zip"]) == ('="007"', '="01067"')
    assert first["text"] == "grüß Gott 😀"
    assert (formula["text"], formula["likes"]) == ("'=1+1", "3")
    assert point in first["confidence"] and first["confidence"].replace(point, "").isdigit()


@pytest.mark.parametrize("excel", [True, ";"])
def test_it_is_read_back_as_any_other(source, model, tmp_path, excel):
    out, plain = tmp_path / "excel.csv", tmp_path / "plain.csv"
    label_archive(source, out, model=model, excel=excel)
    label_archive(source, plain, model=model)
    pd.testing.assert_frame_equal(read_labels(out), read_labels(plain))


@pytest.mark.parametrize("excel", [True, ";"])
def test_names_that_hold_marks_and_line_ends_are_read_back(model, tmp_path, excel):
    names = ['a",=1', "b;=1", "c\n=1"]
    rows = [{"text": "so", **dict.fromkeys(names, "x")}] * 3
    source = write_jsonl(tmp_path / "s.jsonl", rows)
    label_archive(source, tmp_path / "out.csv", model=model, excel=excel)
    assert set(names) <= set(read_labels(tmp_path / "out.csv").columns)


def test_pandas_and_restore_cells_give_the_texts_back(source, model, tmp_path):
    out = tmp_path / "out.csv"
    label_archive(source, out, model=model, excel=True)
    table = restore_cells(pd.read_csv(out, dtype=str, encoding="utf-8-sig"))
    assert table.id.tolist() == [row["id"] for row in ROWS]
    assert table.text.tolist() == [row["text"] for row in ROWS]


def test_a_text_past_the_length_of_a_cell_does_not_spill(model, tmp_path):
    long = write_jsonl(tmp_path / "s.jsonl", [{"id": "1", "text": "word " * 10_000}])
    label_archive(long, tmp_path / "out.csv", model=model, excel=True)
    text = cells(tmp_path / "out.csv", ",")[0]["text"]
    assert len(text) == 32_767
    assert text.endswith("…")


def test_where_there_is_no_such_csv_it_is_refused(model, tmp_path):
    source = write_jsonl(tmp_path / "s.jsonl", posts(3))
    for name, asked in (
        ("out.xlsx", {"excel": True}),
        ("out.tsv", {"excel": True}),
        ("out.csv", {"excel": "de"}),
        ("out.csv", {"excel": True, "raw": True}),
    ):
        with pytest.raises(ArgumentError, match="excel"):
            label_archive(source, tmp_path / name, model=model, **asked)
    assert {path.name for path in tmp_path.iterdir()} == {"s.jsonl"}


def test_the_excel_of_another_setting_is_the_same_run(source, model, tmp_path):
    label_archive(source, tmp_path / "a.csv", model=model, excel=";")
    label_archive(source, tmp_path / "b.csv", model=model, excel=";")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
