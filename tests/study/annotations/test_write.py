from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from stancekit.errors import ArgumentError, InputError
from stancekit.study import read_annotations, write_annotations

FORMATS = {
    "label-studio": "tasks.json",
    "doccano": "tasks.jsonl",
    "prodigy": "tasks.jsonl",
    "argilla": "records.json",
    "csv": "tasks.csv",
    "xlsx": "tasks.xlsx",
}
LABELS = ("for", "against", "=1+1", "not sure")
HAND_OUT = pd.DataFrame(
    {
        "id": ["7", "8"],
        "text": ["Save the tram", "=HYPERLINK(1)"],
        "label": ["for", "against"],
        "confidence": [0.9, 0.6],
    }
)

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2028\u2029"),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(text.strip()) and text == text.strip())
risky = st.sampled_from(["=1+1", "'=1+1", "@SUM(1)", "-2", "two\nlines", "_x0041_", "NA", "a,b;c"])


@st.composite
def tables(draw):
    words = draw(st.lists(texts | risky, min_size=1, max_size=5, unique=True))
    rows = []
    for item, text in enumerate(words):
        for who in draw(st.lists(st.sampled_from(["ana", "bo", "cy"]), min_size=1, unique=True)):
            chosen = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=2, unique=True))
            rows += [(f"p{item}", text, who, label, f"a:{len(rows)}") for label in chosen[:1]]
    return pd.DataFrame(rows, columns=["item_id", "text", "annotator", "label", "source_ref"])


def facts(table):
    return sorted(table[["item_id", "text", "annotator", "label"]].astype(str).values.tolist())


@settings(deadline=None, max_examples=40)
@given(tables(), st.sampled_from(sorted(FORMATS)))
def test_what_is_written_is_read_back(table, name):
    with TemporaryDirectory() as folder:
        file = write_annotations(table, Path(folder, FORMATS[name]), name)
        assert facts(read_annotations(file)) == facts(table)


@pytest.mark.parametrize("name", ["label-studio", "argilla", "prodigy", "csv"])
def test_times_and_several_choices_are_kept(tmp_path, name):
    time = pd.Timestamp("2026-02-03 10:00:00", tz="UTC")
    rows = [("p7", "Save it", "ana", label, time, "a:1") for label in ("for", "not sure")]
    table = pd.DataFrame(
        rows, columns=["item_id", "text", "annotator", "label", "time", "source_ref"]
    )
    back = read_annotations(write_annotations(table, tmp_path / FORMATS[name], name))
    assert facts(back) == facts(table)
    if name != "csv":
        assert back["source_ref"].nunique() == 1
    if name != "argilla":
        assert set(back["time"]) == {time}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_posts_without_annotations_have_none_when_they_come_back(tmp_path, name):
    posts = HAND_OUT[["id", "text"]]
    file = write_annotations(posts, tmp_path / FORMATS[name], name)
    with pytest.raises(InputError):
        read_annotations(file)


@pytest.mark.parametrize("name", ["label-studio", "argilla", "prodigy"])
def test_predictions_are_no_annotations(tmp_path, name):
    file = write_annotations(HAND_OUT, tmp_path / FORMATS[name], name, predictions="label")
    assert "against" in file.read_text(encoding="utf-8")
    with pytest.raises(InputError):
        read_annotations(file)


def test_label_studio_has_its_interface(tmp_path):
    file = write_annotations(
        HAND_OUT, tmp_path / "tasks.json", "label-studio", labels=['<a> & "b"', "for"],
        question="stance",
    )  # fmt: skip
    config = ElementTree.parse(file.with_suffix(".config.xml")).getroot()
    assert [choice.get("value") for choice in config.iter("Choice")] == ['<a> & "b"', "for"]
    assert config.find("Choices").get("name") == "stance"


def test_spreadsheets_run_nothing(tmp_path):
    path = write_annotations(HAND_OUT, tmp_path / "a.xlsx")
    sheet = load_workbook(path).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["B3"].value == "=HYPERLINK(1)"
    assert sheet["B3"].data_type == "s"
    table = write_annotations(HAND_OUT, tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in table


def test_what_cannot_be_written_is_said(tmp_path):
    file = tmp_path / "a.csv"
    with pytest.raises(ArgumentError, match="format is None"):
        write_annotations(HAND_OUT, tmp_path / "a.json")
    with pytest.raises(InputError, match="no column 'body'"):
        write_annotations(HAND_OUT, file, text="body")
    with pytest.raises(InputError, match="no post has a text"):
        write_annotations(HAND_OUT.assign(text=None), file)
    with pytest.raises(ArgumentError, match="labels lack 'against'"):
        write_annotations(HAND_OUT, file, predictions="label", labels=["for"])
    long = HAND_OUT.assign(text="x" * 40_000)
    with pytest.raises(InputError, match="a cell holds"):
        write_annotations(long, tmp_path / "a.xlsx")
    write_annotations(HAND_OUT, file)
    with pytest.raises(ArgumentError, match="already there"):
        write_annotations(HAND_OUT, file)
    write_annotations(HAND_OUT, file, force=True)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]
