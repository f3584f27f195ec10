import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import InputError
from stancekit.runs import label_archive, label_frame
from tests.support import invented
from tests.support.fakes import CLASSES, fake_model
from tests.support.storm import posts

ADDED = ["label", "confidence", *CLASSES, "reason", "model"]


def test_it_adds_what_label_archive_adds(source, model, tmp_path):
    label_archive(source, tmp_path / "out.parquet", model=model, explain=True)
    archive = pd.read_parquet(tmp_path / "out.parquet")
    frame = pd.concat(stancekit.read_posts(source))
    labelled = label_frame(frame, model=model, explain=True)
    added = ["label", "confidence", *CLASSES, "reason", "evidence", "model"]
    assert labelled.columns.tolist() == [*frame.columns, *added]
    for name in added:
        assert labelled[name].astype(object).where(labelled[name].notna(), None).tolist() == (
            archive[name].astype(object).where(archive[name].notna(), None).tolist()
        ), name
    pd.testing.assert_frame_equal(labelled[frame.columns], frame)


def test_index_and_columns_are_the_callers_and_nothing_is_changed(model):
    frame = pd.DataFrame({"x": [1, 2, 3], "body": ["a", "b", "a"]}, index=[7, 3, 7])
    before = frame.copy()
    labelled = label_frame(frame, text="body", model=model)
    assert labelled.columns.tolist() == ["x", "body", *ADDED]
    assert labelled.index.tolist() == [7, 3, 7]
    pd.testing.assert_frame_equal(frame, before)
    assert labelled["label"].dtype == pd.CategoricalDtype(list(CLASSES))


def test_the_column_of_texts_is_found_or_asked_for(model):
    frame = pd.DataFrame({"Body": ["a"], "likes": [3]})
    assert label_frame(frame, model=model)["label"].notna().all()
    with pytest.raises(InputError, match="say which one"):
        label_frame(pd.DataFrame({"words": ["a"]}), model=model)
    with pytest.raises(InputError, match="no column 'txt'"):
        label_frame(frame, text="txt", model=model)
    with pytest.raises(InputError, match="posts is list"):
        label_frame(["a"], model=model)


def test_posts_without_a_label_say_why(model):
    frame = pd.DataFrame({"text": ["a", "", None, 3, float("nan")]}, dtype=object)
    frame["kind"] = ["repost", *[None] * 4]
    labelled = label_frame(frame, model=stancekit.load("fast"), label_reposts=False)
    assert labelled["label"].isna().all()
    assert labelled["reason"].tolist() == ["repost", "empty", "missing", "not text", "missing"]


def test_columns_named_like_labels_are_kept_under_another_name(model):
    frame = pd.DataFrame({"text": ["a"], "label": ["mine"], "source_label": ["x"]})
    labelled = label_frame(frame, model=model)
    assert labelled.columns.tolist() == ["text", "source_source_label", "source_label", *ADDED]
    assert labelled["source_source_label"].tolist() == ["mine"]


def test_a_table_without_posts_is_taken(model):
    assert label_frame(pd.DataFrame({"text": []}), model=model).columns.tolist() == ["text", *ADDED]


def test_half_an_emoji_is_taken(model):
    cut = pd.DataFrame({"text": ["\ud83d"]}, dtype=object)
    assert label_frame(cut, model=model)["label"].notna().all()


@pytest.mark.parametrize("jobs", [1, 2])
def test_identical_texts_are_labelled_once_and_get_one_label(tmp_path, source, jobs):
    asked = []

    frame = pd.DataFrame({"text": ["a", "b", "a", None, "a", None]})
    labelled = label_frame(frame, model=fake_model(asked.extend), n_jobs=jobs)
    assert sorted(asked) == ["a", "b"]
    probabilities = labelled[list(CLASSES)].to_numpy()
    assert np.array_equal(probabilities[0], probabilities[2])
    assert labelled["label"].isna().tolist() == [False, False, False, True, False, True]


def test_a_run_asks_the_model_each_text_of_a_chunk_once(model, tmp_path):
    from tests.support.storm import write_jsonl

    asked = []

    rows = [{**row, "text": row["text"].split()[0]} for row in posts(40)]
    source = write_jsonl(tmp_path / "s.jsonl", rows)
    label_archive(
        source, tmp_path / "one.parquet", model=fake_model(asked.append), chunk_size=20, n_jobs=1
    )
    assert [len(texts) for texts in asked] == [4, 4]
    table = pd.read_parquet(tmp_path / "one.parquet")
    alone = model.classify([row["text"] for row in rows])
    assert table["label"].tolist() == alone["label"].tolist()
    assert np.allclose(table["confidence"], alone["confidence"], atol=1e-6)


@pytest.mark.slow
def test_only_importing_stancekit_pandas_adds_the_accessor():
    code = (
        "import pandas as pd, stancekit; stancekit.classify('bravo'); stancekit.label_frame\n"
        "assert not hasattr(pd.DataFrame, 'stance') and not hasattr(pd.Series, 'stance')\n"
        "import stancekit.pandas\n"
        "posts = pd.DataFrame({'body': ['Thank you, that was brave', None]}, index=[5, 6])\n"
        "labels = posts.stance.classify('body')\n"
        "pd.testing.assert_frame_equal(labels, stancekit.classify(posts, text='body'))\n"
        "pd.testing.assert_frame_equal(labels, posts['body'].stance.classify())\n"
        "labelled = posts.stance.label('body', model='fast', explain=True)\n"
        "pd.testing.assert_frame_equal(\n"
        "    labelled, stancekit.label_frame(posts, text='body', model='fast', explain=True))\n"
        "print(labelled.columns[0], labelled.label.iloc[0])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["body", "supportive"], done.stderr


@pytest.fixture(scope="module")
def numbered():
    """Posts labelled with numbers, and a model of them."""
    posts = invented.posts(40, (0, 1))
    return posts, stancekit.train(posts, blocks=invented.few_blocks(), n_jobs=1)


def test_labels_that_are_numbers_stay_numbers(numbered):
    posts, model = numbered
    frame = pd.DataFrame({"body": posts["text"], 0: posts["label"]})
    labelled = label_frame(frame, text="body", model=model)
    added = ["label", "confidence", 0, 1, "reason", "model"]
    assert labelled.columns.tolist() == ["body", "source_0", *added]
    assert labelled["label"].cat.categories.tolist() == [0, 1]
    assert labelled["label"].cat.categories.dtype == "int64"
    assert (labelled["label"].astype(int) == labelled["source_0"]).mean() > 0.7


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "sqlite"])
def test_labels_that_are_numbers_are_numbers_in_files(numbered, ending, tmp_path):
    posts, model = numbered
    source, out = tmp_path / "posts.csv", tmp_path / f"labels.{ending}"
    pd.concat([posts[["text"]], pd.DataFrame({"text": [" "]})]).to_csv(source, index=False)
    summary = label_archive(source, out, model=model, min_confidence={1: 0.0})
    assert set(summary.counts) == {"0", "1"}
    if ending == "sqlite":
        with closing(sqlite3.connect(out)) as base:
            labels = [row[0] for row in base.execute("SELECT label FROM posts")]
    elif ending == "jsonl":
        labels = [json.loads(line)["label"] for line in out.read_text().splitlines()]
    else:
        found = {"csv": pd.read_csv, "parquet": pd.read_parquet}[ending](out)
        assert {"0", "1"} <= set(found)
        labels = [None if name != name else int(name) for name in found["label"].astype(object)]
    assert labels == [*model.classify(posts, text="text")["label"], None]
    assert all(type(name) is int for name in labels[:-1])
