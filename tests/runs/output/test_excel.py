"""The label table as a workbook that Excel opens and no spreadsheet runs."""

import pytest
from openpyxl import load_workbook

from stancekit.errors import RunError
from stancekit.runs import label_archive
from stancekit.runs.output import excel
from tests.support.fakes import fake_model
from tests.support.storm import posts, write_jsonl


@pytest.fixture
def labelled(tmp_path):
    def labelled(rows, name="labels.xlsx"):
        source = write_jsonl(tmp_path / "storm.jsonl", rows)
        label_archive(
            source, tmp_path / name, model=fake_model(), n_jobs=1, chunk_size=20, force=True
        )
        return tmp_path / name

    return labelled


def cells(path):
    header, *rows = load_workbook(path)["posts"].iter_rows()
    names = [cell.value for cell in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_ids_are_text_shares_numbers_and_formulas_text(labelled):
    rows = cells(labelled(posts(45)))
    assert [row["id"].value for row in rows] == [str(10**18 + n) for n in range(45)]
    assert rows[0]["text"].value == "=SUM of all trams 0" and rows[0]["text"].data_type == "s"
    assert (
        rows[0]["confidence"].data_type == "n" and rows[1]["hashtags"].value == '["tram","no,rd"]'
    )
    assert rows[3]["created_at"].value.startswith("2024-05-01T10:03:00")


def test_the_same_posts_are_the_same_file(labelled):
    first = labelled(posts(45)).read_bytes()
    assert labelled(posts(45), "again.xlsx").read_bytes() == first


def test_what_a_cell_cannot_hold_is_cut_or_replaced(labelled):
    rows = cells(labelled([{"id": "1", "text": "x" * 40_000}, {"id": "2", "text": "a\x07b"}]))
    assert len(rows[0]["text"].value) == 32_767 and rows[0]["text"].value.endswith("…")
    assert rows[1]["text"].value == "a\ufffdb"


def test_more_posts_than_a_sheet_holds_are_refused(labelled, monkeypatch):
    monkeypatch.setattr(excel, "ROWS", 30)
    with pytest.raises(RunError, match=r"\.csv or \.parquet"):
        labelled(posts(45))
