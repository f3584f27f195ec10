import pandas as pd
import pytest

from stancekit.study import read_annotations


@pytest.fixture
def coded(tmp_path):
    path = tmp_path / "coded.csv"
    rows = [(n, f"text number {n}", "for", "against" if n % 3 else "for") for n in range(9)]
    pd.DataFrame(rows, columns=["id", "text", "coder_1", "coder_2"]).to_csv(path, index=False)
    return path


def test_agreement_is_on_standard_output_and_what_was_read_on_the_other(command, coded):
    done = command("agreement", coded)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Agreement on 9 of 9 posts, 18 annotations: alpha")
    assert "one column an annotator: 'coder_1', 'coder_2'" in done.stderr
    assert "one column an annotator" not in done.stdout


def test_the_table_is_written_and_read_back(command, coded, tmp_path):
    out = tmp_path / "annotations.csv"
    assert command("agreement", coded, "-o", out).exit_code == 0
    assert len(read_annotations(out)) == 18
    again = command("agreement", coded, "-o", out)
    assert again.exit_code == 1
    assert "--force" in again.stderr
    assert command("agreement", coded, "-o", out, "--force").exit_code == 0


def test_several_files_and_named_columns(command, tmp_path):
    files = []
    for who in ("ana", "bo"):
        files.append(tmp_path / f"by-{who}.csv")
        rows = [(n, f"text number {n}", n % 2, n % 3) for n in range(9)]
        pd.DataFrame(rows, columns=["id", "text", "stance", "sentiment"]).to_csv(
            files[-1], index=False
        )
    asked = command("agreement", *files)
    assert asked.exit_code == 1
    assert "more than one column could hold the labels" in asked.stderr
    assert "--label" in asked.stderr
    done = command("agreement", *files, "--label", "stance", "--level", "ordinal")
    assert done.exit_code == 0, done.output
    assert "(ordinal)" in done.stdout
    assert "ana" in done.stdout


def test_exit_codes(command, coded, tmp_path):
    assert command("agreement", coded, "--label", "tone").exit_code == 2
    assert command("agreement", coded, "--level", "ratio").exit_code == 2
    assert command("agreement", coded, "-o", tmp_path / "a.pdf").exit_code == 2
    assert command("agreement", tmp_path / "none.csv").exit_code == 1


def test_train_takes_the_table_that_agreement_writes(command, trained, coded, tmp_path):
    out = tmp_path / "annotations.csv"
    assert command("agreement", coded, "-o", out).exit_code == 0
    done = command("train", out, "-o", tmp_path / "model")
    assert done.exit_code == 0, done.output
    assert {"item_id", "annotator", "label", "text"} <= set(trained[0]["posts"].columns)
    assert trained[0]["posts"]["item_id"].nunique() == 9
