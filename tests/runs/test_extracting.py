"""A run sets down what is in posts, beside their labels."""

import json

import pandas as pd
import pytest

import stancekit
from stancekit.runs import label_archive

ROWS = [
    {
        "id": "1",
        "text": "Thanks @ana #NoTram 👏🏽 $TRAM https://town.example.org/plan",
        "emoji": "own",
    },
    {"id": "2", "text": "shame on you #NoTram", "hashtags": ["told"], "mentions": []},
    {"id": "3", "text": " "},
]


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS))
    return path


def lists(column):
    return [list(cell) for cell in column]


def test_what_is_in_the_posts_stands_beside_the_labels(source, model, tmp_path):
    label_archive(source, tmp_path / "out.parquet", model=model, extract=True)
    found = pd.read_parquet(tmp_path / "out.parquet")
    wanted = stancekit.extract([row["text"] for row in ROWS])
    assert lists(found["emoji"]) == wanted["emoji"].tolist() == [["👏🏽"], [], []]
    assert lists(found["cashtags"]) == wanted["cashtags"].tolist()
    assert lists(found["urls"]) == wanted["links"].tolist()
    cues = [name for name in wanted if name.startswith("cue_")]
    assert (found[cues] - wanted[cues]).abs().max(axis=None) < 1e-6
    assert found["source_emoji"].tolist()[0] == "own"
    labels = found.columns.get_loc("label")
    assert found.columns.get_loc(cues[-1]) < labels


def test_what_the_source_tells_is_kept(source, model, tmp_path):
    label_archive(source, tmp_path / "out.parquet", model=model, extract=True)
    assert lists(pd.read_parquet(tmp_path / "out.parquet")["hashtags"])[1] == ["told"]


def test_a_table_without_lists_gets_them(tmp_path, model):
    source = tmp_path / "posts.csv"
    pd.DataFrame(ROWS)[["id", "text"]].to_csv(source, index=False)
    label_archive(source, tmp_path / "out.parquet", model=model, extract=True)
    found = pd.read_parquet(tmp_path / "out.parquet")
    assert lists(found["hashtags"]) == [["NoTram"], ["NoTram"], []]
    assert lists(found["mentions"]) == [["ana"], [], []]


def test_the_same_run_without_is_another_run(source, model, tmp_path):
    label_archive(source, tmp_path / "a.csv", model=model, extract=True)
    label_archive(source, tmp_path / "b.csv", model=model)
    a, b = (pd.read_csv(tmp_path / name) for name in ("a.csv", "b.csv"))
    assert "emoji" in a
    assert "cue_support" in a
    assert "cue_support" not in b
    assert json.loads(a["emoji"][0]) == ["👏🏽"]
    assert a["label"].tolist() == b["label"].tolist()


def test_pseudonyms_hide_mentions_that_were_found(source, model, tmp_path):
    options = {"pseudonymise": tmp_path / "key", "extract": True}
    label_archive(source, tmp_path / "out.jsonl", model=model, **options)
    text = (tmp_path / "out.jsonl").read_text()
    assert "ana" not in text
    assert len(json.loads(text.splitlines()[0])["mentions"]) == 1


def test_selected_columns_come_with_what_was_found(source, model, tmp_path):
    label_archive(
        source, tmp_path / "out.jsonl", model=model, extract=True, select=["id", "hashtags"]
    )
    first = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[0])
    assert list(first)[:4] == ["id", "hashtags", "emoji", "cashtags"]
    assert first["hashtags"] == ["NoTram"]
