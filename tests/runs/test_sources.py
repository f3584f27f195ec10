"""Several sources in one call: each by its own reader, under its own name, no post twice."""

import json
from pathlib import Path

import pandas as pd
import pytest

from stancekit.errors import ArgumentError, FormatError, InputError
from stancekit.posts import read_records
from stancekit.posts.files.opening import open_source
from stancekit.runs import label_archive, read_labels
from stancekit.runs.sources import found_places, open_named
from tests.posts.test_every_row import SAMPLES
from tests.support.fakes import StopError, fake_model, stopping
from tests.support.storm import posts, write_jsonl

CSV = "Post ID,Body,likes\n{}"


def table(path: Path, *rows: str) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(CSV.format("".join(f"{row}\n" for row in rows)), encoding="utf-8")
    return path


@pytest.fixture
def storm(tmp_path):
    """Two tables with a post in common, one more in a folder of its own, and JSON lines."""
    table(tmp_path / "in" / "a.csv", "1,save the tram,3", "2,no tram,4")
    table(tmp_path / "in" / "b.csv", "2,no tram,9", "3,who asked,1")
    table(tmp_path / "in" / "late" / "a.csv", "1,another one,3")
    write_jsonl(tmp_path / "in" / "c.jsonl", [{"id": "9", "message": "well done", "likes": 2}])
    return tmp_path / "in"


def test_every_post_once_with_the_name_of_its_file(storm, tmp_path, model):
    out = tmp_path / "out.csv"
    places = [storm / "a.csv", storm / "b.csv", storm / "late" / "a.csv", storm / "c.jsonl"]
    summary = label_archive(places, out, model=model, chunk_size=2)
    labels = read_labels(out)
    assert labels.id.tolist() == ["1", "2", "3", "1", "9"]
    assert labels.text.tolist()[2:] == ["who asked", "another one", "well done"]
    assert labels.likes.tolist() == ["3", "4", "1", "3", "2"]
    refs = ["a.csv:2", "a.csv:3", "b.csv:3", "late/a.csv:2", "c.jsonl:1"]
    assert labels.source_ref.tolist() == refs
    assert set(labels.source_format) == {"csv", "jsonl"}
    assert (summary.posts, summary.repeated) == (5, 1)
    assert summary.files["b.csv"] == {"posts": 2, "again": 1, "rejects": 0}
    assert sum(one["posts"] for one in summary.files.values()) == 6
    said = " ".join(str(summary).split())
    assert "b.csv 2 posts, 1 of them in an earlier file too" in said
    assert "1 post stands in an earlier file too" in said


def test_a_pattern_is_what_it_finds_in_order(storm, tmp_path, model):
    out = tmp_path / "out.csv"
    summary = label_archive(str(storm / "**" / "*.csv"), out, model=model)
    assert list(summary.files) == ["a.csv", "b.csv", "late/a.csv"]
    odd = table(storm / "odd[1].csv", "8,called like a pattern,0")
    label_archive(odd, out, model=model, force=True)
    assert read_labels(out).id.tolist() == ["8"]
    with pytest.raises(InputError, match=r"\*\.parquet: no file is called so"):
        label_archive(str(storm / "*.parquet"), out, model=model)


def test_a_place_is_read_once_however_often_it_is_named(storm):
    again = [storm / "a.csv", str(storm / "late" / ".." / "a.csv"), str(storm / "a.*")]
    assert found_places(again) == (str(storm / "a.csv"),)


@pytest.mark.parametrize("wrong", [[], 7, [7], ["a.csv", None]])
def test_what_is_no_place_is_refused(wrong, tmp_path):
    with pytest.raises(ArgumentError, match="give"):
        label_archive(wrong, tmp_path / "out.csv")


def test_one_that_cannot_be_read_is_told_before_anything_is_labelled(storm, tmp_path):
    (storm / "minutes.pdf").write_bytes(b"%PDF-1.4 minutes")
    never = stopping(at="", error=AssertionError)
    with pytest.raises(FormatError, match=r"minutes\.pdf: .*PDF"):
        label_archive([storm / "a.csv", storm / "minutes.pdf"], tmp_path / "o.csv", model=never)
    (storm / "codes.csv").write_text("n,m\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"codes\.csv: no column is called text"):
        label_archive([storm / "a.csv", storm / "codes.csv"], tmp_path / "o.csv", model=never)
    with pytest.raises(InputError, match=r"gone\.csv: no such file"):
        label_archive([storm / "a.csv", storm / "gone.csv"], tmp_path / "o.csv", model=never)
    assert {path.name for path in tmp_path.iterdir()} == {"in"}


def test_a_destination_among_the_sources_is_refused(storm, tmp_path, model):
    with pytest.raises(InputError, match="is, or lies in, the source"):
        label_archive(str(storm / "*.csv"), storm / "b.csv", model=model, force=True)


def test_rows_add_up_with_rejects_and_filters(tmp_path, model):
    rows = posts(40)
    first = write_jsonl(tmp_path / "a.jsonl", [*rows[:30], "{broken"])
    second = write_jsonl(tmp_path / "b.jsonl", [*rows[20:], "{broken", "{again"])
    out = tmp_path / "out.csv"
    until = rows[9]["created_at"]
    summary = label_archive([first, second], out, model=model, until=until, chunk_size=7)
    assert summary.repeated == 10
    assert summary.posts + sum(summary.left_out.values()) == 40
    assert summary.rejects == sum(one["rejects"] for one in summary.files.values()) == 3
    rejects = Path(summary.rejects_file).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["file"] for line in rejects] == ["a.jsonl", "b.jsonl", "b.jsonl"]


def test_ids_that_only_count_rows_join_nothing(tmp_path, model):
    for name in ("a", "b"):
        table(tmp_path / f"{name}.csv", f"1,first of {name},0", f"2,second of {name},0")
    summary = label_archive([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "o", model=model)
    assert (summary.posts, summary.repeated) == (4, 0)


def test_a_stopped_run_of_several_goes_on_to_the_same_bytes(tmp_path):
    rows = posts(95)
    places = [
        write_jsonl(tmp_path / f"{n}.jsonl", rows[start : start + 40])
        for n, start in enumerate((0, 30, 60))
    ]
    out, whole = tmp_path / "out.csv", tmp_path / "whole.csv"
    with pytest.raises(StopError):
        label_archive(places, out, model=stopping(), chunk_size=10, n_jobs=1)
    gone_on = label_archive(places, out, model=fake_model(), chunk_size=10, n_jobs=1)
    label_archive(places, whole, model=fake_model(), chunk_size=10, n_jobs=1)
    assert gone_on.resumed == 50
    assert gone_on.repeated == 20
    assert out.read_bytes() == whole.read_bytes()
    assert len(read_labels(out)) == 95


def test_of_many_files_the_summary_tells_the_first(tmp_path, model):
    for n in range(30):
        table(tmp_path / f"{n:02}.csv", f"{n},post {n},0")
    summary = label_archive(str(tmp_path / "*.csv"), tmp_path / "o", model=model)
    said = str(summary)
    assert "07.csv" in said and "08.csv" not in said
    assert "22 more" in said
    assert len(said.splitlines()) < 35


def test_columns_of_a_later_file_can_be_chosen(storm, tmp_path, model):
    (storm / "d.csv").write_text("id,text,shares\n5,late one,8\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    label_archive([storm / "a.csv", storm / "d.csv"], out, model=model, select=["id", "shares"])
    assert pd.read_csv(out).shares.fillna(0).tolist() == [0, 0, 8]


@pytest.mark.parametrize("name", SAMPLES)
def test_exports_are_read_alike_under_another_name(name, tmp_path):
    """A reader finds its files whatever they are called among several sources."""
    place = tmp_path / "export"
    SAMPLES[name](place)
    with open_source(place) as source:
        plain = [item for item in read_records(source) if isinstance(item, dict)]
    source, told = open_named(str(place), "may/export")
    named = [item for item in read_records(source, told) if isinstance(item, dict)]
    assert len(named) == len(plain) > 0
    for one, other in zip(plain, named, strict=True):
        ref = other.pop("source_ref")
        assert ref.startswith("may/") and ref.endswith(one.pop("source_ref"))
        assert one == other
