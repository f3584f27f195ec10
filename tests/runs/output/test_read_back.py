"""A table that a run wrote is read as it was before it became a file."""

import contextlib
import json
import os
import re
import sqlite3
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import FormatError, InputError
from stancekit.posts.table import COLUMNS
from tests.support.fakes import fake_model

ENDINGS = [".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".sqlite", ".db", ".xlsx", ""]
TEXTS = ["=1+1", "@ana no", " ", "'=x", "\n=1", 'a "b", c', "two\nlines", "NA", "null", "-1"]


def source(tmp_path, texts, **more):
    path = tmp_path / "posts.jsonl"
    rows = [
        {
            "id": str(2**62 + number),
            "text": text,
            "created_at": "2024-05-01T10:00:00Z" if number % 2 else None,
            "likes": number,
            "=own": text,
            **more,
        }
        for number, text in enumerate(texts)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def label(path, out, **options):
    options = {"model": fake_model(), "n_jobs": 1, "force": True, **options}
    stancekit.label_archive(path, out, **options)
    return stancekit.read_labels(out)


def test_every_format_gives_the_same_table(tmp_path):
    path = source(tmp_path, TEXTS)
    tables = [label(path, tmp_path / f"labels{ending}") for ending in ENDINGS]
    first = tables[0]
    texts = [text if isinstance(text, str) else None for text in first["text"]]
    assert texts == [None if text in ("NA", "null") else text for text in TEXTS]
    assert first["=own"].tolist() == TEXTS
    for column, dtype in COLUMNS.items():
        if column in first:
            assert str(first[column].dtype).replace("[pyarrow]", "") == dtype, column
    assert first["label"].cat.categories.tolist() == list(stancekit.LABELS)
    assert first["confidence"].dtype == "float64"
    assert first["created_at"].notna().tolist() == [bool(n % 2) for n in range(len(TEXTS))]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, first)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".sqlite"])
def test_lists_cues_and_numbers_come_back(tmp_path, ending):
    path = source(tmp_path, ["#a @bo you fool!", "#b"], hashtags=["a", 'q"'])
    model = fake_model(classes=("0", "1", "two"))
    table = label(path, tmp_path / f"labels{ending}", extract=True, explain=False, model=model)
    assert table["mentions"].tolist() == [["bo"], []]
    assert table["emoji"].tolist() == [[], []]
    assert table["label"].cat.categories.tolist() == ["0", "1", "two"]
    assert {str(kind) for kind in table.dtypes.iloc[-5:-2]} == {"float64"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_whom_a_reply_inherits_comes_back(tmp_path, ending):
    path = source(tmp_path, ["@ana @bo no", "no"], reply_to_author="ana", mentions=["ana", "Bo"])
    table = label(path, tmp_path / f"labels{ending}")
    assert table["inherited"].tolist() == [["Bo"], []]
    forum = source(tmp_path, ["no", "no"], reply_to_author="ana")
    assert label(forum, tmp_path / f"forum{ending}")["inherited"].isna().all()


@pytest.mark.parametrize("ending", ENDINGS)
def test_classes_that_are_numbers_stay_numbers(tmp_path, ending):
    path = source(tmp_path, ["a", "b", "c"])
    table = label(path, tmp_path / f"labels{ending}", model=fake_model(classes=(0, 1, -1)))
    assert table["label"].cat.categories.tolist() == [0, 1, -1]
    assert set(table["label"].tolist()) <= {0, 1, -1}


def test_raw_cells_stay_as_they_are(tmp_path):
    out = tmp_path / "labels.csv"
    label(source(tmp_path, ["'=x"]), out, raw=True)
    assert stancekit.read_labels(out, raw=True)["text"].tolist() == ["'=x"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_without_posts_is_read(tmp_path, ending):
    path = source(tmp_path, ["a"])
    table = label(path, tmp_path / f"labels{ending}", only="public")
    assert len(table) == 0
    assert table["label"].dtype == "category"


@pytest.mark.slow
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1))
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_from_a_csv(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("any")
    path = source(folder, texts)
    written = label(path, folder / "labels.parquet")
    pd.testing.assert_frame_equal(label(path, folder / "labels.csv"), written)


def test_what_is_no_table_of_labels_is_refused(tmp_path):
    with pytest.raises(InputError, match="is not there"):
        stancekit.read_labels(tmp_path / "no.csv")
    (tmp_path / "posts.csv").write_text("id,text\n1,a\n")
    (tmp_path / "posts.parquet").write_text("junk")
    (tmp_path / "posts.db").write_text("junk" * 1000)
    (tmp_path / "posts.xyz").touch()
    for name in ("posts.csv", "posts.parquet", "posts.db"):
        with pytest.raises(FormatError, match="no table of labels"):
            stancekit.read_labels(tmp_path / name)
    with pytest.raises(InputError, match=r"'.xyz' is no ending"):
        stancekit.read_labels(tmp_path / "posts.xyz")


def stored(tmp_path, ending):
    out = tmp_path / f"labels{ending}"
    label(source(tmp_path, ["hello there", "no", "yes", "well"]), out)
    return out


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".sqlite", ".xlsx"])
def test_no_device_or_pipe_is_waited_for(tmp_path, ending):
    pipe, device = tmp_path / f"pipe{ending}", tmp_path / f"zero{ending}"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for path in (pipe, device):
        with pytest.raises(InputError, match="no regular file"):
            stancekit.read_labels(path)
    folder = tmp_path / "parts"
    folder.mkdir()
    os.mkfifo(folder / "part-00000.parquet")
    with pytest.raises(InputError, match="no regular file"):
        stancekit.read_labels(folder)


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".jsonl", ".parquet", ".sqlite", ".xlsx"])
@pytest.mark.parametrize("size", [0, 1, 200 << 30])
def test_a_file_of_zeros_is_no_table_however_large(tmp_path, ending, size):
    path = tmp_path / f"labels{ending}"
    with path.open("wb") as file:
        file.truncate(size)
    if size or ending != ".jsonl":  # no line is a table without a post
        with pytest.raises(FormatError):
            stancekit.read_labels(path)


@pytest.mark.parametrize(
    "raw", [b"\xef\xbb\xbf", b'"', b"a" * 200_000 + b",label\n", b"label,label,confidence,reason\n"]
)
def test_a_header_that_is_none_is_told(tmp_path, raw):
    path = tmp_path / "labels.csv"
    path.write_bytes(raw)
    with pytest.raises(FormatError, match="column"):
        stancekit.read_labels(path)


@pytest.mark.parametrize("value", [1, True, ["a", 1], {"a": 1}, [[["a"]]], 2**64 - 1, "\x1b[2J"])
@pytest.mark.parametrize("column", ["id", "created_at", "inherited", "label", "confidence"])
def test_a_value_of_another_kind_is_read_or_told_with_its_column(tmp_path, column, value):
    path = stored(tmp_path, ".jsonl")
    first, second, *rest = [json.loads(line) for line in path.read_text().splitlines()]
    rows = [first, {**second, column: value}, *rest]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    try:
        assert len(stancekit.read_labels(path)) == 4
    except FormatError as error:
        said = str(error)
        assert repr(column) in said and "\x1b" not in said


def test_an_error_quotes_no_cell_without_end(tmp_path):
    path = stored(tmp_path, ".csv")
    path.write_text(path.read_text().replace("2024-05-01T10", "9" * 100_000))
    with pytest.raises(FormatError, match="'created_at'") as told:
        stancekit.read_labels(path)
    assert len(str(told.value)) < 1000


def test_lists_that_polars_made_large_are_lists(tmp_path):
    path = stored(tmp_path, ".parquet")
    table = pq.read_table(path)
    names = [["a", "b"]] * len(table)
    for kind in (pa.list_(pa.string()), pa.large_list(pa.large_string()), pa.list_(pa.string(), 2)):
        place = table.schema.get_field_index("mentions")
        if place >= 0:
            table = table.remove_column(place)
        pq.write_table(table.add_column(1, "mentions", pa.array(names, kind)), path)
        assert [list(cell) for cell in stancekit.read_labels(path)["mentions"]] == names


@pytest.mark.parametrize(
    "made",
    [
        "VIEW posts AS WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n+1 FROM r) SELECT n FROM r",
        "TABLE posts (label, confidence, reason, more AS (zeroblob(900000000)))",
        "VIRTUAL TABLE posts USING fts5(label, confidence, reason)",
        "TABLE other (label, confidence, reason)",
    ],
    ids=["endless", "computed", "virtual", "missing"],
)
def test_of_a_database_only_a_plain_table_is_read(tmp_path, made):
    path = tmp_path / "labels.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute(f"CREATE {made}")
        base.commit()
    with pytest.raises(FormatError, match=r"no table 'posts'|computed"):
        stancekit.read_labels(path)


def test_a_damaged_file_is_damaged_wherever_it_is(tmp_path):
    for ending in (".parquet", ".xlsx"):
        path = stored(tmp_path, ending)
        raw = path.read_bytes()
        for place in range(0, len(raw), max(1, len(raw) // 60)):
            path.write_bytes(raw[:place] + bytes([raw[place] ^ 0x55]) + raw[place + 1 :])
            with contextlib.suppress(FormatError):
                stancekit.read_labels(path)


def test_a_workbook_saved_anew_may_end_its_rows_early(tmp_path):
    path = stored(tmp_path, ".xlsx")
    book = openpyxl.load_workbook(path)
    book["posts"]["A20"].value = None  # blank rows below
    book.save(path)
    assert len(stancekit.read_labels(path)) == 4
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<dimension[^>]*>", b"", parts[sheet])
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    assert len(stancekit.read_labels(path)) == 4
    parts[sheet] = parts[sheet].replace(b'r="3"', b'r="999999999"')
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    with pytest.raises(FormatError, match="row past"):
        stancekit.read_labels(path)


def test_a_label_of_no_class_is_said_and_not_dropped(tmp_path):
    path = stored(tmp_path, ".jsonl")
    first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([json.dumps({**json.loads(first), "label": "Critical "}), *rest]))
    with pytest.raises(FormatError, match="'Critical '"):
        stancekit.read_labels(path)
