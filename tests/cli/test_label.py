import pandas as pd
import pytest
from runs.conftest import posts, write_jsonl
from runs.test_resume import Stopping


@pytest.fixture
def source(tmp_path):
    return write_jsonl(tmp_path / "storm.jsonl", posts(95))


def test_the_summary_goes_to_standard_error_and_data_to_the_file(command, source, tmp_path):
    out = tmp_path / "out.csv"
    done = command("label", source, "-o", out, "--select", "id, text", "--no-label-reposts")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("76 of 95 posts labelled in ")
    assert pd.read_csv(out).columns[:3].tolist() == ["id", "text", "label"]


def test_explain_adds_a_column(command, source, tmp_path):
    out = tmp_path / "out.jsonl"
    assert command("label", source, "-o", out, "--explain").exit_code == 0
    table = pd.read_json(out, lines=True)
    assert (table.evidence == "+" + table.text.str.split(" ").str[0]).all()


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


def test_ctrl_c_is_130_and_the_same_command_goes_on(command, source, tmp_path, monkeypatch):
    import sys

    out = tmp_path / "out.csv"
    arguments = ("label", source, "-o", out, "--chunk-size", "10", "-j", "1")
    with monkeypatch.context() as patch:
        stopping = Stopping(name="default", error=KeyboardInterrupt)
        patch.setattr(sys.modules["stancekit.model"], "load", lambda name: stopping)
        stopped = command(*arguments)
    assert stopped.exit_code == 130
    assert "stancekit: stopped; what is done is kept in" in stopped.stderr
    assert "50 of them by an earlier run" in command(*arguments).stderr
