import io

import pandas as pd
import pytest

from stancekit.runs import label_archive
from tests.support.fakes import fake_model, stopping
from tests.support.storm import posts, write_jsonl


@pytest.fixture
def source(tmp_path):
    return write_jsonl(tmp_path / "storm.jsonl", posts(95))


def test_the_summary_goes_to_standard_error_and_data_to_the_file(command, source, tmp_path):
    out = tmp_path / "out.csv"
    done = command("label", source, "-o", out, "--select", "id, text")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("95 of 95 posts labelled in ")
    assert pd.read_csv(out).columns[:3].tolist() == ["id", "text", "label"]


def test_explain_adds_a_column(command, source, tmp_path):
    out = tmp_path / "out.jsonl"
    assert command("label", source, "-o", out, "--explain").exit_code == 0
    table = pd.read_json(out, lines=True)
    expected = fake_model().classify(table.text, explain=True).evidence
    assert table.evidence.tolist() == expected.tolist()


def test_reader_options_are_names_and_values(command, tmp_path):
    source = tmp_path / "s.csv"
    source.write_text("words,text\nhello there,x\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    assert command("label", source, "-o", out, "-O", "text=words", "-f", "csv").exit_code == 0
    assert pd.read_csv(out).text.tolist() == ["hello there"]


def test_stopping_on_error_is_a_failure_with_the_place(command, tmp_path):
    source = write_jsonl(tmp_path / "s.jsonl", [*posts(3), "{broken"])
    done = command("label", source, "-o", tmp_path / "out.csv", "--on-error", "stop")
    assert done.exit_code == 1
    assert "s.jsonl:4" in done.stderr


def test_ctrl_c_is_130_and_the_same_command_goes_on(command, tmp_path, monkeypatch):
    import sys

    source = write_jsonl(tmp_path / "long.jsonl", posts(12_000))
    arguments = ("label", source, "-o", tmp_path / "out.csv", "-j", "1")
    with monkeypatch.context() as patch:
        model = stopping("11999", name="default", error=KeyboardInterrupt)
        patch.setattr(sys.modules["stancekit.model"], "load", lambda name: model)
        stopped = command(*arguments)
    assert stopped.exit_code == 130
    assert "stancekit: stopped; what is done is kept in" in stopped.stderr
    assert "10,000 of them by an earlier run" in command(*arguments).stderr


def test_filters_and_pseudonyms_are_options(command, tmp_path):
    rows = [
        {**row, "lang": "en-GB" if n % 2 else "de", "visibility": "public", "author": "ana_vale"}
        for n, row in enumerate(posts(95))
    ]
    source, key = write_jsonl(tmp_path / "s.jsonl", rows), tmp_path / "study.key"
    out = tmp_path / "folder" / "parts"
    asked = ("--only", "public", "--lang", "en, fr", "--pseudonymise", key)
    asked += ("--since", "2024-05-01", "--until", "2024-05-01T10:29:00Z")
    done = command("label", source, "-o", f"{out}/", *asked)
    assert done.exit_code == 0, done.output
    table = pd.read_parquet(out)
    assert len(table) == 30
    assert table["author"].nunique() == 1
    assert table["author"][0] != "ana_vale"
    assert len(key.read_text(encoding="ascii")) == 65
    assert "Left out as asked:" in done.stderr


def test_select_takes_the_files_own_names(command, tmp_path):
    source = tmp_path / "s.csv"
    source.write_text("Post ID,Body,likes\n7,hello there,3\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    done = command("label", source, "-o", out, "--select", "Post ID,likes,Body")
    assert done.exit_code == 0, done.output
    assert pd.read_csv(out).columns[:4].tolist() == ["id", "likes", "text", "label"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--workers", "2"), "--scheduler and --workers need --engine dask"),
        (("--engine", "dask", "-j", "2"), "say --workers in place of --jobs"),
    ],
)
def test_options_of_the_other_engine_are_refused(command, source, tmp_path, arguments, message):
    done = command("label", source, "-o", tmp_path / "out", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_a_wrong_time_fails_with_what_to_write(command, source, tmp_path):
    done = command("label", source, "-o", tmp_path / "out.csv", "--since", "last week")
    assert done.exit_code == 2
    assert "--since is 'last week': give a date or time in UTC" in done.stderr
    assert command("label", source, "-o", tmp_path / "o.csv", "--only", "mine").exit_code == 2


def test_a_source_of_nothing_but_bad_rows_fails_and_leaves_a_table_with_names(command, tmp_path):
    source, out = tmp_path / "s.jsonl", tmp_path / "out.csv"
    source.write_text('{"text": 1\n{"text": 2\n', encoding="utf-8")
    done = command("label", source, "-o", out, "--format", "jsonl")
    assert done.exit_code == 1
    assert "No row of the source could be read as a post" in done.stderr
    table = pd.read_csv(out)
    assert len(table) == 0
    assert {"text", "label", "confidence"} <= set(table)


def written(path, items, end="]"):
    path.write_text("[" + ",\n".join(items) + end, encoding="utf-8")
    return path


def test_one_broken_item_is_said_first_and_is_no_failure(command, tmp_path):
    rows = [f'{{"id": "{n}", "text": "row {n}"}}' for n in range(40)]
    rows[7] = '{"id": "7", "text": "row "seven""}'
    out = tmp_path / "out.csv"
    done = command("label", written(tmp_path / "posts.json", rows), "-o", out)
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("NOT READ: 1 line, ")
    assert len(pd.read_csv(out)) == 39


def test_a_file_that_breaks_off_is_a_failure_whose_posts_are_kept(command, tmp_path):
    rows = [f'{{"id": "{n}", "text": "row {n}"}}' for n in range(40)]
    out = tmp_path / "out.csv"
    done = command(
        "label", written(tmp_path / "posts.json", rows, ',\n{"id": "40", "te'), "-o", out
    )
    assert done.exit_code == 1
    assert "1 file breaks off: what followed is not known" in " ".join(done.stderr.split())
    assert len(pd.read_csv(out)) == 40


def test_a_dash_is_standard_input_and_standard_output(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = command("label", "-", "-o", "-", stdin="id,text\n7,hello there\n8,and on\n")
    assert done.exit_code == 0, done.output
    table = pd.read_csv(io.StringIO(done.stdout))
    assert table.text.tolist() == ["hello there", "and on"]
    assert table.source_ref.tolist() == ["stdin:2", "stdin:3"]
    assert "2 of 2 posts labelled" in done.stderr
    assert not list(tmp_path.iterdir())


def test_rejects_of_a_run_to_standard_output_go_to_standard_error(command, tmp_path):
    source = write_jsonl(tmp_path / "s.jsonl", [*posts(3), "{broken"])
    done = command("label", source, "-o", "-")
    assert done.exit_code == 0, done.output
    assert len(pd.read_csv(io.StringIO(done.stdout))) == 3
    assert '"line":4' in done.stderr.replace(" ", "")


def test_errors_speak_the_language_of_the_command_line(command, tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("0,no tram and no peace\n4,well done all of you\n", encoding="utf-8")
    done = command("label", path, "-o", tmp_path / "labels.csv")
    assert done.exit_code == 1
    assert "-O header=no, -O text=2" in done.stderr and "text='2'" not in done.stderr
    done = command("label", path, "-o", tmp_path / "labels.csv", "-O", "header=no", "-O", "text=2")
    assert done.exit_code == 0


def test_texts_are_mended_unless_the_flag_says_no_and_the_notice_names_the_flag(command, tmp_path):
    path, out = tmp_path / "posts.csv", tmp_path / "labels.csv"
    path.write_text("id,text\n7,<p>no tram &amp; no peace</p>\n8,fine\n", encoding="utf-8")
    mended = command("label", path, "-o", out)
    assert pd.read_csv(out).text.tolist() == ["no tram & no peace", "fine"]
    assert "--keep-text leaves texts as they stand" in " ".join(mended.stderr.split())
    kept = command("label", path, "-o", out, "--keep-text", "--force")
    assert pd.read_csv(out).text.tolist() == ["<p>no tram &amp; no peace</p>", "fine"]
    assert "--keep-text" not in kept.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-j", "0"), "stancekit: --jobs is 0: give 1 or more, or nothing for one per CPU core"),
        (("-o", "out.tsv", "--excel"), "stancekit: --excel is for .csv, and the output ends in"),
        (("-o", "out.csv", "--select", "nope"), "stancekit: --select: no column 'nope' in"),
        (("-o", "out.csv", "-O", "day_first=so"), "day_first is 'so': give yes or no"),
    ],
)
def test_what_is_refused_is_named_as_it_was_typed(
    command, source, tmp_path, monkeypatch, arguments, said
):
    monkeypatch.chdir(tmp_path)
    assert said in command("label", source, "-o", "out.csv", *arguments).stderr


def test_python_hears_of_its_own_arguments(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,text,date\n7,a &amp; b,10/1/2017\n", encoding="utf-8")
    said = str(label_archive(path, tmp_path / "out.csv", model=fake_model()))
    assert "keep_text=True" in said and "day_first=True" in said
    assert "--" not in said and "yes" not in said


def test_columns_that_were_found_are_told_and_are_no_options(command, tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,body,lang\n1,no tram,en\n", encoding="utf-8")
    done = command("label", path, "-o", tmp_path / "labels.csv")
    said = " ".join(done.stderr.split())
    assert "columns taken as text='body', id='id', lang='lang'" in said
