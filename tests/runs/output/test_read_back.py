"""A table that a run wrote is read as it was before it became a file."""

import json

import pandas as pd
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
