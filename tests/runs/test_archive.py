import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

import stancekit
from stancekit.errors import FormatError, InputError, RunError
from stancekit.runs import label_archive, restore_cells
from tests.support.fakes import CLASSES, fake_model, stopping
from tests.support.storm import posts, write_jsonl

NEVER = stopping(at="", error=AssertionError)  # must not be asked


def read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"id": str})


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    # Not splitlines: a text may hold U+2028, which is no line end in JSON lines.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_every_post_gets_its_label_in_the_order_of_the_source(source, model, tmp_path):
    label_archive(source, tmp_path / "out.csv", model=model, chunk_size=10)
    table = restore_cells(read_csv(tmp_path / "out.csv"))
    given = pd.DataFrame(posts(95))
    assert table.id.tolist() == given.id.tolist()
    assert table.text.tolist() == given.text.tolist()
    assert table.label.tolist() == model.classify(given.text).label.tolist()
    assert table[list(CLASSES)].sum(axis=1).round(4).eq(1).all()
    assert set(table.model) == {f"fake@{model.digest[:12]}"}


def test_label_columns_come_last_and_the_users_own_columns_are_carried_through(
    source, model, tmp_path
):
    label_archive(source, tmp_path / "out.csv", model=model, chunk_size=10)
    names = read_csv(tmp_path / "out.csv").columns.tolist()
    assert names[names.index("likes") + 1 :] == [
        *("label", "confidence", *CLASSES, "reason", "model")
    ]


def test_a_column_that_first_appears_late_is_in_every_row(source, model, tmp_path):
    label_archive(source, tmp_path / "out.csv", model=model, chunk_size=10)
    likes = read_csv(tmp_path / "out.csv").likes
    assert likes[:50].isna().all()
    assert likes[50:].tolist() == list(range(50, 95))


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet"])
@pytest.mark.parametrize("jobs", [None, 2])
def test_output_does_not_hang_on_the_number_of_processes(source, model, tmp_path, ending, jobs):
    one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
    label_archive(source, one, model=model, chunk_size=10, n_jobs=1)
    label_archive(source, other, model=model, chunk_size=10, n_jobs=jobs)
    assert one.read_bytes() == other.read_bytes()


def test_all_formats_hold_the_same_table(source, model, tmp_path):
    for ending in ("csv", "tsv", "jsonl", "parquet"):
        label_archive(source, tmp_path / f"out.{ending}", model=model, chunk_size=30, raw=True)
    csv = read_csv(tmp_path / "out.csv")
    tsv = pd.read_csv(tmp_path / "out.tsv", dtype={"id": str}, sep="\t")
    pd.testing.assert_frame_equal(csv, tsv)
    jsonl = read_jsonl(tmp_path / "out.jsonl")
    parquet = pq.read_table(tmp_path / "out.parquet").to_pylist()
    for number, (one, two) in enumerate(zip(jsonl, parquet, strict=True)):
        assert one["created_at"] == two["created_at"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        rest = {name: value for name, value in two.items() if name != "created_at"}
        assert {name: one[name] for name in rest} == rest
        assert json.loads(csv.hashtags[number]) == one["hashtags"]


def test_evidence_stands_before_the_model_if_asked_for(source, model, tmp_path):
    plain, explained = tmp_path / "plain.parquet", tmp_path / "explained.parquet"
    label_archive(source, plain, model=model)
    label_archive(source, explained, model=model, explain=True)
    table = pd.read_parquet(explained)
    assert list(table.columns[-3:]) == ["reason", "evidence", "model"]
    assert table["evidence"].isna().equals(table["label"].isna())
    pd.testing.assert_frame_equal(table.drop(columns="evidence"), pd.read_parquet(plain))


def test_parquet_says_which_model_labelled_what(source, model, tmp_path):
    label_archive(source, tmp_path / "out.parquet", model=model)
    notes = pq.read_schema(tmp_path / "out.parquet").metadata
    assert notes[b"stancekit.model_digest"] == model.digest.encode()
    assert notes[b"stancekit.version"] == stancekit.__version__.encode()
    assert pd.read_parquet(tmp_path / "out.parquet").label.cat.categories.tolist() == list(CLASSES)


def test_select_narrows_and_orders_the_post_columns(source, model, tmp_path):
    out = tmp_path / "out.csv"
    label_archive(source, out, model=model, select=["text", "id", "label"], chunk_size=10)
    assert read_csv(out).columns[:4].tolist() == ["text", "id", "label", "confidence"]


def test_a_wrong_select_is_told_before_any_work(source, tmp_path):
    with pytest.raises(InputError, match=r"no column 'txt' in the first.*there are id, text"):
        label_archive(source, tmp_path / "out.csv", model=NEVER, select=["id", "txt"])
    assert [path.name for path in tmp_path.iterdir()] == ["storm.jsonl"]


@pytest.mark.parametrize("select", ["text", 3, [3]])
def test_a_select_that_is_no_list_of_names_is_refused(source, tmp_path, select):
    with pytest.raises(InputError, match="give a list of names"):
        label_archive(source, tmp_path / "out.csv", model=NEVER, select=select)


def test_select_takes_own_columns_and_keeps_empty_what_no_post_has(source, model, tmp_path):
    out, names = tmp_path / "out.parquet", ["likes", "mentions", "author", "id"]
    label_archive(source, out, model=model, select=iter(names), chunk_size=10)
    table = pq.read_table(out)
    assert table.schema.names[:5] == [*names, "label"]
    assert table.column("author").null_count == table.column("mentions").null_count == 95
    assert table.column("likes").null_count == 50


def test_a_column_named_like_a_label_column_is_kept_under_another_name(model, tmp_path):
    rows = [{"text": "a", "label": "mine", "critical": 1, "source_label": "x"}]
    source = write_jsonl(tmp_path / "s.jsonl", rows)
    label_archive(source, tmp_path / "out.csv", model=model)
    table = read_csv(tmp_path / "out.csv").iloc[0]
    assert table.source_source_label == "mine"
    assert table.source_label == "x"
    assert table.source_critical == 1


def test_bad_rows_are_set_aside_with_place_and_reason(model, tmp_path):
    source = write_jsonl(tmp_path / "s.jsonl", [*posts(3), "{broken", *posts(2), "[1]"])
    summary = label_archive(source, tmp_path / "out.csv", model=model)
    assert (summary.posts, summary.rejects) == (5, 2)
    assert summary.rejects_file == str(tmp_path / "out.csv.rejects.jsonl")
    first, last = read_jsonl(Path(summary.rejects_file))
    assert (first["file"], first["line"], first["raw"]) == ("s.jsonl", 4, "{broken\n".strip())
    assert first["reason"]
    assert last["line"] == 7


def test_stop_on_error_tells_the_place_of_the_first_bad_row(model, tmp_path):
    source = write_jsonl(tmp_path / "s.jsonl", [*posts(30), "{broken", *posts(2)])
    with pytest.raises(FormatError, match=r"s\.jsonl:31: .*skip"):
        label_archive(source, tmp_path / "out.csv", model=model, on_error="stop", chunk_size=10)
    assert not (tmp_path / "out.csv").exists()
    assert label_archive(source, tmp_path / "out.csv", model=model, chunk_size=10).resumed == 30


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_source_damaged_in_the_middle_is_never_cut_short_in_silence(model, tmp_path, jobs):
    import gzip

    plain = write_jsonl(tmp_path / "s.jsonl", posts(20_000)).read_bytes()
    source = tmp_path / "s.jsonl.gz"
    source.write_bytes(gzip.compress(plain)[:-2000])
    with pytest.raises(FormatError, match="damaged"):
        label_archive(source, tmp_path / "out.csv", model=model, chunk_size=500, n_jobs=jobs)
    assert not (tmp_path / "out.csv").exists()


def test_a_post_without_a_label_says_why(model, tmp_path):
    source = write_jsonl(tmp_path / "s.jsonl", [{"text": "hello"}, {"text": ""}, {"text": "😀"}])
    summary = label_archive(source, tmp_path / "out.csv", model=model, min_confidence=1.0)
    table = read_csv(tmp_path / "out.csv")
    assert table.label.isna().all()
    assert table.reason.tolist() == ["below min_confidence", "missing", "below min_confidence"]
    assert summary.skipped == {"below min_confidence": 2, "missing": 1}
    assert summary.labelled == 0


def test_reposts_are_labelled_unless_told_otherwise(source, model, tmp_path):
    summary = label_archive(source, tmp_path / "all.csv", model=model)
    assert (summary.reposts, summary.labelled) == (19, 95)
    summary = label_archive(source, tmp_path / "own.csv", model=model, label_reposts=False)
    assert (summary.reposts, summary.labelled) == (19, 76)
    assert summary.skipped == {"repost": 19}
    table = read_csv(tmp_path / "own.csv")
    assert table.label.isna().equals(table.kind.eq("repost"))


def test_the_readers_options_are_passed_on(model, tmp_path):
    source = tmp_path / "comments.csv"
    source.write_text("nr,words,text\n1,hello there,x\n2,goodbye,y\n", encoding="utf-8")
    label_archive(source, tmp_path / "out.csv", model=model, text="words")
    assert read_csv(tmp_path / "out.csv").text.tolist() == ["hello there", "goodbye"]


def test_a_source_without_posts_gives_an_empty_table_and_says_so(model, tmp_path):
    source = tmp_path / "s.csv"
    source.write_text("id,text\n", encoding="utf-8")
    summary = label_archive(source, tmp_path / "out.csv", model=model)
    assert summary.posts == 0
    assert "no posts" in str(summary)
    assert (tmp_path / "out.csv").exists()


def test_one_author_is_told_that_pile_ons_cannot_be_seen(model, tmp_path):
    source = write_jsonl(tmp_path / "s.jsonl", [{"text": str(n), "author": "me"} for n in range(9)])
    summary = label_archive(source, tmp_path / "out.csv", model=model, chunk_size=2)
    assert "All posts are by one account" in str(summary)


@pytest.mark.slow
def test_nothing_is_left_beside_the_output_and_the_source_is_untouched(source, model, tmp_path):
    before = source.read_bytes(), source.stat().st_mtime_ns
    label_archive(source, tmp_path / "out.csv", model=model, chunk_size=10, n_jobs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "storm.jsonl"]
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before


def test_a_finished_output_is_replaced_only_by_force(source, model, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(RunError, match=r"already there.*force=True"):
        label_archive(source, out, model=model)
    assert out.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "out.csv.stancekit-run").exists()
    label_archive(source, out, model=model, force=True)
    assert len(read_csv(out)) == 95


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("out.docx", "End the name in one of .csv"),
        ("folder", "holds other things than Parquet parts"),
        ("folder.csv/x/a.csv", "x is a file, not a folder"),
        ("storm.jsonl", "is, or lies in, the source"),
        ("folder.csv", "is a folder"),
    ],
)
def test_a_destination_that_cannot_be_is_refused_at_once(source, model, tmp_path, name, why):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "folder.csv" / "x").touch()
    (tmp_path / "folder" / "mine").mkdir(parents=True)
    with pytest.raises(InputError, match=why):
        label_archive(source, tmp_path / name, model=model, force=True)


def test_a_destination_where_one_may_not_write_is_refused_at_once(
    source, model, tmp_path, monkeypatch
):
    monkeypatch.setattr("stancekit.runs.files.os.access", lambda *_: False)
    with pytest.raises(InputError, match="you may not write in"):
        label_archive(source, tmp_path / "out.csv", model=model)


def test_the_folder_of_the_destination_is_made(source, model, tmp_path):
    out = tmp_path / "new" / "newer" / "out.csv"
    label_archive(source, out, model=model)
    assert [path.name for path in out.parent.iterdir()] == ["out.csv"]


def test_a_destination_inside_the_source_folder_is_refused(source, model, tmp_path):
    with pytest.raises(InputError, match="outside"):
        label_archive(tmp_path, tmp_path / "out.csv", model=model)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"chunk_size": 0}, "chunk_size is 0"),
        ({"on_error": "ignore"}, "on_error is 'ignore'"),
        ({"min_confidence": 60}, "min_confidence is 60"),
        ({"n_jobs": 0}, "n_jobs is 0"),
        ({"n_jobs": "x"}, "n_jobs is 'x'"),
        ({"chunk_size": "x"}, "chunk_size is 'x'"),
        ({"chunk_size": 2.5}, "chunk_size is 2.5"),
        ({"min_confidence": "x"}, "min_confidence is 'x'"),
        ({"min_confidence": float("nan")}, "min_confidence is nan"),
        ({"model": None}, "model is None: give a StanceModel"),
        ({"model": 3}, "model is 3: give a StanceModel"),
        ({"format": "papyrus"}, "no format is called 'papyrus'"),
        ({"txt": "body"}, "no option 'txt'"),
    ],
)
def test_wrong_arguments_are_named_and_leave_nothing_behind(
    source, model, tmp_path, arguments, why
):
    with pytest.raises(InputError, match=why):
        label_archive(source, tmp_path / "out.csv", **{"model": model, **arguments})
    assert [path.name for path in tmp_path.iterdir()] == ["storm.jsonl"]


def test_an_absent_source_is_named(model, tmp_path):
    with pytest.raises(InputError, match=r"gone\.zip: no such file"):
        label_archive(tmp_path / "gone.zip", tmp_path / "out.csv", model=model)


def test_a_source_among_the_parts_of_the_destination_is_safe(source, model, tmp_path):
    label_archive(source, tmp_path / "out", model=model)
    part = tmp_path / "out" / "part-00000.parquet"
    before = part.read_bytes()
    with pytest.raises(InputError, match=r"the source .* lies in it"):
        label_archive(part, tmp_path / "out", model=model, force=True)
    assert part.read_bytes() == before


def test_class_names_that_hide_columns_are_refused(source, tmp_path):
    model = fake_model(classes=("text", "other"))
    with pytest.raises(RunError, match="classes text have names of output columns"):
        label_archive(source, tmp_path / "out.csv", model=model)


def test_each_label_has_its_own_least_confidence(source, tmp_path):
    model = Path(__file__).parents[1] / "model" / "saved" / "format-1" / "model"
    plain, asked = tmp_path / "plain.csv", tmp_path / "asked.csv"
    label_archive(source, plain, model=model)
    never = {read_csv(plain).label.mode()[0]: float("nan")}
    label_archive(source, asked, model=model, min_confidence=never)
    before, after = read_csv(plain), read_csv(asked)
    given = before.label.isin(list(never))
    assert 0 < given.sum() < len(before)
    assert (after.reason[given] == "below min_confidence").all()
    assert after.label[~given].equals(before.label[~given])
    with pytest.raises(InputError, match="min_confidence names 'bus'"):
        label_archive(source, tmp_path / "no.csv", model=model, min_confidence={"bus": 0.5})


def test_the_summary_tells_of_posts_that_an_english_model_does_not_know(tmp_path):
    texts = ["Das ist nicht, was wir wollten", "This is not what we wanted"]
    texts = [f"{text}, {number}" for number in range(10) for text in texts]
    source = tmp_path / "posts.csv"
    pd.DataFrame({"text": texts}).to_csv(source, index=False)
    known = stancekit.load("fast")
    model = replace(known, about={**known.about, "languages": ["en"]})
    summary = label_archive(source, tmp_path / "out.csv", model=model, chunk_size=6)
    told = [notice for notice in summary.notices if "look English" in notice]
    assert len(told) == 1
    assert told[0].startswith("50% of the posts do not look English (10 of 20 looked at)")
    silent = replace(known, about={})
    summary = label_archive(source, tmp_path / "silent.csv", model=silent, chunk_size=6)
    assert not any("look English" in notice for notice in summary.notices)
